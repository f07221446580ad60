"""The work page: groups by deadline, what this room itself asks for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import given
from meice.kernel.slots import Todo
from meice.orgs import actions
from meice.orgs.views.home import grouped

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (MONDAY - timedelta(minutes=1), "late"),
        (MONDAY, "today"),
        (MONDAY.replace(hour=23, minute=59), "today"),
        (MONDAY + timedelta(days=1), "week"),
        (MONDAY + timedelta(days=6), "week"),
        (MONDAY + timedelta(days=7), "later"),
        (None, "open"),
    ],
)
def test_the_group_of_a_deadline(due, group):
    groups = grouped([Todo("备案", "到期", "受理", "/", due=due)], MONDAY)
    assert [one.key for one in groups if one.rows] == [group]


def test_within_a_group_the_earliest_stands_first():
    first, second = (
        Todo(str(days), "", "办", "/", due=MONDAY + timedelta(days=days)) for days in (1, 2)
    )
    week = next(one for one in grouped([second, first], MONDAY) if one.key == "week")
    assert week.rows == [first, second]


def test_a_password_near_its_end_is_a_todo(cast, signed_in):
    page = signed_in(given.an_old_password(cast.he, 85)).get("/").content.decode()
    assert "口令快到期" in page


def test_nothing_to_do_looks_good(cast, signed_in):
    assert "现在没有要你办的" in signed_in(cast.he).get("/").content.decode()


def test_people_without_a_way_in_are_the_administrators_todo(cast, signed_in):
    person = given.a_person("新人", cast.maths, by=cast.lu)
    browser = signed_in(cast.lu)
    assert "1 人还不能登录" in browser.get("/").content.decode()
    given.an_invitation(person, by=cast.lu)
    assert "人还不能登录" not in browser.get("/").content.decode()


def test_an_unfinished_import_is_a_todo_until_it_is_dropped(cast, signed_in):
    intake = given.an_intake(given.workbook(("工号", "姓名"), ("1x", "甲")), "people", by=cast.lu)
    browser = signed_in(cast.lu)
    assert "导入待核对" in browser.get("/").content.decode()
    actions.drop_intake(intake, by=cast.lu)
    assert "导入待核对" not in browser.get("/").content.decode()


def test_the_stock_counts_only_the_subtree(cast, signed_in):
    page = signed_in(cast.he).get("/").content.decode()
    assert '<td class="m-n m-strong">2</td>' in page
    assert '<td class="m-n m-strong">3</td>' in page
