"""Every page: 200 for whom it is, 404 for whom it is not, the sign-in page for a stranger."""

import pytest
from tests.base_states import base_state

import given
from meice.audit.models import Entry
from meice.orgs import actions
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role

ALL = {"operator", "reviewer", "leader", "department", "security", "auditor", "admin", "stranger"}
HOUSE = ALL - {"security", "stranger"}
PEOPLE = ALL - {"security"}
ADMIN = {"admin"}

PAGES = [
    ("/", ALL),
    ("/me/", ALL),
    ("/me/post/", ALL),
    ("/password/", ALL),
    ("/units/", PEOPLE),
    ("/units/{maths}/", HOUSE),
    ("/units/{garden}/", {"department", "auditor", "admin", "stranger"}),
    ("/units/999999/", set()),
    ("/units/{maths}/create/", ADMIN),
    ("/units/{maths}/edit/", ADMIN),
    ("/units/{maths}/move/", ADMIN),
    ("/users/", PEOPLE),
    ("/users/{he}/", HOUSE),
    ("/users/{su}/", {"department", "auditor", "admin", "stranger"}),
    ("/users/999999/", set()),
    ("/users/create/", ADMIN),
    ("/users/{he}/edit/", ADMIN),
    ("/users/{he}/posts/give/", ADMIN),
    ("/posts/{student_post}/teacher/", ADMIN),
    ("/intakes/", ADMIN),
    ("/intakes/upload/people/", ADMIN),
    ("/intakes/upload/units/", ADMIN),
    ("/intakes/upload/else/", set()),
    ("/intakes/template/people/", ADMIN),
    ("/intakes/{intake}/", ADMIN),
    ("/intakes/{intake}/faults/", ADMIN),
]
ACTS = [
    ("/units/{software}/close/", ADMIN),
    ("/units/{garden}/reopen/", ADMIN),
    ("/users/{su}/disable/", ADMIN),
    ("/users/{su}/enable/", ADMIN),
    ("/users/{su}/invite/", ADMIN),
    ("/users/invite/", ADMIN),
    ("/posts/{su_post}/take/", ADMIN),
    ("/intakes/{intake}/apply/", ADMIN),
    ("/intakes/{intake}/drop/", ADMIN),
    ("/intakes/{intake}/columns/", ADMIN),
    ("/users/{he}/number/", HOUSE),
    ("/units/export/", PEOPLE),
    ("/users/export/", PEOPLE),
]


@base_state
def objects(cast):
    student = given.a_person("学生", cast.maths, by=cast.lu, student_of=cast.zhou)
    intake = given.an_intake(given.workbook(("工号", "姓名"), ("x1", "甲")), "people", by=cast.lu)
    return {
        "maths": cast.maths.pk,
        "garden": cast.garden.pk,
        "software": cast.software.pk,
        "he": cast.he.pk,
        "su": cast.su.pk,
        "su_post": cast.su.post.pk,
        "student_post": student.post.pk,
        "intake": intake.pk,
    }


@pytest.mark.parametrize("role", sorted(ALL))
def test_which_pages_a_role_sees(cast, objects, signed_in, role):
    browser = signed_in(cast.everybody[role])
    answers = {row: browser.get(row.format(**objects)).status_code for row, _ in PAGES}
    assert answers == {row: 200 if role in seen_by else 404 for row, seen_by in PAGES}


@pytest.mark.parametrize("role", sorted(ALL - ADMIN))
def test_acts_of_others_do_not_exist(cast, objects, signed_in, role):
    browser = signed_in(cast.everybody[role])
    closed = [row for row, open_to in ACTS if role not in open_to]
    answers = {row: browser.post(row.format(**objects)).status_code for row in closed}
    assert answers == dict.fromkeys(closed, 404)


def test_acts_need_a_post(cast, objects, signed_in):
    browser = signed_in(cast.lu)
    answers = {row: browser.get(row.format(**objects)).status_code for row, _ in ACTS}
    assert answers == dict.fromkeys(answers, 405)


def test_a_stranger_is_sent_to_the_door(client, objects):
    for row, _ in PAGES + ACTS:
        answer = client.get(row.format(**objects))
        assert answer.status_code == 302, row
        assert answer.headers["Location"].startswith("/sign-in/?next="), row


def test_a_greyed_button_says_why(cast, signed_in):
    page = signed_in(cast.lu).get(f"/units/{cast.garden.pk}/").content.decode()
    assert "还有 1 个岗位在这里" in page
    assert f"/units/{cast.garden.pk}/close/" not in page


def test_a_refused_act_is_403_with_its_reason(cast, signed_in):
    answer = signed_in(cast.lu).post(f"/units/{cast.garden.pk}/close/")
    assert answer.status_code == 403
    assert "还有 1 个岗位在这里" in answer.content.decode()


