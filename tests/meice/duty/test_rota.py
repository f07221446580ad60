"""The plan over the real calendar: whose turn it is, and no minute without anybody."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from meice.duty.gaps import Span, bare_days, uncovered
from meice.duty.models import Covers, DayKind, Turn
from meice.duty.rota import (
    CAMPUS,
    Hours,
    Rotation,
    is_night,
    kind_of,
    plan,
    unknown_years,
)
from meice.kernel.workdays import calendar

CALENDAR = calendar()
EIGHT = time(8)
WHOLE = (Hours("全天", EIGHT, EIGHT),)
TWO = (Hours("白班", EIGHT, time(20)), Hours("夜班", time(20), EIGHT))
FOUR = (
    Hours("早", time(7, 30), time(13, 30)), Hours("午", time(13, 30), time(19, 30)),
    Hours("晚", time(19, 30), time(1, 30)), Hours("夜", time(1, 30), time(7, 30)),
)  # fmt: skip
MONDAY = date(2026, 11, 23)


def rotation(covers=Covers.EVERY, turn=Turn.DAY, start=MONDAY, hours=WHOLE, people=(1, 2, 3)):
    return Rotation(covers, turn, start, hours, people)


def people_of(*rotations, first=MONDAY, days=7, known=CALENDAR):
    return [one.person for one in plan(rotations, known, first, first + timedelta(days=days - 1))]


def spans_of(planned):
    return [
        Span(at, one.day, one.begins_at, one.ends_at, one.watch) for at, one in enumerate(planned)
    ]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 14), DayKind.WORKDAY),  # a Saturday worked for 春节
        (date(2026, 2, 28), DayKind.WORKDAY),
        (date(2026, 2, 17), DayKind.HOLIDAY),
        (date(2026, 2, 21), DayKind.HOLIDAY),  # a Saturday inside the holiday
        (date(2026, 2, 24), DayKind.WORKDAY),
        (date(2026, 11, 21), DayKind.WEEKEND),
        (date(2026, 11, 23), DayKind.WORKDAY),
        (date(2025, 1, 26), DayKind.WORKDAY),
        (date(2027, 10, 1), DayKind.WORKDAY),  # not published: a Friday like others
    ],
)
def test_a_day_is_what_the_notice_says(day, kind):
    assert kind_of(day, CALENDAR) == kind


def test_a_day_that_the_school_has_set_counts_as_set():
    own = calendar({date(2026, 11, 24): False, date(2026, 10, 1): True})
    assert kind_of(date(2026, 11, 24), own) == DayKind.WEEKEND
    assert kind_of(date(2026, 10, 1), own) == DayKind.WORKDAY


@pytest.mark.parametrize(
    ("turn", "hours", "people"),
    [
        (Turn.DAY, WHOLE, [1, 2, 3, 1, 2, 3, 1, 2, 3]),
        (Turn.WEEK, WHOLE, [1, 1, 1, 1, 1, 1, 1, 2, 2]),
        (Turn.SHIFT, TWO, [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]),
        (Turn.DAY, TWO, [1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 1]),
        (Turn.WEEK, TWO, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 2, 3, 2, 3]),
        (Turn.STRETCH, WHOLE, [1] * 9),
    ],
)
def test_people_take_turns(turn, hours, people):
    assert people_of(rotation(turn=turn, hours=hours), days=9) == people


def test_the_narrower_pattern_holds_and_each_counts_its_own_turns():
    """2026-09-24 (Thursday) … 10-11: 中秋 25–27, 国庆 10-01…07, worked 09-20 and 10-10."""
    work = rotation(Covers.WORKDAY, start=date(2026, 9, 24), people=(1, 2))
    rest = rotation(Covers.REST, start=date(2026, 9, 24), people=(5, 6))
    holiday = rotation(Covers.HOLIDAY, Turn.STRETCH, start=date(2026, 9, 24), people=(8, 9))
    first = date(2026, 9, 24)
    found = list(plan([work, rest, holiday], CALENDAR, first, date(2026, 10, 11)))
    kinds = {one.day: one.kind for one in found}
    people = {one.day: one.person for one in found}
    assert kinds[date(2026, 10, 10)] == DayKind.WORKDAY  # 调休
    assert [people[date(2026, 9, day)] for day in (24, 25, 27, 28, 29, 30)] == [1, 8, 8, 2, 1, 2]
    assert {people[date(2026, 10, day)] for day in range(1, 8)} == {9}
    assert [people[date(2026, 10, day)] for day in (8, 9, 10, 11)] == [1, 2, 1, 5]


def test_the_answer_does_not_depend_on_where_one_begins_to_ask():
    both = [rotation(Covers.WORKDAY, Turn.WEEK), rotation(Covers.REST, people=(7, 8))]
    whole = list(plan(both, CALENDAR, MONDAY, MONDAY + timedelta(days=200)))
    later = MONDAY + timedelta(days=90)
    assert list(plan(both, CALENDAR, later, MONDAY + timedelta(days=200))) == [
        one for one in whole if one.day >= later
    ]


def test_nothing_is_planned_before_the_first_day_and_nobody_without_people():
    assert people_of(rotation(start=MONDAY + timedelta(days=5)), days=7) == [1, 2]
    assert people_of(rotation(people=()), days=2) == [None, None]


RANDOM = Random(20261122)
KINDS = [
    (Covers.EVERY,), (Covers.WORKDAY, Covers.REST), (Covers.EVERY, Covers.HOLIDAY),
    (Covers.WORKDAY, Covers.WEEKEND, Covers.HOLIDAY), (Covers.EVERY, Covers.WEEKEND),
]  # fmt: skip


def drawn(number):
    """Patterns that together cover every kind of day, with hours that begin at one time."""
    hours = RANDOM.choice(
        [WHOLE, TWO, (Hours("早", EIGHT, time(16)), Hours("晚", time(16), EIGHT))]
    )
    return [
        rotation(
            covers, RANDOM.choice(list(Turn)), date(2024, 12, RANDOM.randint(1, 30)), hours,
            tuple(range(1, RANDOM.randint(2, 9))),
        )
        for covers in KINDS[number % len(KINDS)]
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(10))
def test_years_over_real_holidays_have_no_gap(number):
    """2025–2027, every minute; 2027's holidays are not published, and that is said."""
    first, last = date(2025, 1, 1), date(2027, 12, 31)
    planned = list(plan(drawn(number), CALENDAR, first, last))
    begin = datetime.combine(first, EIGHT, CAMPUS)
    end = datetime.combine(last, EIGHT, CAMPUS)
    assert list(uncovered(spans_of(planned), begin, end)) == []
    assert list(bare_days(spans_of(planned), first, last)) == []
    assert all(one.person for one in planned)
    assert len({one.begins_at for one in planned}) == len(planned)
    assert unknown_years(CALENDAR, (one.day for one in planned)) == [2027]


