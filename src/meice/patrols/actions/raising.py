"""Telling on a problem, as a finding or as an incident; words, pictures and place go along."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.files.reading import open_file
from meice.incidents.actions import report_incident
from meice.incidents.classes import CLASS_OF, IncidentSource
from meice.incidents.models import Incident
from meice.inspections.actions import record_finding
from meice.inspections.actions.recording import Told, Upload, record_self_check
from meice.inspections.models import Finding, Origin
from meice.inspections.policies import may_record
from meice.kernel.access import require
from meice.orgs.models import User
from meice.patrols import policies
from meice.patrols.actions import events
from meice.patrols.actions.patrolling import count_round, lock_visit
from meice.patrols.models import Answer, Photo, Round, Visit


@dataclass(frozen=True, slots=True)
class FindingText:
    """What goes into the queue; proposed from the answer, changed by the person."""

    problem: str
    text: str
    severity: str = ""


@dataclass(frozen=True, slots=True)
class IncidentText:
    """What is reported; `severity` "" takes that of the class."""

    kind: str
    title: str
    text: str
    severity: str = ""


@transaction.atomic
def raise_finding(answer: Answer, said: FindingText, *, by: User, at: datetime) -> Finding:
    """记为问题: by the department a spot check, else the unit's own word; the pictures go along."""
    round, visit, answer = lock_answer(answer)
    require(policies.may_raise_finding(by, answer))
    told = Told(
        problem=said.problem,
        text=said.text.strip(),
        url=visit.outlet.url[:1000],
        severity=said.severity,
        source=source_of(round),
        seen_on=answer.at,
    )
    unit, outlet = visit.outlet.unit, visit.outlet
    with ExitStack() as opened:
        uploads = [
            Upload(photo.file.name, opened.enter_context(open_file(photo.file)))
            for photo in photos_of(visit, answer)
        ]
        if may_record(by, unit):
            finding = record_finding(
                unit, outlet, told, origin=Origin.SPOT_CHECK, by=by, at=at, uploads=uploads
            )
        else:
            finding = record_self_check(unit, outlet, told, by=by, at=at, uploads=uploads)
    answer.finding = finding
    answer.save(update_fields=["finding"])
    note_told(round, visit, "find", str(finding), by=by, at=at)
    detail: Detail = {"place": visit.place, "finding": finding.pk}
    record("round.find", round, by=by, detail=detail, unit_path=round.unit_path)
    return finding


@transaction.atomic
def raise_incident(answer: Answer, said: IncidentText, *, by: User, at: datetime) -> Incident:
    """报事件: whoever is on duty for the outlet's unit is called at once; the pictures go along."""
    round, visit, answer = lock_answer(answer)
    require(policies.may_raise_incident(by, answer))
    incident = report_incident(
        unit=visit.outlet.unit,
        outlet=visit.outlet,
        title=said.title,
        text=f"{said.text.strip()}\n（{source_of(round)}）",
        kind=said.kind,
        severity=said.severity or CLASS_OF[said.kind].severity,
        source=IncidentSource.PATROL,
        by=by,
        at=at,
        files=[photo.file for photo in photos_of(visit, answer)],
        link=visit.outlet.url,
    )
    answer.incident = incident
    answer.save(update_fields=["incident"])
    note_told(round, visit, "report", str(incident), by=by, at=at)
    detail: Detail = {"place": visit.place, "incident": incident.number}
    record("round.report", round, by=by, detail=detail, unit_path=round.unit_path)
    return incident


def lock_answer(answer: Answer) -> tuple[Round, Visit, Answer]:
    """The round, held, with the answer as it is now."""
    round, visit = lock_visit(answer.visit)
    fresh = Answer.objects.get(pk=answer.pk)
    fresh.visit = visit
    return round, visit, fresh


def note_told(round: Round, visit: Visit, act: str, note: str, *, by: User, at: datetime) -> None:
    """The line in the history; what was told on is no longer loose."""
    events.note_event(round, act, by=by, at=at, note=f"第 {visit.place} 个 {visit.name}：{note}")
    count_round(round)


def photos_of(visit: Visit, answer: Answer) -> list[Photo]:
    """The pictures of this check, and those of the whole."""
    shown = Photo.objects.filter(visit=visit.pk, key__in=["", answer.key])
    return list(shown.select_related("evidence__stored"))


def source_of(round: Round) -> str:
    """`内容巡查 2026年11月22日 上午巡查`."""
    day = timezone.localtime(round.opens_at)
    return f"内容巡查 {day.year}年{day.month}月{day.day}日 {round.name}"
