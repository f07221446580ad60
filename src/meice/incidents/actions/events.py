"""What every act on an incident has in common: the lock, the line in its history, the word to people."""

from collections.abc import Iterable
from datetime import datetime

from meice.audit.actions import Detail, record
from meice.duty.models import Shift
from meice.engines.marks import mask_personal
from meice.incidents.models import (
    Incident,
    IncidentEvent,
    Letter,
    Responder,
)
from meice.incidents.workflow import INCIDENT
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Post, Unit, User, event_facts
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over


def lock_incident(incident: Incident) -> Incident:
    """The row as it is now, held until the transaction ends, with what the rules ask for."""
    list(Incident.objects.select_for_update().filter(pk=incident.pk).values_list("pk"))
    found = Incident.objects.select_related("unit").prefetch_related(
        "responders", "letters", "merged"
    )
    return found.get(pk=incident.pk)


def take(incident: Incident, step: str, by: User) -> Incident:
    """Lock it and take the step in memory; raises `Refused` when the state or the rule says no."""
    incident = lock_incident(incident)
    INCIDENT.take(step, incident, by)
    return incident


def finish(
    incident: Incident,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    letter: Letter | None = None,
    detail: Detail | None = None,
) -> None:
    """Save, and write the history and the audit of one act."""
    incident.version += 1
    incident.save()
    note_event(incident, act, by=by, at=at, note=note, letter=letter)
    told: Detail = {"number": incident.number, **(detail or {})}
    record(f"incident.{act}", incident, by=by, detail=told, unit_path=incident.unit_path)


def note_event(
    incident: Incident,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    letter: Letter | None = None,
) -> IncidentEvent:
    """Who did what when, with the name and post of the moment."""
    facts = event_facts(act, by=by, at=at, note=note)
    return IncidentEvent.objects.create(incident=incident, letter=letter, **facts)


def on_duty(unit: Unit, at: datetime) -> list[User]:
    """Who is on duty for the unit at that moment, by its own roster or the nearest above."""
    return [person for person in Shift.objects.on_duty(unit, at) if person.is_active]


def callees(incident: Incident, at: datetime) -> list[tuple[User, str]]:
    """Who is called first: who is on duty; without a roster the unit's leaders; always the
    department, and security for its classes."""
    unit = incident.unit
    found = [(person, "值班") for person in on_duty(unit, at)]
    if not found:
        found = [(person, "没有排班，主管领导") for person in people_over(Role.LEADER, unit)]
        found += [(person, "没有排班，运维") for person in people_over(Role.OPERATOR, unit)]
    found += [(person, "宣传部") for person in people_over(Role.DEPARTMENT, unit)]
    if incident.is_security:
        found += [(person, "保卫/信息化") for person in people_over(Role.SECURITY, unit)]
    return found


def call(incident: Incident, people: Iterable[tuple[User, str]], at: datetime) -> list[User]:
    """Add to the incident who was not called yet; gives the new ones."""
    known = set(Responder.objects.filter(incident=incident.pk).values_list("user", flat=True))
    fresh: dict[int, tuple[User, str]] = {}
    for person, why in people:
        if person.pk not in known and person.is_active:
            fresh.setdefault(person.pk, (person, why))
    Responder.objects.bulk_create(
        Responder(incident=incident, user=person, name=person.name, why=why, at=at)
        for person, why in fresh.values()
    )
    return [person for person, _ in fresh.values()]


def department_unit(unit: Unit) -> Unit:
    """The nearest unit at or above `unit` that has publicity staff; else the topmost."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    posts = Post.objects.current().filter(role=Role.DEPARTMENT, unit__path__in=paths)
    nearest = posts.select_related("unit").order_by("-unit__depth").first()
    return nearest.unit if nearest else Unit.objects.get(path=paths[0])


def called(incident: Incident) -> str:
    """Number and title for a notice: without personal numbers."""
    return f"{incident.number}「{mask_personal(incident.shown_title)}」"


def tell(
    people: Iterable[User],
    incident: Incident,
    text: str,
    *,
    besides: User | None = None,
    kind: NoticeKind = NoticeKind.TASK,
) -> int:
    """One line into the inbox of each, once; gives how many were told."""
    url = incident.get_absolute_url()
    chosen = {person.pk: person for person in people if person.is_active}
    if besides is not None:
        chosen.pop(besides.pk, None)
    for person in chosen.values():
        notify(person, text=text, url=url, kind=kind)
    return len(chosen)


def office_of(by: User) -> str:
    """Who signs on paper: 华园大学宣传部 for publicity staff whose post is at the university."""
    post = by.post
    if post is None:
        return ""
    label = str(Role(post.role).label)
    name = str(post.unit.name)
    return name if label in name or post.role not in _OFFICES else f"{name}{label}"


_OFFICES = (Role.DEPARTMENT, Role.SECURITY)
