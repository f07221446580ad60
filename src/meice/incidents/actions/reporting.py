"""A report becomes an incident: its number, its timers, who is called."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.files.models import StoredFile
from meice.incidents import policies
from meice.incidents.actions import events, terms
from meice.incidents.actions.keeping import keep_files
from meice.incidents.actions.ladder import set_ladder
from meice.incidents.classes import SECURITY_KINDS, IncidentKind, IncidentSource, Severity
from meice.incidents.models import Incident
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User
from meice.registry.actions.numbers import take_number
from meice.registry.models import Outlet

PUBLIC_NAME = "公开举报"
LONGEST_TEXT = 5000


@transaction.atomic
def report_incident(
    *,
    unit: Unit,
    title: str,
    text: str,
    kind: str,
    severity: str,
    source: str,
    by: User | None,
    at: datetime,
    outlet: Outlet | None = None,
    files: Sequence[StoredFile] = (),
    link: str = "",
    is_drill: bool = False,
) -> Incident:
    """报告: what a patrol, a probe, a person or the public form calls.

    `kind`, `severity` and `source` are values of `classes`; `by` None: the machine or the public.
    `link` is an address as it was typed: it is kept and shown, never fetched. Whoever is on duty
    for the unit at `at` is called, else its leaders and operators, and always the department.
    Raises `Refused` when the reporter may not, or nothing was said.
    """
    if by is not None:
        require(policies.may_report_incident(by, unit))
    if is_drill and by is not None:
        require(policies.may_drill(by))
    _check(unit, title, outlet)
    kind_of, graded = IncidentKind(kind), Severity(severity)
    incident = Incident(
        number=_number(at, is_drill=is_drill),
        kind=kind_of,
        severity=graded,
        source=IncidentSource(source),
        is_drill=is_drill,
        is_security=kind_of in SECURITY_KINDS,
        unit=unit,
        unit_path=unit.path,
        unit_name=unit.name,
        outlet=outlet,
        outlet_name=outlet.name if outlet else "",
        title=" ".join(title.split())[:120],
        text=text.strip()[:LONGEST_TEXT],
        link=link.strip()[:500],
        reported_at=at,
        reported_by=by,
        reporter_name=by.name if by else _nobody(source),
        clock_at=at,
    )
    terms.set_timers(incident)
    set_ladder(incident)
    incident.save()
    events.finish(incident, "report", by=by, at=at, detail={"kind": kind_of.value})
    keep_files(incident, files, by=by, at=at, note=incident.get_source_display())
    call_people(incident, at, besides=by)
    return incident


def call_people(incident: Incident, at: datetime, besides: User | None = None) -> None:
    """Call who is on duty and who has to know; each is told once."""
    people = events.call(incident, events.callees(incident, at), at)
    if not people:
        return
    until = timezone.localtime(incident.claim_by)
    text = f"事件 {events.called(incident)}等人认领，{until:%H:%M} 前"
    events.tell(people, incident, text, besides=besides, kind=NoticeKind.ALARM)
    names = "、".join(person.name for person in people[:20])
    events.note_event(incident, "call", by=None, at=at, note=f"已通知 {names}")


def _number(at: datetime, *, is_drill: bool) -> str:
    series = terms.DRILLS if is_drill else terms.INCIDENTS
    return take_number(series, timezone.localdate(at).year)


def _nobody(source: str) -> str:
    return PUBLIC_NAME if source == IncidentSource.PUBLIC else "系统"


def _check(unit: Unit, title: str, outlet: Outlet | None) -> None:
    if not title.strip():
        raise Refused("写一句话说明出了什么事。")
    if outlet is not None and not outlet.unit_path.startswith(unit.path):
        raise Refused(f"「{outlet.name}」不是「{unit}」的账号。")
