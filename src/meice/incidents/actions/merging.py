"""Two reports of one thing: the one points at the other; both stay readable; it can be undone."""

from datetime import datetime

from django.db import transaction

from meice.incidents import policies
from meice.incidents.actions import events
from meice.incidents.actions.ending import begin_again, end
from meice.incidents.actions.reporting import call_people
from meice.incidents.models import Incident
from meice.incidents.workflow import INCIDENT
from meice.kernel.access import require
from meice.orgs.models import User


@transaction.atomic
def merge_incident(incident: Incident, *, target: Incident, by: User, at: datetime) -> Incident:
    """合并 into `target`: locked in the order of their keys, so that two merges never wait for
    each other."""
    locked = {pk: events.lock_incident(Incident(pk=pk)) for pk in sorted({incident.pk, target.pk})}
    incident, target = locked[incident.pk], locked[target.pk]
    require(policies.may_merge_into(by, incident, target))
    INCIDENT.take("merge", incident, by)
    incident.merged_into = target
    end(incident, by, at)
    events.finish(incident, "merge", by=by, at=at, note=f"并入 {target.number}")
    events.note_event(target, "absorb", by=by, at=at, note=f"{incident.number} 并入本事件")
    people = [person for person in (incident.handler, incident.reported_by) if person]
    text = f"事件 {events.called(incident)}并入 {target.number}"
    events.tell(people, target, text, besides=by)
    return incident


@transaction.atomic
def split_incident(incident: Incident, *, by: User, at: datetime) -> Incident:
    """撤销合并: an incident of its own again, to be taken up anew."""
    incident = events.take(incident, "split", by)
    target, incident.merged_into = incident.merged_into, None
    begin_again(incident, at)
    note = f"不再并入 {target.number}" if target else ""
    events.finish(incident, "split", by=by, at=at, note=note)
    if target is not None:
        events.note_event(target, "absorb", by=by, at=at, note=f"{incident.number} 撤销合并")
    call_people(incident, at, besides=by)
    return incident
