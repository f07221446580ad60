"""Findings that people bring: spot checks, circulars from above, and a unit's own self-check."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.db import transaction

from meice.audit.actions import record
from meice.files.actions import keep_file
from meice.inspections import policies
from meice.inspections.actions.events import note_event, tell
from meice.inspections.actions.sightings import clear_verdict, hash_of, key_of
from meice.inspections.actions.verdicts import add_proofs
from meice.inspections.models import (
    WEIGHTS,
    EvidenceKind,
    Finding,
    FindingStatus,
    Origin,
)
from meice.inspections.workflow import FINDING
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.orgs.roles import Role
from meice.rectification.catalogue import PROBLEMS
from meice.registry.actions.people import people_over
from meice.registry.models import Outlet


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent along."""

    name: str
    stream: IO[bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says was found. `problem` is a code of the catalogue; `source` says who found
    it (document number of a circular, who checked)."""

    problem: str
    text: str
    url: str = ""
    severity: str = ""
    source: str = ""
    seen_on: datetime | None = None


def record_finding(
    unit: Unit,
    outlet: Outlet | None,
    told: Told,
    *,
    origin: Origin,
    by: User,
    at: datetime,
    uploads: Sequence[Upload] = (),
) -> Finding:
    """抽查 or 上级通报: it enters the queue like a machine's claim, and lives the same life.

    Raises `Refused` when she may not, the class is unknown, or the outlet is another unit's.
    """
    require(policies.may_record(by, unit))
    return _record(unit, outlet, told, origin, by, at, uploads)


def record_self_check(
    unit: Unit,
    outlet: Outlet | None,
    told: Told,
    *,
    by: User,
    at: datetime,
    uploads: Sequence[Upload] = (),
) -> Finding:
    """自查: what a unit found itself (annex 1 column 6). The same problem of the same outlet told
    again is the same finding. The door for the rooms above (surveys)."""
    require(policies.may_record_self_check(by, unit))
    return _record(unit, outlet, told, Origin.SELF_CHECK, by, at, uploads)


def _record(
    unit: Unit,
    outlet: Outlet | None,
    told: Told,
    origin: Origin,
    by: User,
    at: datetime,
    uploads: Sequence[Upload],
) -> Finding:
    _check(unit, outlet, told)
    files = [keep_file(one.stream, name=one.name, by=by, purpose="inspection") for one in uploads]
    with transaction.atomic():
        finding = _find_or_make(unit, outlet, told, origin, by, at)
        add_proofs(
            finding, [(EvidenceKind.UPLOAD, told.url, file) for file in files], at=at, by=by.name
        )
        note = f"{told.source}。{told.text}" if told.source else told.text
        note_event(finding, "record", by=by, at=at, note=note)
        detail = {"problem": told.problem, "origin": origin.value}
        record("finding.record", finding, by=by, detail=detail, unit_path=finding.unit_path)
        if origin is Origin.SELF_CHECK:
            tell(people_over(Role.DEPARTMENT, unit), finding, f"单位自查：{finding}", besides=by)
    return finding


def _check(unit: Unit, outlet: Outlet | None, told: Told) -> None:
    if told.problem not in PROBLEMS:
        raise Refused("须选问题类别。")
    if not told.text.strip():
        raise Refused("须写明发现了什么。")
    if outlet is not None and outlet.unit_id != unit.pk:
        raise Refused(f"「{outlet.name}」不是「{unit}」的账号。")


def _find_or_make(
    unit: Unit, outlet: Outlet | None, told: Told, origin: Origin, by: User, at: datetime
) -> Finding:
    subject = f"outlet:{outlet.pk}" if outlet else f"unit:{unit.pk}"
    key = key_of(subject, f"{origin.value}:{told.problem}", told.url or told.text)
    standing = Finding.objects.select_for_update().filter(key=key).first()
    if standing is None:
        return Finding.objects.create(**_facts(unit, outlet, told, origin, by, at), key=key)
    standing.last_seen_at = told.seen_on or at
    standing.evidence_text = told.text
    standing.seen_count += 1
    if FINDING.verdict("recur", standing, None):
        FINDING.take("recur", standing, None)
        clear_verdict(standing)
        standing.returns += 1
        standing.waiting_since = at
    standing.version += 1
    standing.save()
    return standing


def _facts(
    unit: Unit, outlet: Outlet | None, told: Told, origin: Origin, by: User, at: datetime
) -> dict[str, object]:
    problem = PROBLEMS[told.problem]
    severity = told.severity or problem.severity
    seen = told.seen_on or at
    return {
        "outlet": outlet,
        "name": outlet.name if outlet else unit.name,
        "platform": outlet.platform if outlet else "",
        "unit": unit,
        "unit_path": unit.path,
        "code": f"problem-{told.problem}",
        "problem": told.problem,
        "severity": severity,
        "weight": WEIGHTS[severity],
        "origin": origin,
        "is_security": problem.is_security,
        "title": problem.label[:120],
        "message": told.source[:1000],
        "evidence_text": told.text,
        "rule": problem.clause,
        "url": told.url[:1000],
        "status": FindingStatus.FOUND,
        "first_seen_at": seen,
        "last_seen_at": seen,
        "waiting_since": at,
        "evidence_hash": hash_of(told.text),
        "made_by": by,
    }
