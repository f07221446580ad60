"""The flow bar of an incident: who did what when, what is now, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meice.incidents.models import Incident, IncidentEvent, IncidentStatus

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("报告", ("report", "reopen", "split")),
    ("认领", ("acknowledge",)),
    ("处置", ("measure", "clear")),
    ("转送", ("refer",)),
    ("办结", ("close",)),
)
NOW = {
    IncidentStatus.OPEN: 1,
    IncidentStatus.CLAIMED: 2,
    IncidentStatus.HANDLING: 2,
    IncidentStatus.REFERRED: 3,
    IncidentStatus.CLOSED: 5,
    IncidentStatus.DISMISSED: 5,
    IncidentStatus.MERGED: 5,
}
DONE, HERE, LATER = "m-done", "m-now", "m-later"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the bar; `who` and `at` once it is done."""

    label: str
    look: str
    who: str = ""
    at: datetime | None = None


def flow_of(incident: Incident, events: Sequence[IncidentEvent]) -> list[Stage]:
    """The five stages of the present round; a letter is not always needed."""
    here = NOW[IncidentStatus(incident.status)]
    current = [event for event in events if event.at >= incident.clock_at]
    return [
        _stage(label, acts, current, number - here) for number, (label, acts) in enumerate(STAGES)
    ]


def _stage(label: str, acts: tuple[str, ...], events: Sequence[IncidentEvent], ahead: int) -> Stage:
    done = next((event for event in reversed(events) if event.act in acts), None)
    if ahead == 0:
        return Stage(label, HERE)
    if done is not None:
        return Stage(label, DONE, done.by_name, done.at)
    return Stage(label, LATER)
