"""A unit that moves in the tree takes its orders and circulars along; drafts follow their writer."""

from collections.abc import Iterable

from django.db.models import F

from meice.audit.actions import record
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.rectification.actions.events import lock_order, note_event
from meice.rectification.models import Circular, Order, OrderStatus


def follow_units() -> int:
    """Write the unit's present path on the rows of this room; how many were behind.

    Called when a unit moves, inside its transaction, and by a job.
    """
    behind = 0
    for model in (Order, Circular):
        rows = model._default_manager.exclude(unit_path=F("unit__path"))
        for pk, path in rows.values_list("pk", "unit__path"):
            behind += model._default_manager.filter(pk=pk).update(unit_path=path)
    return behind


def held_drafts(person: User) -> Iterable[Order]:
    """Orders that a leaving person has drafted and not issued."""
    return Order.objects.filter(drafted_by=person, status=OrderStatus.DRAFT).order_by("pk")


def name_draft(order: Order) -> str:
    """`整改单草稿 12（数信学院）`."""
    return f"{order}（{order.unit_name}）"


def move_draft(order: Order, to: User, by: User) -> None:
    """Hand it to another, inside the caller's transaction."""
    locked = lock_order(order)
    locked.drafted_by = to
    locked.save(update_fields=["drafted_by"])
    note_event(locked, "move", by=by, at=now(), note=to.name)
    record("order.move", locked, by=by, detail={"to": to.name}, unit_path=locked.unit_path)
