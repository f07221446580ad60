"""Filling by the plan: once is enough, what has begun never changes, what people settled stays."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from tests.meice.duty import scene
from tests.meice.duty.scene import MONDAY, START, after

from meice.duty import actions
from meice.duty.models import Covers, Shift, Turn
from meice.duty.rota import Hours
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import Post
from meice.registry.actions.terms import set_day

pytestmark = pytest.mark.django_db
WEEK = START + timedelta(days=6)
CHANGED = {2025: (5, 18), 2026: (6, 19)}
"""By the notices of the State Council: Saturdays and Sundays worked, Mondays to Fridays off."""
TURNS = ["何嘉敏", "陈希", "林小满", "何嘉敏", "陈希", "林小满", "何嘉敏"]


def rows(roster):
    """Every shift as it stands."""
    return list(Shift.objects.of(roster).order_by("pk").values_list("pk", "user", "begins_at"))


def test_people_take_turns_and_weeks_are_filled_ahead(school):
    roster = scene.a_rota(school)
    assert scene.names(roster, START, WEEK) == TURNS
    assert roster.filled_until == START + timedelta(weeks=4)
    assert roster.troubles == 0


def test_filling_again_adds_nothing_and_changes_nothing(school):
    roster = scene.a_rota(school)
    before = rows(roster)
    assert actions.fill_roster(roster, roster.filled_until, by=school.zhou, at=MONDAY) == 0
    assert actions.fill_all(after(hours=1)) == 0
    assert rows(roster) == before
    assert actions.fill_all(after(days=1)) == 1
    assert rows(roster)[: len(before)] == before


def test_a_year_is_filled_at_once_and_more_is_refused(school):
    roster = scene.a_rota(school)
    added = actions.fill_roster(roster, date(2027, 11, 22), by=school.zhou, at=MONDAY)
    assert added == 365 - 29
    assert Shift.objects.of(roster).filter(day_known=False).count() == 326  # all of 2027
    with pytest.raises(Refused, match="一年"):
        actions.fill_roster(roster, date(2029, 1, 1), by=school.zhou, at=MONDAY)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_of_real_holidays_is_filled_without_a_gap(school, year):
    """Working days in halves, days off whole; 调休 makes a Saturday or Sunday a working day."""
    eve = datetime(year - 1, 12, 31, 2, 0, tzinfo=UTC)
    roster, first = scene.a_roster(school, at=eve), date(year, 1, 1)
    layer = scene.a_layer(school, roster, at=eve)
    for covers, hours in ((Covers.WORKDAY, scene.TWO), (Covers.REST, scene.ALL_DAY)):
        scene.a_pattern(
            school, layer, [school.he, school.chen, school.lin], at=eve, start_on=first,
            covers=covers, hours=hours,
        )  # fmt: skip
    actions.fill_roster(roster, date(year, 12, 31), by=school.zhou, at=eve)
    shifts = list(Shift.objects.of(roster).filter(day__year=year).order_by("begins_at"))
    assert all(before.ends_at == after.begins_at for before, after in pairwise(shifts))
    assert len({shift.day for shift in shifts}) == 365
    assert all(shift.user_id and shift.day_known for shift in shifts)
    halves = Counter(shift.day for shift in shifts)
    worked = [day for day in halves if day.weekday() >= 5 and halves[day] == 2]
    off = [day for day in halves if day.weekday() < 5 and halves[day] == 1]
    assert (len(worked), len(off)) == CHANGED[year]


def test_who_may_plan(school):
    roster = scene.a_rota(school)
    until = START + timedelta(days=40)
    for who in ("zhou", "zheng", "liang"):  # keeper, leader, department
        actions.fill_roster(roster, until, by=school.people[who], at=MONDAY)
    for who in ("he", "su", "shen", "admin", "bao"):
        with pytest.raises(Refused, match="排班人"):
            actions.fill_roster(roster, until, by=school.people[who], at=MONDAY)


def test_a_new_order_changes_what_has_not_begun_and_nothing_else(school):
    roster = scene.a_rota(school)
    layer = roster.layers.get()
    wednesday = after(days=2)
    told = Notice.objects.count()
    scene.a_pattern(
        school, layer, [school.lin, school.chen], at=wednesday, start_on=date(2026, 11, 25),
        pattern=layer.patterns.get(),
    )  # fmt: skip
    assert scene.names(roster, START, WEEK) == [
        *TURNS[:3], "陈希", "林小满", "陈希", "林小满",
    ]  # fmt: skip
    assert Notice.objects.count() == told + 3  # 何, 陈, 林


def test_what_people_settled_survives_a_new_plan(school):
    roster = scene.a_rota(school)
    friday = scene.shift_on(roster, 27)
    actions.change_shift(friday, to=school.lin, reason="出差",
                         by=school.zhou, at=MONDAY)  # fmt: skip
    changed = actions.replan_roster(roster, by=school.zhou, at=MONDAY)
    assert changed == 0
    assert scene.shift_on(roster, 27).user == school.lin


def test_a_day_of_the_schools_own_follows_a_new_plan(school):
    """The school closes on a Wednesday: the pattern of days of rest holds there."""
    roster = scene.a_roster(school)
    layer = scene.a_layer(school, roster)
    scene.a_pattern(school, layer, [school.he], covers=Covers.WORKDAY)
    scene.a_pattern(school, layer, [school.chen], covers=Covers.REST)
    wednesday = date(2026, 11, 25)
    assert scene.shift_on(roster, wednesday).user == school.he
    set_day(wednesday, is_workday=False, note="校庆", by=school.liang)
    actions.replan_roster(roster, by=school.zhou, at=MONDAY)
    shift = scene.shift_on(roster, wednesday)
    assert (shift.user, shift.day_kind) == (school.chen, "weekend")


def test_nobody_is_planned_twice_at_once(school):
    """何 leads and is the officer on Monday: the second place stays empty and is a trouble."""
    roster = scene.a_rota(school)
    second = scene.a_layer(school, roster, name="网评", clock=False)
    scene.a_pattern(school, second, [school.he, school.chen,
                                     school.lin])  # fmt: skip
    held = Shift.objects.filter(layer=second)
    assert held.exclude(user=None).count() == 0
    roster.refresh_from_db()
    assert roster.troubles == held.count() > 20


def test_who_has_left_keeps_her_turn_empty_and_is_named(school):
    roster = scene.a_rota(school)
    Post.objects.filter(user=school.chen).update(ended_at=MONDAY)
    found = actions.find_troubles(roster, MONDAY)
    assert {one.kind.label for one in found} == {"人已不在岗", "轮换里有人已不在岗"}
    assert "陈希已不在岗" in found[0].text
    actions.replan_roster(roster, by=school.zhou, at=MONDAY)
    assert scene.names(roster, START, WEEK)[1] == ""
    assert "空班" in {one.kind.label for one in actions.find_troubles(roster, MONDAY)}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"hours": ()}, "班次"),
        ({"hours": (Hours("甲", time(8), time(9)), Hours("乙", time(8), time(10)))}, "开始时间"),
        ({"people": ["he", "he"]}, "两次"),
        ({"people": ["su"]}, "苏婉仪在「数信学院」没有"),
        ({"people": ["shen"]}, "江南在"),
        ({"covers": Covers.EVERY}, "已有"),
    ],
)
def test_a_pattern_that_cannot_hold_is_refused(school, given, reason):
    roster = scene.a_rota(school, covers=Covers.EVERY, turn=Turn.WEEK)
    people = [school.people[key] for key in given.get("people", ["he"])]
    said = {"covers": Covers.HOLIDAY, **{k: v for k, v in given.items() if k != "people"}}
    with pytest.raises(Refused, match=reason):
        scene.a_pattern(school, roster.layers.get(), people, **said)


def test_a_closed_roster_plans_nothing_and_opens_again(school):
    roster = scene.a_rota(school)
    closed = actions.close_roster(roster, by=school.zheng, at=MONDAY)
    assert Shift.objects.of(roster).count() == 1  # the one that runs
    assert actions.fill_all(after(days=1)) == 0
    with pytest.raises(Refused, match="停用"):
        actions.fill_roster(closed, WEEK, by=school.zhou, at=MONDAY)
    actions.reopen_roster(closed, by=school.zheng, at=MONDAY)
    assert scene.names(roster, START, WEEK) == TURNS


def test_a_layer_with_shifts_is_not_dropped(school):
    roster = scene.a_rota(school)
    with pytest.raises(Refused, match="值班记录"):
        actions.drop_layer(roster.layers.get(), by=school.zheng, at=MONDAY)
    empty = scene.a_layer(school, roster, name="网评")
    actions.drop_layer(empty, by=school.zheng, at=MONDAY)
    assert roster.layers.count() == 1


def test_a_name_stands_once_in_a_unit(school):
    scene.a_roster(school)
    with pytest.raises(Refused, match="已有一张"):
        scene.a_roster(school)


def test_dropping_a_pattern_leaves_what_has_begun(school):
    roster = scene.a_rota(school)
    actions.drop_pattern(roster.layers.get().patterns.get(), by=school.zheng, at=after(days=1))
    assert scene.names(roster, START, WEEK) == TURNS[:1] + TURNS[1:2]
    roster.refresh_from_db()
    assert roster.troubles > 0
