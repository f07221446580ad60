"""One site of a run: begun under a lease, finished once, or left as not finished.

`tries` is the fencing token: a worker that was stopped and wakes late finds another number and its
result is refused. A site whose worker died is "not finished" until somebody has seen it whole.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.engines.webprobe.picture import find_browser
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.inspections.actions.events import note_event, tell
from meice.inspections.actions.pictures import queue_pictures
from meice.inspections.actions.runs import (
    LIFE_OF_A_LEASE,
    end_run,
    interrupt,
    lock_run,
    queue_run,
    still_due,
)
from meice.inspections.actions.sightings import Look, Noted, Sighting, normal_url, note_sightings
from meice.inspections.actions.verdicts import add_proofs
from meice.inspections.models import (
    CheckStatus,
    EvidenceKind,
    Finding,
    FindingStatus,
    Metric,
    Observation,
    Run,
    RunStatus,
    Severity,
    SiteCheck,
    Verdict,
)
from meice.inspections.workflow import CHECK, FINDING, RUN
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over
from meice.web.tones import SourceKind

logger = logging.getLogger(__name__)
BATCH = 24
"""Sites looked at at once: each politely, so that many hosts fill the time one must wait for."""
PROOFS_OF_A_SITE = 60
PURPOSE = "inspection"
UNREACHABLE = "unreachable"
"""Told by a week of tries, never by one look."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One observation of a look; `is_known` false: looked for, and could not be told."""

    metric: Metric
    value: str = ""
    day: date | None = None
    number: int | None = None
    url: str = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Proof:
    """The bytes of one page as they came, for the findings of that address."""

    url: str
    kind: EvidenceKind
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one site's look has brought, in this room's words."""

    verdict: Verdict
    failure: str = ""
    final_url: str = ""
    pages: int = 0
    bytes: int = 0
    seconds: float = 0.0
    latest_update: date | None = None
    sightings: tuple[Sighting, ...] = ()
    facts: tuple[Fact, ...] = ()
    proofs: tuple[Proof, ...] = ()
    report: dict[str, Any] = field(default_factory=dict)
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Hold:
    """The right to finish one site: lost when another has begun it."""

    check: int
    tries: int


@transaction.atomic
def take_batch(run_pk: int, *, now: datetime) -> list[SiteCheck]:
    """Begin up to `BATCH` sites; whatever an earlier worker has left is noted first.

    A site that was begun before is taken alone: it may be what kills the worker.
    """
    run = lock_run(run_pk)
    if not run.is_live:
        return []
    interrupt(run.checks.select_for_update().filter(status=CheckStatus.RUNNING))
    if run.status == RunStatus.WAITING:
        RUN.take("begin", run, None)
        run.started_at = now
        run.save(update_fields=["status", "started_at"])
    due = run.checks.filter(still_due()).select_related("outlet", "unit", "run")
    fresh = list(due.filter(tries=0)[:BATCH])
    taken = fresh or list(due.order_by("tries", "pk")[:1])
    for check in taken:
        CHECK.take("begin", check, None)
        check.tries += 1
        check.started_at, check.lease_until = now, now + LIFE_OF_A_LEASE
    SiteCheck.objects.bulk_update(taken, ["status", "tries", "started_at", "lease_until"])
    return taken


def finish_check(hold: Hold, seen: Seen, *, now: datetime, worker: str) -> bool:
    """Keep what was seen: the site's row, its observations, findings and their proofs, all or
    nothing. False when the hold is lost, or the look itself did not come to its end."""
    check = _held(hold)
    if check is None:
        return False
    if not seen.finished:
        give_back([hold])
        return False
    files = _keep_proofs(seen, _unproved(check, seen))
    with transaction.atomic():
        locked = _held(hold, lock=True)
        if locked is None:
            logger.warning("site check %s: late result refused", hold.check)
            return False
        noted = _write(locked, seen, now)
        _prove(noted, files, seen, now, worker)
        _have_drawn(noted, files, locked)
        _warn(noted, locked)
    return True


def _held(hold: Hold, *, lock: bool = False) -> SiteCheck | None:
    rows = SiteCheck.objects.filter(
        pk=hold.check, tries=hold.tries, status=CheckStatus.RUNNING
    ).select_related("outlet__unit", "unit", "run")
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def _write(check: SiteCheck, seen: Seen, now: datetime) -> Noted:
    blind = seen.verdict is Verdict.UNKNOWN
    CHECK.take("miss" if blind else "finish", check, None)
    check.ended_at, check.lease_until = now, None
    check.verdict, check.failure = seen.verdict, seen.failure[:24]
    check.final_url, check.pages, check.bytes = seen.final_url[:500], seen.pages, seen.bytes
    check.seconds, check.latest_update = seen.seconds, seen.latest_update
    check.finding_count, check.report = len(seen.sightings), seen.report
    check.save()
    _observe(check, seen, now)
    look = Look(check.outlet, now, site_check=check, covers=partial(covers, check))
    noted = note_sightings(look, seen.sightings)
    if blind:
        _end_blind_looks(check, now)
    detail: Detail = {"verdict": seen.verdict.value, "findings": len(seen.sightings)}
    record("site_check.finish", check, by=None, detail=detail, unit_path=check.unit_path)
    return noted


def covers(check: SiteCheck, finding: Finding) -> bool:
    """Would this look have seen the finding, had it still been there? One that was cut short
    speaks only of the home page; one that saw nothing, of nothing."""
    if check.status != CheckStatus.FINISHED or finding.code == UNREACHABLE:
        return False
    if check.pages < check.run.max_pages:
        return True
    return normal_url(finding.url) in homes(check)


def homes(check: SiteCheck) -> set[str]:
    """The address that was registered, and where it leads."""
    return {normal_url(check.url), normal_url(check.final_url or check.url)}


def _end_blind_looks(check: SiteCheck, now: datetime) -> None:
    """A second look that saw nothing: back to the queue, and the person is told so."""
    waiting = Finding.objects.select_for_update().filter(
        outlet=check.outlet, status=FindingStatus.LOOKING
    )
    for finding in waiting:
        FINDING.take("come_back", finding, None)
        finding.waiting_since = now
        finding.save(update_fields=["status", "waiting_since"])
        note_event(finding, "come_back", by=None, at=now, note="再看时没能看到，不能判断。")


def _observe(check: SiteCheck, seen: Seen, now: datetime) -> None:
    """One row for what was asked of the site, also when nothing could be seen (peers.md B.4)."""
    opened = Fact(
        Metric.STATE,
        seen.failure or "能打开",
        url=seen.final_url or check.url,
        is_known=seen.verdict is not Verdict.UNKNOWN,
    )
    Observation.objects.bulk_create(
        Observation(
            outlet=check.outlet,
            unit=check.unit,
            unit_path=check.unit_path,
            is_site=True,
            source=SourceKind.PROBE,
            trust="high" if fact.is_known else "none",
            at=now,
            site_check=check,
            metric=fact.metric,
            value=fact.value[:300],
            day=fact.day,
            number=fact.number,
            url=fact.url[:500],
            is_known=fact.is_known,
        )
        for fact in (opened, *seen.facts)
    )


def _unproved(check: SiteCheck, seen: Seen) -> set[str]:
    """Addresses that a claim speaks of; the home page's proofs back all the others."""
    about = {normal_url(sighting.url) for sighting in seen.sightings}
    home = {normal_url(check.url), normal_url(seen.final_url or check.url)}
    return about | home if seen.sightings else set()


