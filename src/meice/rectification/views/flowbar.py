"""The flow bar of an order (picture 06): who did what when, what is now, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meice.rectification.models import Order, OrderEvent, OrderStatus

STAGES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("签发", ("issue",), ""),
    ("签收", ("acknowledge",), ""),
    ("答复", ("confirm", "attest"), ""),
    ("复查", ("return", "close"), "机器先查，人下结论"),
    ("销号", ("close",), "须由核实人以外的人办"),
)
REACHED = {
    OrderStatus.DRAFT: 0,
    OrderStatus.ISSUED: 1,
    OrderStatus.MENDING: 2,
    OrderStatus.CONFIRMING: 2,
    OrderStatus.REOPENED: 2,
    OrderStatus.REPLIED: 3,
    OrderStatus.CLOSED: 5,
}
DONE, NOW, LATER = "m-done", "m-now", "m-later"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the bar; `who` and `at` once it is done, `note` while it is not."""

    label: str
    look: str
    who: str = ""
    at: datetime | None = None
    note: str = ""


def flow_of(order: Order, events: Sequence[OrderEvent]) -> list[Stage]:
    """The five stages; a withdrawn order shows how far it had come."""
    reached = REACHED.get(OrderStatus(order.status), _last_reached(events))
    return [
        _stage(label, acts, note, events, number - reached)
        for number, (label, acts, note) in enumerate(STAGES)
    ]


def _last_reached(events: Sequence[OrderEvent]) -> int:
    acts = {event.act for event in events}
    return sum(bool(acts.intersection(wanted)) for _, wanted, _ in STAGES)


def _stage(
    label: str, acts: tuple[str, ...], note: str, events: Sequence[OrderEvent], ahead: int
) -> Stage:
    if ahead > 0:
        return Stage(label, LATER, note=note)
    if ahead == 0:
        return Stage(label, NOW, note=note)
    done = next((event for event in reversed(events) if event.act in acts), None)
    return Stage(label, DONE, done.by_name if done else "", done.at if done else None)
