"""值班统计: how often each was on duty in a period, by kind of day and by night. No points."""

from dataclasses import dataclass
from typing import Any

from meice.duty.models import DayKind
from meice.duty.models.shift import ShiftQuerySet

HEADS = (
    "姓名", "共几班", "共几小时", "工作日白班", "工作日夜班", "周末白班", "周末夜班",
    "节假日白班", "节假日夜班",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """One person; `counts` in the order of `HEADS` from 工作日白班 on."""

    name: str
    shifts: int
    hours: float
    counts: tuple[int, ...]

    @property
    def rest(self) -> int:
        """Shifts on weekends and holidays."""
        return sum(self.counts[2:])

    @property
    def nights(self) -> int:
        """Shifts over night."""
        return sum(self.counts[1::2])

    @property
    def cells(self) -> tuple[str | int | float, ...]:
        """As a row of the sheet."""
        return (self.name, self.shifts, self.hours, *self.counts)


def tallies_of(shifts: ShiftQuerySet) -> list[Tally]:
    """One query."""
    return [_tally(row) for row in shifts.by_person()]


def _tally(row: dict[str, Any]) -> Tally:
    keys = [key for kind in DayKind for key in (kind.value, f"{kind.value}_night")]
    hours = round((row["worked"] or 0) / 60, 1)
    return Tally(row["name"], row["shifts"], hours, tuple(row[key] for key in keys))
