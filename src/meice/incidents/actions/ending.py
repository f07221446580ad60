"""The end of an incident: 办结 with lessons, 误报 with a reason, and back again."""

from datetime import datetime

from django.db import transaction

from meice.incidents.actions import events, terms
from meice.incidents.actions.ladder import set_ladder
from meice.incidents.actions.reporting import call_people
from meice.incidents.models import Incident, Responder
from meice.kernel.access import Refused
from meice.orgs.models import User


@transaction.atomic
def close_incident(
    incident: Incident, *, conclusion: str, lessons: str, by: User, at: datetime
) -> Incident:
    """办结: how it ended, and what is done so that it does not happen again."""
    if not conclusion.strip() or not lessons.strip():
        raise Refused("办结须写明办结意见，以及教训和改进。")
    incident = events.take(incident, "close", by)
    incident.conclusion, incident.lessons = conclusion.strip(), lessons.strip()
    end(incident, by, at)
    note = f"{incident.conclusion}\n教训和改进：{incident.lessons}"
    events.finish(incident, "close", by=by, at=at, note=note)
    _tell_all(incident, f"事件 {events.called(incident)}已办结", by)
    return incident


@transaction.atomic
def dismiss_incident(incident: Incident, *, reason: str, by: User, at: datetime) -> Incident:
    """判为误报, with a reason: a person decides, never a machine."""
    if not reason.strip():
        raise Refused("判为误报须写明理由。")
    incident = events.take(incident, "dismiss", by)
    incident.conclusion = reason.strip()
    end(incident, by, at)
    events.finish(incident, "dismiss", by=by, at=at, note=incident.conclusion)
    _tell_all(incident, f"事件 {events.called(incident)}判为误报", by)
    return incident


@transaction.atomic
def reopen_incident(incident: Incident, *, reason: str, by: User, at: datetime) -> Incident:
    """重新打开: the timers begin anew, and who is on duty now is called."""
    if not reason.strip():
        raise Refused("重新打开须写明理由。")
    incident = events.take(incident, "reopen", by)
    begin_again(incident, at)
    events.finish(incident, "reopen", by=by, at=at, note=reason.strip())
    call_people(incident, at, besides=by)
    return incident


def end(incident: Incident, by: User, at: datetime) -> None:
    """No timer runs any more; in memory."""
    incident.ended_at, incident.ended_by, incident.ended_by_name = at, by, by.name
    incident.look_at = None


def begin_again(incident: Incident, at: datetime) -> None:
    """A new round from `at` on: nobody has it, nothing was done. The timeline keeps what was."""
    incident.round += 1
    incident.clock_at = at
    incident.handler, incident.handler_name = None, ""
    incident.claimed_at = incident.acted_at = incident.cleared_at = None
    incident.ended_at, incident.ended_by, incident.ended_by_name = None, None, ""
    incident.conclusion = incident.lessons = ""
    Responder.objects.filter(incident=incident.pk).delete()
    terms.set_timers(incident)
    set_ladder(incident)


def _tell_all(incident: Incident, text: str, by: User) -> None:
    """Who was called, who has it and who reported it."""
    called = [each.user for each in incident.responders.select_related("user")]
    more = [person for person in (incident.handler, incident.reported_by) if person]
    events.tell([*called, *more], incident, text, besides=by)