Kept = list[tuple[str, EvidenceKind, str, StoredFile]]


def _keep_proofs(seen: Seen, wanted: set[str]) -> Kept:
    """The bytes first, before any row: equal ones share one place."""
    kept: Kept = []
    for proof in seen.proofs:
        if normal_url(proof.url) in wanted and len(kept) < PROOFS_OF_A_SITE:
            stored = keep_file(BytesIO(proof.content), name=proof.name, by=None, purpose=PURPOSE)
            kept.append((normal_url(proof.url), proof.kind, proof.url, stored))
    return kept


def _prove(noted: Noted, files: Kept, seen: Seen, now: datetime, worker: str) -> None:
    """New claims, and those whose evidence changed, get the pages of this look; a claim about an
    address without a page of its own gets the home page."""
    home = normal_url(seen.final_url)
    for finding in noted.to_prove:
        about = normal_url(finding.url)
        own = [file for file in files if file[0] == about] or [f for f in files if f[0] == home]
        add_proofs(finding, [row[1:] for row in own], at=now, by=worker)


def _have_drawn(noted: Noted, files: Kept, check: SiteCheck) -> None:
    """Pictures come afterwards, where this machine has a browser to draw them."""
    kinds = {kind for _, kind, _, _ in files}
    if noted.to_prove and EvidenceKind.SNAPSHOT in kinds and find_browser():
        queue_pictures(check)


def _warn(noted: Noted, check: SiteCheck) -> None:
    """Severe claims do not wait for somebody to open the queue."""
    severe = [one for one in (*noted.new, *noted.returned) if one.severity == Severity.VETO]
    if severe:
        people = people_over(Role.DEPARTMENT, check.unit)
        if any(one.is_security for one in severe):
            people = [*people, *people_over(Role.SECURITY, check.unit)]
        text = f"机器发现 {len(severe)} 条单项否决类问题待两人核实：{check.name}"
        tell(people, severe[0], text)


@transaction.atomic
def give_back(holds: Iterable[Hold]) -> int:
    """These looks did not come to their end; each is tried again while it has tries left."""
    found = [row for hold in holds if (row := _held(hold, lock=True)) is not None]
    interrupt(found)
    return len(found)


def go_on(run_pk: int, batch: int, *, now: datetime) -> bool:
    """Queue the next batch, or bring the run to its end. True: there is more."""
    run = Run.objects.get(pk=run_pk)
    if not run.is_live:
        return False
    if end_run(run_pk, at=now):
        return False
    with transaction.atomic():
        queue_run(run, batch + 1)
    return True


def holds_of(checks: Sequence[SiteCheck]) -> list[Hold]:
    """The holds that `take_batch` has given."""
    return [Hold(check.pk, check.tries) for check in checks]
