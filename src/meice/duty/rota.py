"""轮换: who is on duty when, worked out from patterns and the calendar. Pure: no database, no clock.

A day is a working day, a weekend day or a holiday; a weekend day worked for a holiday (调休) is a
working day, and a day that the school itself has set counts as it is set. Of the patterns of a
layer the narrowest that covers the day holds. Turns are counted over the days on which a pattern
holds, from its first day on, so that the same question always has the same answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meice.duty.models.kinds import Covers, DayKind, Turn
from meice.kernel.workdays import Workdays

CAMPUS = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
SMALL_HOURS = (time(0), time(5))
KINDS_COVERED = {
    Covers.WORKDAY: (DayKind.WORKDAY,),
    Covers.WEEKEND: (DayKind.WEEKEND,),
    Covers.HOLIDAY: (DayKind.HOLIDAY,),
    Covers.REST: (DayKind.WEEKEND, DayKind.HOLIDAY),
    Covers.EVERY: tuple(DayKind),
}


@dataclass(frozen=True, slots=True)
class Hours:
    """A watch: an end that is not after the begin is the next day's."""

    name: str
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Rotation:
    """A pattern: from `start_on` on `people` (any keys) take turns; the first person begins."""

    covers: Covers
    turn: Turn
    start_on: date
    hours: tuple[Hours, ...]
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """One shift of the plan; `person` None where the pattern names nobody."""

    day: date
    kind: DayKind
    watch: str
    begins_at: datetime
    ends_at: datetime
    person: int | None

    @property
    def is_night(self) -> bool:
        """Does it hold an hour between midnight and five?"""
        return is_night(self.begins_at, self.ends_at)


def is_night(begins_at: datetime, ends_at: datetime) -> bool:
    """Does the span touch the hours between midnight and five?"""
    day = begins_at.astimezone(CAMPUS).date()
    return any(
        begins_at < _at(one, SMALL_HOURS[1]) and ends_at > _at(one, SMALL_HOURS[0])
        for one in (day, day + ONE_DAY)
    )


def kind_of(day: date, calendar: Workdays) -> DayKind:
    """What sort of day it is."""
    if calendar.is_workday(day):
        return DayKind.WORKDAY
    return DayKind.HOLIDAY if calendar.name_of(day) else DayKind.WEEKEND


def holding(rotations: Sequence[Rotation], kind: DayKind, day: date) -> Rotation | None:
    """The narrowest pattern that covers such a day and has begun; None: the day has no pattern."""
    fit = [one for one in rotations if kind in KINDS_COVERED[one.covers] and one.start_on <= day]
    return min(fit, key=lambda one: len(KINDS_COVERED[one.covers]), default=None)


def plan(
    rotations: Sequence[Rotation], calendar: Workdays, first: date, last: date
) -> Iterator[Planned]:
    """The shifts that begin on `first` … `last`, in the order of days and hours."""
    counts = {one: _Count(one) for one in rotations}
    for day in _days(min((one.start_on for one in rotations), default=first), last):
        kind = kind_of(day, calendar)
        rotation = holding(rotations, kind, day)
        if rotation is not None:
            counts[rotation].advance(day)
            if day >= first:
                yield from _of_day(rotation, counts[rotation], kind, day)


def _of_day(rotation: Rotation, count: "_Count", kind: DayKind, day: date) -> Iterator[Planned]:
    for place, hours in enumerate(rotation.hours):
        ends = _at(day, hours.ends)
        if hours.ends <= hours.begins:
            ends = _at(day + ONE_DAY, hours.ends)
        yield Planned(day, kind, hours.name, _at(day, hours.begins), ends, count.person(place))


@dataclass
class _Count:
    """How many turns of a rotation are over."""

    rotation: Rotation
    turns: int = -1
    last: date | None = field(default=None)

    def advance(self, day: date) -> None:
        """One more day on which the pattern holds."""
        if self.last is None or self._is_next(self.last, day):
            self.turns += 1
        self.last = day

    def _is_next(self, last: date, day: date) -> bool:
        if self.rotation.turn == Turn.WEEK:
            return last.isocalendar()[:2] != day.isocalendar()[:2]
        if self.rotation.turn == Turn.STRETCH:
            return day - last > ONE_DAY
        return True

    def person(self, place: int) -> int | None:
        """Whose turn the watch at `place` is. 每班: one after the other through all watches; else
        the watches of a day are staggered (早班 甲, 晚班 乙; next turn 早班 乙, 晚班 丙)."""
        people = self.rotation.people
        if not people:
            return None
        per_day = len(self.rotation.hours) if self.rotation.turn == Turn.SHIFT else 1
        return people[(self.turns * per_day + place) % len(people)]


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, CAMPUS)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def unknown_years(calendar: Workdays, days: Iterable[date]) -> list[int]:
    """Years among `days` whose holidays are not published: their plan rests on weekends alone."""
    return sorted({day.year for day in days if not calendar.knows(day)})
