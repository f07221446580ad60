"""On which days a plan has a round."""

from datetime import date, timedelta

import pytest

from meice.kernel.workdays import calendar
from meice.patrols.rhythm import COMMON_DAYS, Notable, Rhythm, Turn, is_due, next_days, occasion_of

CALENDAR = calendar()
WEEKLY = Turn(Rhythm.WEEKLY, weekday=3)
MONTHLY = Turn(Rhythm.MONTHLY, month_day=1)
BEFORE = Turn(Rhythm.NOTABLE, days_before=3)
DAYS = (
    (Turn(Rhythm.DAILY), date(2026, 10, 1), True, "daily in a holiday"),
    (Turn(Rhythm.WORKDAYS), date(2026, 10, 1), False, "no working day"),
    (Turn(Rhythm.WORKDAYS), date(2026, 11, 21), False, "saturday"),
    (Turn(Rhythm.WORKDAYS), date(2026, 11, 23), True, "monday"),
    (WEEKLY, date(2026, 11, 26), True, "its thursday"),
    (WEEKLY, date(2026, 11, 27), False, "the day after"),
    (MONTHLY, date(2026, 12, 1), True, "the first"),
    (MONTHLY, date(2026, 11, 1), False, "the first is a sunday"),
    (MONTHLY, date(2026, 11, 2), True, "put off to monday"),
    (MONTHLY, date(2026, 11, 3), False, "put off no further"),
    (BEFORE, date(2026, 12, 1), True, "three days before 国家宪法日"),
    (BEFORE, date(2026, 12, 4), False, "the day itself"),
)


@pytest.mark.parametrize(
    ("turn", "day", "due"), [row[:3] for row in DAYS], ids=[row[3] for row in DAYS]
)
def test_a_day_has_a_round_or_not(turn, day, due):
    assert is_due(turn, day, CALENDAR, COMMON_DAYS) is due


def test_a_weekly_round_of_a_holiday_is_walked_on_the_first_working_day():
    after = next(
        day
        for day in (date(2026, 10, 1) + timedelta(days=n) for n in range(14))
        if CALENDAR.is_workday(day)
    )
    assert is_due(Turn(Rhythm.WEEKLY, weekday=date(2026, 10, 1).weekday()), after, CALENDAR)


def test_a_worked_saturday_is_a_working_day():
    worked = min(CALENDAR.years[2026].worked)
    assert is_due(Turn(Rhythm.WORKDAYS), worked, CALENDAR)


def test_a_year_of_daily_rounds_has_no_gap():
    first = date(2026, 1, 1)
    days = next_days(Turn(Rhythm.DAILY), first, CALENDAR, number=365)
    assert days == [first + timedelta(days=n) for n in range(365)]


def test_a_notable_day_of_one_year_comes_once():
    once = Notable("校庆", 11, 26, 2026)
    assert occasion_of(BEFORE, date(2026, 11, 23), [once]) == "校庆"
    assert occasion_of(BEFORE, date(2027, 11, 23), [once]) == ""
    assert Notable("闰日", 2, 29).on(2027) is None
