"""Accounts and posts: what actions write, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

import given
from meice.audit.models import Entry
from meice.kernel.access import Refused
from meice.orgs import actions
from meice.orgs.models import Post, User
from meice.orgs.roles import Role


def test_a_new_account_has_no_password(cast):
    person = given.a_person("新人", cast.maths, by=cast.lu)
    assert not person.has_usable_password()
    assert person.post.unit == cast.maths


def test_giving_a_post_is_audited_under_its_unit(cast):
    given.a_post(cast.he, cast.software, Role.REVIEWER, by=cast.lu)
    entry = Entry.objects.get(act="post.give")
    assert entry.detail == {"name": "何嘉敏", "unit": "软件研究所", "role": "审核人"}
    assert entry.unit_path == cast.software.path


def test_a_taken_post_stays_in_the_history(cast):
    actions.take_post(cast.he.post, by=cast.lu)
    assert not cast.he.current_posts().exists()
    assert cast.he.posts.get().ended_at is not None


def test_the_separation_holds_in_the_action(cast):
    with pytest.raises(Refused, match="三员分立"):
        given.a_post(cast.fang, cast.university, Role.SECURITY, by=cast.lu)
    assert cast.fang.current_posts().count() == 1


def test_a_student_goes_on_under_another_teacher(cast):
    student = given.a_person("学生", cast.maths, by=cast.lu, student_of=cast.he)
    actions.change_teacher(student.post, cast.zhou, by=cast.lu)
    assert actions.disable_user(cast.he, by=cast.lu).is_active is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": Role.REVIEWER, "is_permanent": False},
        {"role": Role.OPERATOR, "is_permanent": True},
        {"role": Role.OPERATOR, "is_permanent": False, "supervised_by": None},
    ],
)
def test_the_database_refuses_a_student_without_her_terms(cast, wrong):
    terms = {"user": cast.su, "unit": cast.maths, "supervised_by": cast.he, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(is_student=True, **terms)


def test_the_database_refuses_the_same_post_twice(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=cast.he, unit=cast.maths, role=Role.OPERATOR)


def test_a_username_is_taken_in_any_case(cast):
    given.a_person("甲", cast.maths, by=cast.lu, username="Ab12")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="aB12", name="乙", pinyin_key="yi")


def test_an_operator_sees_only_her_unit(cast):
    seen = set(User.objects.visible_to(cast.he))
    assert seen == {cast.he, cast.zhou, cast.zheng}


def test_an_administrator_of_another_university_does_not_see_a_person_who_left(cast):
    other = given.a_person("院管", cast.garden, Role.ADMIN, by=cast.lu)
    actions.take_post(cast.he.post, by=cast.lu)
    assert cast.he in User.objects.visible_to(cast.lu)
    assert cast.he not in User.objects.visible_to(other)


def test_createadmin_makes_the_university_and_its_administrator(db, settings):
    settings.INSTITUTION = "试验大学"
    user = actions.create_admin(username="root1", name="管理员甲", password="Zi-Teng-Hua-2026")
    assert str(user.post) == "试验大学 · 系统管理"
    assert user.check_password("Zi-Teng-Hua-2026")


@pytest.mark.parametrize(
    ("username", "name", "password", "reason"),
    [
        ("root 1", "甲", "Zi-Teng-Hua-2026", "工号只用字母"),
        ("root1", "", "Zi-Teng-Hua-2026", "姓名不能空"),
        ("root1", "甲", "short", "至少 12 位"),
    ],
)
def test_createadmin_says_what_is_wrong(db, username, name, password, reason):
    with pytest.raises(ValueError, match=reason):
        actions.create_admin(username=username, name=name, password=password)
    assert not User.objects.exists()
