"""At work on an incident: 认领, 处置, a note, evidence, another person, another class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meice.files.models import StoredFile
from meice.incidents import policies
from meice.incidents.actions import events, terms
from meice.incidents.actions.keeping import keep_files
from meice.incidents.actions.ladder import set_ladder
from meice.incidents.classes import SECURITY_KINDS, IncidentKind, Severity
from meice.incidents.models import Incident, IncidentStatus
from meice.incidents.workflow import INCIDENT
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry.models import Outlet

BLANK = "写明做了什么。"


@transaction.atomic
def acknowledge_incident(incident: Incident, *, by: User, at: datetime) -> Incident:
    """认领: one person has it. Of two at once the second is told that it is taken."""
    incident = events.take(incident, "acknowledge", by)
    _hand_to(incident, by)
    incident.claimed_at = at
    set_ladder(incident)
    events.finish(incident, "acknowledge", by=by, at=at)
    return incident


@transaction.atomic
def take_measure(
    incident: Incident,
    *,
    text: str,
    by: User,
    at: datetime,
    cleared: bool = False,
    files: Sequence[StoredFile] = (),
) -> Incident:
    """处置: what was done, with what proves it. The first one ends the timer of acting;
    `cleared` says that harmful content is gone and ends the one-hour timer."""
    incident = events.lock_incident(incident)
    require(policies.may_measure(by, incident))
    if not text.strip():
        raise Refused(BLANK)
    if incident.status == IncidentStatus.CLAIMED:
        INCIDENT.take("handle", incident, by)
    incident.acted_at = incident.acted_at or at
    if cleared and incident.clear_by is not None:
        incident.cleared_at = incident.cleared_at or at
    set_ladder(incident)
    act = "clear" if cleared else "measure"
    keep_files(incident, files, by=by, at=at, note="处置")
    events.finish(incident, act, by=by, at=at, note=text.strip(), detail={"files": len(files)})
    return incident


@transaction.atomic
def add_note(
    incident: Incident, *, text: str, by: User, at: datetime, files: Sequence[StoredFile] = ()
) -> Incident:
    """A line in the timeline, with files if there are."""
    incident = events.lock_incident(incident)
    require(policies.may_note(by, incident))
    if not text.strip() and not files:
        raise Refused("写一句话，或附上文件。")
    keep_files(incident, files, by=by, at=at, note=text.strip()[:200])
    if text.strip():
        events.finish(incident, "note", by=by, at=at, note=text.strip())
    return incident


@transaction.atomic
def assign_incident(
    incident: Incident, *, to: User, by: User, at: datetime, note: str = ""
) -> Incident:
    """指派: an open one is offered to her; one at work changes hands."""
    incident = events.lock_incident(incident)
    require(policies.may_assign(by, incident))
    _check_person(incident, to)
    if incident.status != IncidentStatus.OPEN:
        _hand_to(incident, to)
    events.call(incident, [(to, "指派")], at)
    words = f"{to.name}{f'：{note.strip()}' if note.strip() else ''}"
    events.finish(incident, "assign", by=by, at=at, note=words, detail={"to": to.name})
    text = f"事件 {events.called(incident)}指派给你，请处置"
    events.tell([to], incident, text, besides=by)
    return incident


@dataclass(frozen=True, slots=True)
class Grading:
    """What the office finds it to be."""

    kind: str
    severity: str
    unit: Unit
    outlet: Outlet | None = None
    reason: str = ""


@transaction.atomic
def grade_incident(incident: Incident, said: Grading, *, by: User, at: datetime) -> Incident:
    """改定: class, severity, unit. The timers follow from the moment at which they began."""
    incident = events.lock_incident(incident)
    require(policies.may_grade(by, incident))
    if not said.reason.strip():
        raise Refused("改定须写明理由。")
    if said.outlet is not None and not said.outlet.unit_path.startswith(said.unit.path):
        raise Refused(f"「{said.outlet.name}」不是「{said.unit}」的账号。")
    before = _words(incident)
    moved = incident.unit_id != said.unit.pk
    incident.kind, incident.severity = IncidentKind(said.kind), Severity(said.severity)
    incident.is_security = incident.kind in SECURITY_KINDS
    incident.unit, incident.unit_path = said.unit, said.unit.path
    incident.unit_name = said.unit.name
    incident.outlet = said.outlet
    incident.outlet_name = said.outlet.name if said.outlet else ""
    terms.set_timers(incident)
    set_ladder(incident)
    note = f"{before} → {_words(incident)}。{said.reason.strip()}"
    events.finish(incident, "grade", by=by, at=at, note=note, detail={"kind": said.kind})
    if moved or incident.is_security:
        fresh = events.call(incident, events.callees(incident, at), at)
        text = f"事件 {events.called(incident)}转到你处，请认领或配合"
        events.tell(fresh, incident, text, besides=by)
    return incident


def _words(incident: Incident) -> str:
    return f"{incident.unit_name} {incident.get_kind_display()} {incident.get_severity_display()}"


def _hand_to(incident: Incident, person: User) -> None:
    incident.handler, incident.handler_name = person, person.name


def _check_person(incident: Incident, to: User) -> None:
    """She has to be able to open it and to act there."""
    seen = Incident.objects.visible_to(to).filter(pk=incident.pk).exists()
    if not to.is_active or not seen or not policies.may_handle_incident(incident, to):
        raise Refused(f"{to.name}现在的岗位办不了这件事，请指派给涉事单位或宣传部的人。")
