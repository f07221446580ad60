"""Truth tables of who may do what to units, people and posts."""

import pytest

import given
from meice.orgs import policies
from meice.orgs.models import Post
from meice.orgs.roles import APART, GRANTS, Right, Role

BUSINESS = {right for right in Right if right.startswith("business.")}
WRITING = {
    Right.MANAGE_UNITS,
    Right.MANAGE_USERS,
    Right.RUN_SYSTEM,
    Right.DRAFT_BUSINESS,
    Right.REVIEW_BUSINESS,
    Right.CONFIRM_BUSINESS,
    Right.DECIDE_BUSINESS,
}


def test_the_administrator_sees_no_business():
    assert not GRANTS[Role.ADMIN] & BUSINESS


def test_the_auditor_changes_nothing():
    assert not GRANTS[Role.AUDITOR] & WRITING


def test_only_the_auditor_reads_the_log():
    assert [role for role in Role if Right.READ_AUDIT in GRANTS[role]] == [Role.AUDITOR]


def test_every_role_has_its_grants():
    assert set(GRANTS) == set(Role)


@pytest.mark.parametrize("role", ["operator", "reviewer", "leader", "department", "security"])
def test_only_an_administrator_manages(cast, role):
    by = cast.everybody[role]
    assert not policies.may_create_unit(by, cast.maths)
    assert not policies.may_manage_user(by, cast.he)
    assert not policies.may_import(by)


def test_a_right_reaches_the_subtree_and_no_further(cast):
    assert cast.zheng.has(Right.CONFIRM_BUSINESS, cast.software)
    assert not cast.zheng.has(Right.CONFIRM_BUSINESS, cast.garden)
    assert not cast.zheng.has(Right.CONFIRM_BUSINESS, cast.university)


def test_a_unit_with_people_is_not_closed(cast):
    verdict = policies.may_close_unit(cast.lu, cast.garden)
    assert verdict.reason == "还有 1 个岗位在这里，先交接并免去这些岗位。"


def test_a_unit_with_units_below_is_not_closed(cast):
    assert "1 个在用单位" in policies.may_close_unit(cast.lu, cast.maths).reason


def test_an_empty_unit_is_closed(cast):
    assert policies.may_close_unit(cast.lu, cast.software)


@pytest.mark.parametrize(
    ("unit", "target", "allowed"),
    [
        ("software", "garden", True),
        ("maths", "software", False),
        ("maths", "maths", False),
        ("software", "maths", False),
        ("university", "maths", False),
    ],
)
def test_where_a_unit_may_move(cast, unit, target, allowed):
    verdict = policies.may_move_unit(cast.lu, getattr(cast, unit), getattr(cast, target))
    assert bool(verdict) is allowed


def test_a_unit_does_not_move_beside_its_namesake(cast):
    given.a_unit("软件研究所", cast.garden, by=cast.lu)
    assert "同名" in policies.may_move_unit(cast.lu, cast.software, cast.garden).reason


@pytest.mark.parametrize("held", sorted(APART))
@pytest.mark.parametrize("wanted", sorted(APART))
def test_three_administrations_are_three_people(cast, held, wanted):
    person = given.a_person("新人", cast.university, held, by=cast.lu)
    verdict = policies.stays_apart(person, wanted)
    assert bool(verdict) is (held == wanted)


def test_an_administrator_may_hold_business_posts_beside(cast):
    person = given.a_person("新人", cast.maths, Role.OPERATOR, by=cast.lu)
    assert policies.may_give_post(cast.lu, person, cast.maths, Role.ADMIN)


def test_nobody_gives_herself_a_post(cast):
    assert (
        "不能给自己岗位" in policies.may_give_post(cast.lu, cast.lu, cast.maths, Role.LEADER).reason
    )


@pytest.mark.parametrize(
    ("teacher", "role", "reason"),
    [
        (None, Role.OPERATOR, "请填指导教师"),
        ("su", Role.OPERATOR, "不在「数学与信息学院」"),
        ("lu", Role.OPERATOR, "不在「数学与信息学院」"),
        ("zhou", Role.REVIEWER, "只能担任运维"),
    ],
)
def test_a_student_is_led_by_a_teacher_of_the_subtree(cast, teacher, role, reason):
    person = given.a_person("学生", cast.software, by=cast.lu)
    verdict = policies.may_give_post(
        cast.lu,
        person,
        cast.maths,
        role,
        student=True,
        teacher=getattr(cast, teacher) if teacher else None,
    )
    assert reason in verdict.reason


def test_a_teacher_with_students_stays(cast):
    given.a_person("学生", cast.maths, by=cast.lu, student_of=cast.zhou)
    assert "1 名学生" in policies.may_disable_user(cast.lu, cast.zhou).reason
    assert "1 名学生" in policies.may_take_post(cast.lu, cast.zhou.post).reason


def test_the_last_administrator_stays(cast):
    other = given.a_person("副管", cast.university, Role.ADMIN, by=cast.lu)
    assert policies.may_disable_user(other, cast.lu)
    Post.objects.filter(user=other).update(unit=cast.university, ended_at="2026-01-01T00:00Z")
    assert "最后一位" in policies.may_disable_user(other, cast.lu).reason


def test_an_administrator_of_one_faculty_cannot_reset_a_person_who_also_works_elsewhere(cast):
    small = given.a_person("院管", cast.maths, Role.ADMIN, by=cast.lu)
    given.a_post(cast.he, cast.garden, Role.OPERATOR, by=cast.lu)
    assert "园艺学院" in policies.may_invite(small, cast.he).reason
    assert policies.may_invite(small, cast.zhou)


def test_a_number_is_shown_to_who_needs_it(cast):
    answers = {
        role: bool(policies.may_see_number(by, cast.he)) for role, by in cast.everybody.items()
    }
    assert answers == {
        "operator": True,
        "reviewer": True,
        "leader": True,
        "department": True,
        "security": False,
        "auditor": False,
        "admin": True,
        "stranger": False,
    }
