"""频次: on which days a plan has a round. Pure rules; the calendar and the notable days come in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from meice.kernel.workdays import Workdays

ONE_DAY = timedelta(days=1)
LOOK_BACK = 14
"""No run of days off is longer: so far back a put-off round may come from."""
LOOK_AHEAD = 400
LAST_OF_MONTH = 28


class Rhythm(models.TextChoices):
    """How often."""

    DAILY = "daily", "每天"
    WORKDAYS = "workdays", "工作日"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    NOTABLE = "notable", "重要日子前"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a plan says of its days: `weekday` 0–6 (weekly), `month_day` 1–28 (monthly),
    `days_before` natural days (before notable days)."""

    rhythm: str
    weekday: int | None = None
    month_day: int | None = None
    days_before: int | None = None


@dataclass(frozen=True, slots=True)
class Notable:
    """A notable day: of one year, or (`year` None) of every year."""

    name: str
    month: int
    day: int
    year: int | None = None

    def on(self, year: int) -> date | None:
        """Its date in a year; None where it has none."""
        if self.year not in (None, year):
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


COMMON_DAYS: tuple[Notable, ...] = (
    Notable("元旦", 1, 1), Notable("全民国家安全教育日", 4, 15), Notable("劳动节", 5, 1),
    Notable("五四青年节", 5, 4), Notable("建党纪念日", 7, 1), Notable("建军节", 8, 1),
    Notable("抗战胜利纪念日", 9, 3), Notable("教师节", 9, 10), Notable("烈士纪念日", 9, 30),
    Notable("国庆节", 10, 1), Notable("国家宪法日", 12, 4), Notable("国家公祭日", 12, 13),
)  # fmt: skip


def is_due(turn: Turn, day: date, calendar: Workdays, notable: Sequence[Notable] = ()) -> bool:
    """Has the plan a round on this day? What falls on a day off (weekly, monthly) moves to the next
    working day; daily rounds and those before notable days never move."""
    if turn.rhythm == Rhythm.DAILY:
        return True
    if turn.rhythm == Rhythm.WORKDAYS:
        return calendar.is_workday(day)
    if turn.rhythm == Rhythm.NOTABLE:
        return bool(occasion_of(turn, day, notable))
    if not calendar.is_workday(day):
        return False
    return any(_is_nominal(turn, one) for one in _put_off_to(day, calendar))


def occasion_of(turn: Turn, day: date, notable: Iterable[Notable]) -> str:
    """The notable days before which this day stands, `、` between; blank for none."""
    meant = day + timedelta(days=turn.days_before or 0)
    return "、".join(one.name for one in notable if one.on(meant.year) == meant)


def _is_nominal(turn: Turn, day: date) -> bool:
    if turn.rhythm == Rhythm.WEEKLY:
        return day.weekday() == turn.weekday
    return day.day == turn.month_day


def _put_off_to(day: date, calendar: Workdays) -> Iterator[date]:
    """The day itself and the days off right before it."""
    yield day
    for back in range(1, LOOK_BACK):
        one = day - back * ONE_DAY
        if calendar.is_workday(one):
            return
        yield one


def next_days(
    turn: Turn, start: date, calendar: Workdays, notable: Sequence[Notable] = (), *, number: int = 3
) -> list[date]:
    """The next days with a round from `start` on, at most `number`, within 400 days."""
    days = (start + ahead * ONE_DAY for ahead in range(LOOK_AHEAD))
    found = (day for day in days if is_due(turn, day, calendar, notable))
    return [day for day, _ in zip(found, range(number), strict=False)]
