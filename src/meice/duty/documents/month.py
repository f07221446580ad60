"""Some days of a roster as a table: one row a day, one column a layer. Page, print and sheet."""

import calendar as months
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from meice.duty.actions.events import shifts_of, workdays
from meice.duty.models import DayKind, Layer, Roster, Shift
from meice.duty.rota import kind_of
from meice.kernel.days import WEEKDAYS, read_day


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day: what it is, and the shifts of each layer in the order of their begin."""

    day: date
    kind: DayKind
    holiday: str
    is_made_up: bool
    is_known: bool
    cells: tuple[tuple[Shift, ...], ...]

    @property
    def weekday(self) -> str:
        """`周六`."""
        return f"周{WEEKDAYS[self.day.weekday()]}"

    @property
    def words(self) -> str:
        """What is special about the day: `国庆节`, `调休上班`, `周末`; blank on a common day."""
        if self.is_made_up:
            return "调休上班"
        return self.holiday or ("" if self.kind == DayKind.WORKDAY else str(self.kind.label))


@dataclass(frozen=True, slots=True)
class Table:
    """The days from `first` to `last`."""

    roster: Roster
    first: date
    last: date
    layers: tuple[Layer, ...]
    rows: tuple[DayRow, ...]

    @property
    def unknown(self) -> list[int]:
        """Years whose holidays are not published."""
        return sorted({row.day.year for row in self.rows if not row.is_known})

    @property
    def total(self) -> int:
        """The number of shifts."""
        return sum(len(cell) for row in self.rows for cell in row.cells)


def table_of(roster: Roster, first: date, last: date) -> Table:
    """Three queries, whatever the number of shifts."""
    layers = tuple(roster.layers.all())
    found: dict[tuple[date, int], list[Shift]] = defaultdict(list)
    for shift in shifts_of(roster, first, last):
        found[shift.day, shift.layer_id].append(shift)
    calendar = workdays()
    rows = []
    for day in days_of(first, last):
        kind = kind_of(day, calendar)
        weekend = day.weekday() > 4
        cells = tuple(tuple(found[day, layer.pk]) for layer in layers)
        made_up = weekend and kind == DayKind.WORKDAY
        name = calendar.name_of(day)
        rows.append(DayRow(day, kind, name, made_up, calendar.knows(day), cells))
    return Table(roster, first, last, layers, tuple(rows))


def days_of(first: date, last: date) -> Iterable[date]:
    """Each day."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def month_of(text: str, today: date) -> tuple[date, date]:
    """`2026-11` → its first and last day; this month for anything else."""
    first = read_day(f"{text}-01", today) if text else None
    first = (first or today).replace(day=1)
    return first, first.replace(day=months.monthrange(first.year, first.month)[1])


def week_of(text: str, today: date) -> tuple[date, date]:
    """The Monday and Sunday around a day; this week for anything unreadable."""
    day = read_day(text, today) or today
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
