"""The flow bar of a filing: who did what when, what is now, what comes."""

from dataclasses import dataclass
from datetime import datetime

from meice.registry.models import Filing, FilingEvent, FilingStatus

STAGES: tuple[tuple[FilingStatus, str, tuple[str, ...]], ...] = (
    (FilingStatus.DRAFT, "起草", ("submit", "present", "attest")),
    (FilingStatus.CHECKING, "审核", ("check",)),
    (FilingStatus.CONFIRMING, "领导确认", ("confirm", "transfer")),
    (FilingStatus.RECEIVING, "转入单位确认", ("receive",)),
    (FilingStatus.DECIDING, "宣传部受理", ("accept",)),
)
DONE, NOW, LATER = "m-done", "m-now", "m-later"
BACK_AT_START = (FilingStatus.DRAFT, FilingStatus.RETURNED, FilingStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the bar; `who` and `at` once it is done."""

    label: str
    look: str
    who: str = ""
    at: datetime | None = None


def flow_of(filing: Filing) -> list[Stage]:
    """The stages this filing passes through, as far as this round has come."""
    stages = [stage for stage in STAGES if _applies(stage[0], filing)]
    events = _this_round(list(filing.events.all()))
    current = filing.status
    at = FilingStatus.DRAFT if current in BACK_AT_START else FilingStatus(current)
    order = [status for status, *_ in stages]
    reached = len(order) if current == FilingStatus.ACCEPTED else order.index(at)
    return [
        _stage(label, acts, events, number - reached)
        for number, (_status, label, acts) in enumerate(stages)
    ]


def _applies(status: FilingStatus, filing: Filing) -> bool:
    if status is FilingStatus.CHECKING:
        return filing.checker_unit_id is not None
    if status is FilingStatus.RECEIVING:
        return filing.target_unit_id is not None
    return True


def _this_round(events: list[FilingEvent]) -> list[FilingEvent]:
    """What came after the last return or withdrawal."""
    for number in range(len(events) - 1, -1, -1):
        if events[number].act in ("return", "withdraw"):
            return events[number + 1 :]
    return events


def _stage(label: str, acts: tuple[str, ...], events: list[FilingEvent], ahead: int) -> Stage:
    if ahead > 0:
        return Stage(label, LATER)
    if ahead == 0:
        return Stage(label, NOW)
    done = next((event for event in reversed(events) if event.act in acts), None)
    return Stage(label, DONE, done.by_name if done else "凭盖章件", done.at if done else None)