def test_a_unit_is_made_edited_moved_and_closed_by_its_pages(cast, signed_in):
    browser = signed_in(cast.lu)
    form = {"name": "果树系", "kind": "other", "aliases": "果树\n果树\n 花卉 "}
    browser.post(f"/units/{cast.garden.pk}/create/", form)
    unit = Unit.objects.get(name="果树系")
    assert unit.alias_list == ["果树", "花卉"]
    browser.post(f"/units/{unit.pk}/edit/", {"name": "果树花卉系", "kind": "other"})
    browser.post(f"/units/{unit.pk}/move/", {"target": cast.maths.pk})
    browser.post(f"/units/{unit.pk}/close/")
    unit.refresh_from_db()
    assert (unit.name, unit.parent, unit.active) == ("果树花卉系", cast.maths, False)


def test_a_taken_name_is_said_at_the_field(cast, signed_in):
    form = {"name": "园艺学院", "kind": "faculty"}
    answer = signed_in(cast.lu).post(f"/units/{cast.university.pk}/create/", form)
    assert (answer.status_code, "下面已有「园艺学院」" in answer.content.decode()) == (422, True)


def test_a_user_is_made_by_the_page(cast, signed_in):
    form = {
        "username": "20260001", "name": "李 明", "mobile": "138 0000 0042", "unit": cast.maths.pk,
        "role": "operator", "is_student": "on", "teacher": "20080112",
    }  # fmt: skip
    signed_in(cast.lu).post("/users/create/", form)
    person = User.objects.get(username="20260001")
    assert (person.name, person.mobile) == ("李明", "13800000042")
    assert person.post.supervised_by == cast.zhou


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "20110437"}, "已经有账号"),
        ({"username": "2011 0437"}, "工号只用字母"),
        ({"mobile": "123"}, "11 位数字"),
        ({"teacher": "20080112"}, "只有学生运维才填指导教师"),
        ({"is_student": "on"}, "请填指导教师"),
        ({"is_student": "on", "teacher": "nobody"}, "没有工号为「nobody」的人"),
        ({"unit": "999999"}, "没有这个单位，或者它不归你管"),
    ],
)
def test_what_is_wrong_with_a_new_user_is_said(cast, signed_in, change, words):
    form = {"username": "n1", "name": "新人", "unit": cast.maths.pk, "role": "operator", **change}
    answer = signed_in(cast.lu).post("/users/create/", form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.filter(name="新人").exists()


def test_editing_keeps_a_number_that_was_not_typed(cast, signed_in):
    browser = signed_in(cast.lu)
    assert "13800000002" not in browser.get(f"/users/{cast.he.pk}/edit/").content.decode()
    browser.post(f"/users/{cast.he.pk}/edit/", {"name": "何嘉敏", "email": "he@huayuan.edu.cn"})
    cast.he.refresh_from_db()
    assert (cast.he.mobile, cast.he.email) == ("13800000002", "he@huayuan.edu.cn")
    browser.post(f"/users/{cast.he.pk}/edit/", {"name": "何嘉敏", "no_mobile": "on"})
    cast.he.refresh_from_db()
    assert cast.he.mobile == ""


def test_a_post_is_given_and_taken_by_the_pages(cast, signed_in):
    browser = signed_in(cast.lu)
    form = {"unit": cast.software.pk, "role": "reviewer", "is_permanent": "on"}
    browser.post(f"/users/{cast.he.pk}/posts/give/", form)
    post = Post.objects.get(user=cast.he, unit=cast.software)
    browser.post(f"/posts/{post.pk}/take/")
    post.refresh_from_db()
    assert post.ended_at is not None


def test_the_separation_is_said_on_the_page(cast, signed_in):
    form = {"unit": cast.university.pk, "role": "security", "is_permanent": "on"}
    answer = signed_in(cast.lu).post(f"/users/{cast.fang.pk}/posts/give/", form)
    assert (answer.status_code, "三员分立" in answer.content.decode()) == (422, True)


def test_a_person_is_disabled_and_enabled_by_the_page(cast, signed_in):
    browser = signed_in(cast.lu)
    browser.post(f"/users/{cast.su.pk}/disable/")
    cast.su.refresh_from_db()
    assert not cast.su.is_active
    browser.post(f"/users/{cast.su.pk}/enable/")
    cast.su.refresh_from_db()
    assert cast.su.is_active
    assert not cast.su.has_usable_password()


def test_numbers_are_masked_until_asked_for_and_then_audited(cast, signed_in):
    browser = signed_in(cast.zheng)
    for url in ("/users/", f"/users/{cast.he.pk}/", f"/units/{cast.maths.pk}/", "/me/"):
        assert "13800000002" not in browser.get(url).content.decode(), url
    page = browser.post(f"/users/{cast.he.pk}/number/").content.decode()
    assert "13800000002" in page
    entry = Entry.objects.get(act="number.show")
    assert (entry.actor_name, entry.target_name) == ("郑国强", "何嘉敏")
    assert "13800000002" not in str(entry.content())


def test_an_auditor_is_told_why_the_number_stays_masked(cast, signed_in):
    browser = signed_in(cast.fang)
    assert "不需要看手机号" in browser.get(f"/users/{cast.he.pk}/").content.decode()
    assert browser.post(f"/users/{cast.he.pk}/number/").status_code == 403


def test_a_search_by_number_never_is_in_an_address(cast, signed_in):
    browser = signed_in(cast.lu)
    answer = browser.post("/users/", {"q": "138 0000 0002"})
    assert answer.status_code == 200
    assert "何嘉敏" in answer.content.decode()
    ignored = browser.get("/users/?q=13800000002").content.decode()
    assert "网址里的长号码没有用来查找" in ignored
    assert "苏婉仪" in ignored


def test_a_search_by_name_is_an_address_that_keeps_the_filters(cast, signed_in):
    answer = signed_in(cast.lu).post("/users/?role=operator&page=3", {"q": " hjm "})
    assert answer.headers["Location"] == "/users/?role=operator&q=hjm"


@pytest.mark.parametrize("term", ["何嘉", "hejia", "hjm", "20110"])
def test_people_are_found_by_name_pinyin_and_number_of_work(cast, signed_in, term):
    page = signed_in(cast.lu).get(f"/users/?q={term}").content.decode()
    assert "何嘉敏" in page
    assert "苏婉仪" not in page


def test_a_short_name_that_is_the_name_is_not_shown_twice(cast, signed_in):
    Unit.objects.filter(pk=cast.garden.pk).update(short_name=cast.garden.name)
    Unit.objects.filter(pk=cast.maths.pk).update(short_name="数信")
    page = signed_in(cast.liang).get("/units/").content.decode()
    assert page.count(f">{cast.garden.name}<") == 1
    assert ">数信<" in page


def test_units_with_a_gap_are_listed(cast, signed_in):
    page = signed_in(cast.liang).get("/units/?gap=reviewer").content.decode()
    assert "园艺学院" in page
    assert "数学与信息学院</a>" not in page


def test_a_filter_that_finds_nothing_offers_the_way_back(cast, signed_in):
    assert "清除全部条件" in signed_in(cast.lu).get("/users/?q=zzz").content.decode()
    assert "清除全部条件" in signed_in(cast.lu).get("/units/?q=zzz").content.decode()


@pytest.mark.parametrize(
    "query", ["page=x", "unit=99999999999999999999", "role=x&state=y", "sort=;"]
)
def test_nonsense_in_the_address_is_no_error(cast, signed_in, query):
    assert signed_in(cast.lu).get(f"/users/?{query}").status_code == 200


def test_the_sidebar_follows_the_role(cast, signed_in):
    assert "用户与岗位" in signed_in(cast.lu).get("/").content.decode()
    operator = signed_in(cast.he).get("/").content.decode()
    assert "单位人员" in operator
    assert "本单位" in operator
    assert "用户与岗位" not in operator
    assert "单位人员" not in signed_in(cast.qin).get("/").content.decode()


def test_the_global_search_keeps_to_the_subtree(cast, signed_in):
    nothing = signed_in(cast.he).post("/search/", {"q": "苏婉仪"}).content.decode()
    assert "找到 <b>0</b> 条" in nothing
    hit = signed_in(cast.lu).post("/search/", {"q": "苏婉仪"})
    assert hit.headers["Location"] == f"/users/{cast.su.pk}/"


def test_a_person_without_a_post_sees_an_almost_empty_house(cast, signed_in):
    actions.take_post(cast.su.post, by=cast.lu)
    browser = signed_in(cast.su)
    assert "你还没有岗位" in browser.get("/").content.decode()
    assert browser.get("/units/").status_code == 404


def test_a_province_holds_its_universities_apart(cast, signed_in):
    other = given.a_unit("岭东大学", cast.university, by=cast.lu, kind="university")
    theirs = given.a_person("外校管", other, Role.ADMIN, by=cast.lu)
    browser = signed_in(theirs)
    assert browser.get(f"/users/{cast.he.pk}/").status_code == 404
    assert browser.post(f"/users/{cast.he.pk}/invite/").status_code == 404
    assert browser.get(f"/units/{cast.maths.pk}/edit/").status_code == 404
