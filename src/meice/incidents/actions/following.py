"""A unit that moves takes its incidents along; what a leaver has in hand goes to another."""

from collections.abc import Iterable

from django.db.models import F

from meice.audit.actions import record
from meice.incidents.actions import events
from meice.incidents.models import Incident
from meice.kernel.clock import now
from meice.orgs.models import User


def follow_units() -> int:
    """Write the units' present paths on the incidents; how many were behind."""
    rows = Incident.objects.exclude(unit_path=F("unit__path"))
    behind = list(rows.values_list("pk", "unit__path"))
    for pk, path in behind:
        Incident.objects.filter(pk=pk).update(unit_path=path)
    return len(behind)


def held_incidents(person: User) -> Iterable[Incident]:
    """Live incidents that a leaving person has taken up."""
    return Incident.objects.live().filter(handler=person).order_by("pk")


def name_incident(incident: Incident) -> str:
    """`SJ-2026-0012（数信学院）`."""
    return f"{incident.number}（{incident.unit_name}）"


def move_incident(incident: Incident, to: User, by: User) -> None:
    """Hand it to another, inside the caller's transaction."""
    at = now()
    locked = events.lock_incident(incident)
    locked.handler, locked.handler_name = to, to.name
    locked.save(update_fields=["handler", "handler_name"])
    events.call(locked, [(to, "移交")], at)
    events.note_event(locked, "move", by=by, at=at, note=to.name)
    record("incident.move", locked, by=by, detail={"to": to.name}, unit_path=locked.unit_path)
