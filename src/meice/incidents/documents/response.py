"""How fast incidents were answered: counts and medians by class and by severity, never by unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from meice.incidents.classes import IncidentKind, Severity
from meice.incidents.models.incident import IncidentQuerySet

FIELDS = (
    "kind", "severity", "status", "clock_at", "claim_by", "act_by", "clear_by",
    "claimed_at", "acted_at", "cleared_at", "ended_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timer:
    """One timer over many incidents: how many were asked, in time, late, and still open in time;
    `middle` are the minutes of half of those that were answered, None without any."""

    asked: int
    kept: int
    missed: int
    middle: int | None

    @property
    def running(self) -> int:
        """Neither answered nor late yet: not counted as either."""
        return self.asked - self.kept - self.missed


@dataclass(frozen=True, slots=True)
class Line:
    """All incidents of one class or severity."""

    label: str
    number: int
    closed: int
    claim: Timer
    act: Timer
    clear: Timer


@dataclass(frozen=True, slots=True)
class Response:
    """The whole, by class and by severity; false alarms are counted apart and have no times."""

    whole: Line
    kinds: tuple[Line, ...]
    severities: tuple[Line, ...]
    false_alarms: int


Row = dict[str, object]


def response_of(rows: IncidentQuerySet, at: datetime) -> Response:
    """Of real incidents that are neither false alarms nor merged into another. One query."""
    found: list[Row] = list(rows.real().exclude(status="merged").values(*FIELDS))
    real = [row for row in found if row["status"] != "dismissed"]
    kinds = [_line(k.label, [r for r in real if r["kind"] == k], at) for k in IncidentKind]
    grades = [_line(s.label, [r for r in real if r["severity"] == s], at) for s in Severity]
    return Response(
        whole=_line("合计", real, at),
        kinds=tuple(line for line in kinds if line.number),
        severities=tuple(grades),
        false_alarms=len(found) - len(real),
    )


def _line(label: object, rows: Sequence[Row], at: datetime) -> Line:
    return Line(
        label=str(label),
        number=len(rows),
        closed=sum(row["status"] == "closed" for row in rows),
        claim=_timer(rows, "claim_by", "claimed_at", at),
        act=_timer(rows, "act_by", "acted_at", at),
        clear=_timer(rows, "clear_by", "cleared_at", at),
    )


def _timer(rows: Iterable[Row], by: str, done: str, at: datetime) -> Timer:
    asked = kept = missed = 0
    minutes = []
    for row in rows:
        due, when, begun = row[by], row[done], row["clock_at"]
        if not isinstance(due, datetime) or not isinstance(begun, datetime):
            continue
        asked += 1
        if isinstance(when, datetime):
            minutes.append((when - begun).total_seconds() / 60)
            kept += when <= due
            missed += when > due
        else:
            missed += at > due
    return Timer(asked, kept, missed, round(median(minutes)) if minutes else None)
