"""The escalation chain: when each rung is due, and climbing it once in each opening."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.incidents.actions import events, terms
from meice.incidents.models import Alarm, Audience, Incident, IncidentStatus, Watch
from meice.incidents.workflow import Rung
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over

CHUNK = 200
Known = set[tuple[str, int, str]]


def _handler(incident: Incident, at: datetime) -> list[User]:
    return [incident.handler] if incident.handler else events.on_duty(incident.unit, at)


def _over(role: Role) -> Callable[[Incident, datetime], list[User]]:
    return lambda incident, at: people_over(role, incident.unit)


def _above(incident: Incident, at: datetime) -> list[User]:
    """The leaders of the next unit above that has any; nobody above: nobody."""
    parent = incident.unit.parent
    return people_over(Role.LEADER, parent) if parent else []


PEOPLE: Mapping[Audience, Callable[[Incident, datetime], list[User]]] = {
    Audience.DUTY: lambda incident, at: events.on_duty(incident.unit, at),
    Audience.HANDLER: _handler,
    Audience.LEADER: _over(Role.LEADER),
    Audience.DEPARTMENT: _over(Role.DEPARTMENT),
    Audience.SECURITY: _over(Role.SECURITY),
    Audience.ABOVE: _above,
}


def due_of(incident: Incident, watch: str) -> datetime | None:
    """Until when what this watch waits for should be done; None when it is done or not asked."""
    if not incident.is_live:
        return None
    if watch == Watch.CLAIM:
        return incident.claim_by if incident.status == IncidentStatus.OPEN else None
    if watch == Watch.ACT:
        return incident.act_by if incident.acted_at is None else None
    return incident.clear_by if incident.cleared_at is None else None


def rungs_of(incident: Incident, chain: Sequence[Rung]) -> list[tuple[datetime, Rung]]:
    """Each rung that still waits with its moment, earliest first."""
    found = []
    for rung in chain:
        due = due_of(incident, rung.watch)
        if due is not None:
            found.append((due + timedelta(minutes=rung.minutes), rung))
    return sorted(found, key=lambda pair: (pair[0], pair[1].watch, pair[1].audience))


def set_ladder(incident: Incident) -> None:
    """Write in memory when the ladder looks next; the action saves."""
    rungs = rungs_of(incident, terms.chain())
    said = _said(incident) if rungs else set()
    incident.look_at = min((at for at, rung in rungs if _key(rung) not in said), default=None)


def _said(incident: Incident) -> Known:
    """What was said since it was last opened."""
    if incident.pk is None:
        return set()
    alarms = Alarm.objects.filter(incident=incident.pk, round=incident.round)
    return set(alarms.values_list("watch", "minutes", "audience"))


def _key(rung: Rung) -> tuple[str, int, str]:
    return rung.watch.value, rung.minutes, rung.audience.value


def climb_ladder(at: datetime) -> int:
    """One round: whatever is due is said once. Gives the number of alarms."""
    due = Incident.objects.live().filter(look_at__lte=at).order_by("look_at", "pk")
    chain = terms.chain()
    said = 0
    for pk in list(due.values_list("pk", flat=True)[:CHUNK]):
        said += _climb(pk, chain, at)
    return said


@transaction.atomic
def _climb(pk: int, chain: Sequence[Rung], at: datetime) -> int:
    """All rungs of one incident that are due, under its lock: a second worker finds them said."""
    incident = events.lock_incident(Incident(pk=pk))
    said = _said(incident)
    waiting = [(when, rung) for when, rung in rungs_of(incident, chain) if _key(rung) not in said]
    due = [rung for when, rung in waiting if when <= at and _is_timely(rung, incident, at)]
    told: set[int] = set()
    for rung in due:
        _say(incident, rung, at, told)
    incident.look_at = min((when for when, _ in waiting if when > at), default=None)
    incident.save(update_fields=["look_at"])
    return len(due)


def _is_timely(rung: Rung, incident: Incident, at: datetime) -> bool:
    """Once the time is up nobody is told that it soon will be."""
    due = due_of(incident, rung.watch)
    return rung.minutes >= 0 or due is None or at < due


def _say(incident: Incident, rung: Rung, at: datetime, told: set[int]) -> None:
    people = [each for each in PEOPLE[rung.audience](incident, at) if each.pk not in told]
    told.update(each.pk for each in people)
    events.call(incident, [(each, "超时升级") for each in people], at)
    due = due_of(incident, rung.watch) or at
    minutes = round((at - due).total_seconds() / 60)
    over = (
        f"已超时 {minutes} 分钟"
        if minutes > 0
        else f"还剩 {-minutes} 分钟"
        if minutes
        else "到时限"
    )
    text = f"事件 {events.called(incident)}{rung.watch.label}，{over}"
    reached = events.tell(people, incident, text, kind=NoticeKind.ALARM)
    Alarm.objects.create(
        incident=incident, round=incident.round, watch=rung.watch, minutes=rung.minutes,
        audience=rung.audience, at=at, reached=reached,
    )  # fmt: skip
    words = f"{rung.watch.label}（{over}），已告知{rung.audience.label} {reached} 人"
    events.note_event(incident, "escalate", by=None, at=at, note=words)
    detail: Detail = {"number": incident.number, "watch": rung.watch.value, "people": reached}
    record("incident.escalate", incident, by=None, detail=detail, unit_path=incident.unit_path)
