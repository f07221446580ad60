"""Reminders and alarms under simulated clocks: everything is said, and nothing twice."""

from collections import Counter
from datetime import date, timedelta

import pytest
from tests.meice.duty import scene
from tests.meice.duty.scene import MONDAY, START, after

from meice.duty import actions
from meice.duty.models import Covers, Shift
from meice.notices.models import Notice
from meice.orgs.models import Post

pytestmark = pytest.mark.django_db


def tick(begin, **length):
    """The rounds of the background, an hour apart here; and the night's, once a day."""
    at, end = begin, begin + timedelta(**length)
    while at < end:
        actions.lapse_swaps(at)
        actions.remind_people(at)
        if at.hour == 22:  # 6:00 in Shanghai
            actions.fill_all(at)
            actions.watch_rosters(at)
        at += timedelta(hours=1)


def said():
    """Who was told what how often."""
    rows = Notice.objects.exclude(kind="task").values_list("user__name", "text")
    return Counter(rows)


def test_three_days_of_clocks_and_no_notice_twice(school):
    """Nobody writes a note on the first day; on the second one is written and not accepted."""
    roster = scene.a_rota(school)
    tick(MONDAY, hours=22)
    scene.shift_on(roster, 23)
    tick(after(hours=22), hours=24)
    tuesday = scene.shift_on(roster, 24)
    scene.written(tuesday, school.chen, after(hours=46))
    tick(after(hours=46), hours=14)
    told = said()
    assert set(told.values()) == {1}
    words = sorted((name, text.split("：")[0]) for name, text in told)
    assert words == sorted(
        [
            ("陈希", "明天你值班"), ("林小满", "明天你值班"), ("何嘉敏", "明天你值班"),
            ("何嘉敏", "还没有写交班记录"), ("林小满", "还没有接班"),
            ("周启明", f"「新媒体值班」{tuesday}的交班记录一直没有人接"),
        ]
    )  # fmt: skip


def test_rounds_that_run_twice_say_it_once(school):
    roster = scene.a_rota(school)
    actions.remind_people(MONDAY)
    before = said()
    actions.remind_people(MONDAY)
    actions.remind_people(after(minutes=5))
    words = f"明天你值班：新媒体值班 {scene.shift_on(roster, 24)}（08:00–次日 08:00）"
    assert said() == before == {("陈希", words): 1}


def test_nobody_is_told_of_tomorrow_before_nine(school):
    scene.a_rota(school)
    actions.remind_people(after(hours=-2))  # 8:00
    assert not said()


def test_gaps_are_told_once_until_they_are_mended_and_come_again(school):
    roster = scene.a_rota(school)
    Post.objects.filter(user=school.chen).update(ended_at=MONDAY)
    assert actions.watch_rosters(MONDAY) == 1
    notice = Notice.objects.get(user=school.zhou)
    assert "「新媒体值班」有" in notice.text
    assert notice.kind == "alarm"
    assert actions.watch_rosters(after(hours=1)) == 0
    Post.objects.filter(user=school.chen).update(ended_at=None)
    assert actions.watch_rosters(after(hours=2)) == 0
    roster.refresh_from_db()
    assert roster.troubles == 0
    Post.objects.filter(user=school.chen).update(ended_at=MONDAY)
    assert actions.watch_rosters(after(hours=3)) == 1


def test_days_without_a_pattern_are_gaps(school):
    roster = scene.a_roster(school)
    layer = scene.a_layer(school, roster, clock=False)
    assert [one.text for one in actions.find_troubles(roster, MONDAY)] == ["值班员还没有排法"]
    scene.a_pattern(school, layer, [school.he], covers=Covers.WORKDAY)
    found = actions.find_troubles(roster, MONDAY)
    assert [one.day for one in found[:2]] == [date(2026, 11, 28), date(2026, 11, 29)]
    assert found[0].text == "11月28日（周六） 值班员没有班次"
    assert {one.kind.label for one in found} == {"缺口"}


def test_a_stretch_without_anybody_is_one_gap_with_its_hours(school):
    roster = scene.a_roster(school)
    layer = scene.a_layer(school, roster)
    scene.a_pattern(school, layer, [school.he], covers=Covers.WORKDAY)
    found = actions.find_troubles(roster, MONDAY)
    assert found[0].text == "11月28日（周六） 08:00 至 11月30日（周一） 08:00 值班员没有人"
    again = actions.find_troubles(roster, after(days=1))
    assert {one.subject for one in found[:3]} <= {one.subject for one in again}


def test_the_leader_hears_where_nobody_keeps_the_roster(school):
    roster = scene.a_roster(school, keepers=[])
    assert actions.keepers_of(roster) == [school.zheng]
    above = scene.a_roster(school, unit=school.university, by=school.liang, keepers=[])
    assert actions.keepers_of(above) == [school.liang, school.huang]


def test_who_is_on_duty(school):
    """The unit's own roster, else the nearest above; 值班员 before 网评 before 领导带班."""
    assert Shift.objects.on_duty(school.maths, MONDAY) == []
    above = scene.a_roster(school, unit=school.university, by=school.liang, keepers=[])
    layer = scene.a_layer(school, above, by=school.liang)
    scene.a_pattern(school, layer, [school.huang], by=school.liang)
    assert Shift.objects.on_duty(school.maths, MONDAY) == [school.huang]
    own = scene.a_roster(school)
    assert Shift.objects.on_duty(school.maths, MONDAY) == []  # its own roster, still empty
    for name, kind, who in (("带班", "leader", "zheng"), ("网评", "specialist", "lin"),
                            ("值班", "officer", "he")):  # fmt: skip
        each = scene.a_layer(school, own, name=name, kind=kind)
        scene.a_pattern(school, each, [school.people[who]])
    assert Shift.objects.on_duty(school.maths, MONDAY) == [school.he, school.lin, school.zheng]
    assert Shift.objects.on_duty(school.arts, MONDAY) == [school.huang]
    Post.objects.filter(user=school.he).update(ended_at=MONDAY)
    assert Shift.objects.on_duty(school.maths, MONDAY) == [school.lin, school.zheng]
    assert Shift.objects.on_duty(school.maths, after(days=-3)) == []
    actions.close_roster(own, by=school.zheng, at=MONDAY)
    assert Shift.objects.on_duty(school.maths, MONDAY) == [school.huang]


def test_the_tally_counts_kinds_of_days_and_nights(school):
    """28 days from Monday on, three people, a day and a night each."""
    roster = scene.a_rota(school, hours=scene.TWO, turn="shift")
    rows = Shift.objects.of(roster).between(START, START + timedelta(days=27)).by_person()
    assert sum(row["shifts"] for row in rows) == 56
    assert sum(row["weekend"] + row["weekend_night"] for row in rows) == 16
    assert sum(row["worked"] for row in rows) == 28 * 24 * 60
    assert {row["name"] for row in rows} == {"何嘉敏", "陈希", "林小满"}
    first = next(row for row in rows if row["name"] == "何嘉敏")
    counted = sum(value for key, value in first.items() if key.startswith(("work", "week")))
    assert counted - first["worked"] == first["shifts"]
