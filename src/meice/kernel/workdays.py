"""Working days in China: weekends, statutory holidays, and the weekend days worked for them (调休).

The years are data (`holidays/YYYY.toml`), written after the yearly notice of the State Council's
General Office; a deployment may override single days (the caller passes them). A year without a
file has weekends only, and `knows` says so: a deadline in it may be off and is shown as such.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

ONE_DAY = timedelta(days=1)
SATURDAY = 5
MAX_TERM = 3660


@dataclass(frozen=True, slots=True)
class Year:
    """One year's notice: days off by name, weekend days worked, where it is written."""

    year: int
    source: str
    certainty: str
    off: Mapping[date, str]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class Workdays:
    """A calendar: the years that are known, and single days that a deployment has set itself."""

    years: Mapping[int, Year] = field(default_factory=dict)
    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """A deployment's own day first, then the notice, then the week."""
        if day in self.overrides:
            return self.overrides[day]
        year = self.years.get(day.year)
        if year and day in year.off:
            return False
        if year and day in year.worked:
            return True
        return day.weekday() < SATURDAY

    def knows(self, day: date) -> bool:
        """Is there a notice for the day's year?"""
        return day.year in self.years

    def name_of(self, day: date) -> str:
        """The holiday's name; blank on an ordinary day."""
        year = self.years.get(day.year)
        return year.off.get(day, "") if year else ""

    def after(self, start: date, days: int) -> date:
        """The last day of a term of `days` working days that begins the day after `start`
        (民法典 art. 201: the first day is not counted). Negative: back. 0: `start` itself.

        Raises ValueError for a term of more than ten years.
        """
        if abs(days) > MAX_TERM:
            raise ValueError("a term of more than ten years")
        step = ONE_DAY if days >= 0 else -ONE_DAY
        day, left = start, abs(days)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        span = (end - start).days
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, span + 1))


@cache
def published_years() -> Mapping[int, Year]:
    """The years that ship with the product."""
    return {year.year: year for year in _read(resources.files("meice.kernel") / "holidays")}


def calendar(overrides: Mapping[date, bool] | None = None) -> Workdays:
    """The published years with a deployment's own days over them."""
    return Workdays(published_years(), overrides or {})


def _read(folder: Traversable) -> Iterable[Year]:
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            yield _year(tomllib.loads(file.read_text("utf-8")))


def _year(given: Mapping[str, object]) -> Year:
    holidays = given["holiday"]
    if not isinstance(holidays, list):
        raise TypeError("holiday: a list of tables is needed")
    off = {day: row["name"] for row in holidays for day in _days(row["first"], row["last"])}
    worked = frozenset(day for row in holidays for day in row.get("worked", ()))
    year = int(str(given["year"]))
    return Year(year, str(given["source"]), str(given["certainty"]), off, worked)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
