"""Working days: weekends, holidays, 调休, a deployment's own days."""

from datetime import date, timedelta

import pytest

from meice.kernel.workdays import Workdays, calendar, published_years


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2025, 1, 26), True),
        (date(2025, 10, 8), False),
        (date(2024, 9, 14), True),
        (date(2021, 9, 26), True),
        (date(2021, 5, 5), False),
    ],
)
def test_a_day_is_worked_or_not(day, works):
    assert calendar().is_workday(day) is works


def test_every_day_worked_for_a_holiday_is_a_weekend_day():
    worked = [day for year in published_years().values() for day in year.worked]
    assert len(worked) > 20
    assert all(day.weekday() >= 5 for day in worked)


def test_every_holiday_lies_in_its_year_and_says_its_source():
    for number, year in published_years().items():
        assert {day.year for day in (*year.off, *year.worked)} == {number}
        assert year.source.startswith("国务院办公厅")


def test_a_term_does_not_count_its_first_day():
    assert calendar().after(date(2026, 11, 23), 5) == date(2026, 11, 30)


def test_a_term_skips_the_national_holiday_and_counts_the_day_worked_for_it():
    assert calendar().after(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_a_term_backwards():
    assert calendar().after(date(2026, 10, 8), -1) == date(2026, 9, 30)


def test_between_is_the_inverse_of_after():
    days = calendar()
    for n in range(0, 40):
        end = days.after(date(2026, 1, 30), n)
        assert days.between(date(2026, 1, 30), end) == n
        assert days.between(end, date(2026, 1, 30)) == -n


def test_a_deployment_sets_single_days():
    founding = date(2026, 11, 24)
    days = calendar({founding: False})
    assert not days.is_workday(founding)
    assert days.after(founding - timedelta(days=1), 1) == date(2026, 11, 25)


def test_a_year_without_a_notice_has_weekends_and_says_so():
    days = Workdays()
    assert days.is_workday(date(2031, 10, 1))
    assert not days.knows(date(2031, 10, 1))


def test_a_term_of_centuries_is_refused():
    with pytest.raises(ValueError, match="ten years"):
        calendar().after(date(2026, 1, 1), 10**6)