def test_four_shifts_a_day_leave_no_minute_out():
    """7:30 to 7:30 of the next day; the last watch of a day begins at half past one."""
    hours = (*FOUR[:3], Hours("夜", time(1, 30), time(7, 30)))
    found = spans_of(plan([rotation(hours=hours)], CALENDAR, MONDAY, date(2027, 11, 23)))
    begin = datetime.combine(MONDAY, time(1, 30), CAMPUS)
    end = datetime.combine(date(2027, 11, 23), time(19, 30), CAMPUS)
    assert list(uncovered(found, begin, end)) == []


def test_an_hour_between_two_patterns_is_found():
    """Working days end at eight, days of rest begin at nine: an hour each time, named exactly."""
    nine = (Hours("全天", time(9), time(9)),)
    both = [rotation(Covers.WORKDAY), rotation(Covers.REST, hours=nine)]
    found = spans_of(plan(both, CALENDAR, MONDAY, MONDAY + timedelta(days=6)))
    begin = datetime.combine(MONDAY, EIGHT, CAMPUS)
    saturday = datetime.combine(MONDAY + timedelta(days=5), EIGHT, CAMPUS)
    gaps = list(uncovered(found, begin, begin + timedelta(days=7)))
    assert gaps == [(saturday, saturday + timedelta(hours=1))]


def test_turns_are_even_over_a_year():
    found = plan([rotation(people=(1, 2, 3, 4))], CALENDAR, MONDAY, MONDAY + timedelta(days=363))
    assert set(Counter(one.person for one in found).values()) == {91}


@pytest.mark.parametrize(
    ("begins", "hours", "night"),
    [(8, 12, False), (20, 12, True), (8, 24, True), (18, 5, False), (5, 3, False), (4, 3, True),
     (18, 6.5, True)],
)  # fmt: skip
def test_a_night_touches_the_small_hours(begins, hours, night):
    begin = datetime.combine(MONDAY, time(begins), CAMPUS)
    assert is_night(begin, begin + timedelta(hours=hours)) is night
