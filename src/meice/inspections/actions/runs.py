"""Runs: begun by a schedule, by hand, for a second look or a re-check; stopped; brought to an end."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from meice.audit.actions import Detail, record
from meice.inspections import policies
from meice.inspections.models import (
    CheckStatus,
    Finding,
    Run,
    RunReason,
    Schedule,
    SiteCheck,
)
from meice.inspections.workflow import CHECK, RUN
from meice.jobs import queue
from meice.jobs.models import Job
from meice.kernel.access import Refused, require
from meice.notices.actions import notify
from meice.orgs.models import User
from meice.registry.models import Outlet

MOST_TRIES = 3
"""How often one site is begun in a run before it is left as not finished."""
CHUNK = 500
LOOK_PAGES = 20
LOOK_RATE = Decimal(1)
JOB_KEY = "inspections.run"
LOOK_TASK = "meice.inspections.tasks.look_at_sites"
LIFE_OF_A_LEASE = timedelta(minutes=45)


def start_run(
    schedule: Schedule, *, by: User | None, at: datetime, reason: RunReason = RunReason.BY_HAND
) -> Run:
    """A run over the sites of `schedule` as they stand now; `by` None: its hour has come.

    Raises `Refused` when one is going on already, or there is no site.
    """
    try:
        with transaction.atomic():
            return _start(schedule, by, at, reason)
    except IntegrityError:
        raise Refused("这个计划正有一轮在看，等它看完。") from None


def _start(schedule: Schedule, by: User | None, at: datetime, reason: RunReason) -> Run:
    schedule = (
        Schedule.objects.select_for_update(of=("self",)).select_related("unit").get(pk=schedule.pk)
    )
    if by is not None:
        require(policies.may_start_run(by, schedule))
    sites = list(schedule.sites().select_related("unit").order_by("unit_path", "pk"))
    if not sites:
        raise Refused("这个计划的范围里没有登记了网址的网站。")
    run = Run.objects.create(
        schedule=schedule,
        reason=reason,
        unit=schedule.unit,
        unit_path=schedule.unit_path,
        rule_set=schedule.rule_set,
        max_pages=schedule.max_pages,
        rate=schedule.rate,
        asked_by=by,
        asked_at=at,
    )
    _add_sites(run, sites)
    detail: Detail = {"sites": len(sites), "cause": reason.value}
    record("run.start", run, by=by, detail=detail, unit_path=run.unit_path)
    return run


def _add_sites(run: Run, sites: Iterable[Outlet]) -> None:
    rows = [
        SiteCheck(
            run=run,
            outlet=site,
            name=site.name,
            url=site.url,
            unit=site.unit,
            unit_path=site.unit_path,
        )
        for site in sites
    ]
    SiteCheck.objects.bulk_create(rows, CHUNK)
    queue_run(run, 1)


def queue_run(run: Run, batch: int) -> None:
    """Put the next batch of the run into the queue, behind what people wait for."""
    queue.insert(
        queue.Order(
            task_path=LOOK_TASK,
            label="探测网站",
            args=(run.pk, batch),
            priority=-10,
            key=f"{JOB_KEY}:{run.pk}:{batch}",
        )
    )


def start_due(now: datetime) -> int:
    """Begin the runs whose hour has come; how many. One that is still going on is left alone."""
    begun = 0
    for schedule in Schedule.objects.due(now).select_related("unit"):
        with transaction.atomic():
            mine = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
            if not mine.update(next_at=schedule.following(now)):
                continue
            try:
                start_run(schedule, by=None, at=now, reason=RunReason.SCHEDULED)
            except Refused:
                continue
        begun += 1
    return begun


def begin_look(finding: Finding, *, by: User, at: datetime) -> Run:
    """A run of one site, for a person who wants to see it again."""
    if finding.outlet is None:
        raise Refused("没有登记在台账里的网站不能再看。")
    return begin_single(finding.outlet, reason=RunReason.LOOK, by=by, at=at)


@transaction.atomic
def begin_single(
    outlet: Outlet, *, reason: RunReason, by: User | None, at: datetime, rule_set: str = ""
) -> Run:
    """A run of one site, few pages; a live one of the same reason serves as well."""
    live = Run.objects.live().filter(reason=reason, checks__outlet=outlet).first()
    if live is not None:
        return live
    last = SiteCheck.objects.filter(outlet=outlet).select_related("run").order_by("-pk").first()
    run = Run.objects.create(
        reason=reason,
        unit=outlet.unit,
        unit_path=outlet.unit_path,
        rule_set=rule_set or (last.run.rule_set if last else ""),
        max_pages=last.run.max_pages if last else LOOK_PAGES,
        rate=LOOK_RATE,
        asked_by=by,
        asked_at=at,
    )
    _add_sites(run, [outlet])
    detail: Detail = {"sites": 1, "cause": reason.value}
    record("run.start", run, by=by, detail=detail, unit_path=run.unit_path)
    return run


@transaction.atomic
def cancel_run(run: Run, *, by: User, at: datetime) -> Run:
    """Stop: sites not yet seen are left as not finished; what was seen stays."""
    run = lock_run(run.pk)
    RUN.take("cancel", run, by)
    run.ended_at = at
    run.save(update_fields=["status", "ended_at"])
    left = list(run.checks.select_for_update().filter(status=CheckStatus.WAITING))
    for check in left:
        CHECK.take("interrupt", check, None)
    SiteCheck.objects.bulk_update(left, ["status"], CHUNK)
    detail: Detail = {"sites": len(left)}
    record("run.cancel", run, by=by, detail=detail, unit_path=run.unit_path)
    return run


def lock_run(pk: int) -> Run:
    """The row as it is now, for this transaction alone."""
    return Run.objects.select_for_update(of=("self",)).select_related("unit", "schedule").get(pk=pk)


def still_due() -> Q:
    """Sites of a run that a worker may begin: fresh ones, and those with a try left."""
    return Q(status=CheckStatus.WAITING) | Q(status=CheckStatus.UNFINISHED, tries__lt=MOST_TRIES)


@transaction.atomic
def end_run(pk: int, *, at: datetime) -> bool:
    """The run is at its end when nothing is left to begin and nobody is looking."""
    run = lock_run(pk)
    going = run.checks.filter(still_due() | Q(status=CheckStatus.RUNNING)).exists()
    if going or not run.is_live:
        return False
    RUN.take("finish", run, None)
    run.ended_at = at
    run.started_at = run.started_at or at
    run.save(update_fields=["status", "ended_at", "started_at"])
    counts = {
        status: run.checks.filter(status=status).count()
        for status in (CheckStatus.FINISHED, CheckStatus.UNKNOWN, CheckStatus.UNFINISHED)
    }
    detail: Detail = {str(status): number for status, number in counts.items()}
    record("run.finish", run, by=None, detail=detail, unit_path=run.unit_path)
    if run.asked_by is not None and run.asked_by.is_active:
        words = "、".join(f"{status.label} {number}" for status, number in counts.items() if number)
        notify(run.asked_by, text=f"{run}：{words}。", url=reverse("run", args=[run.pk]))
    return True


def tend_runs(now: datetime) -> int:
    """Look after live runs: dead hands are noted, lost jobs queued again, ended ones closed."""
    tended = 0
    for run in Run.objects.live():
        with transaction.atomic():
            dead = list(run.checks.select_for_update().abandoned(now))
            interrupt(dead)
        jobs = Job.objects.filter(unique_key__startswith=f"{JOB_KEY}:{run.pk}:")
        if jobs.live().exists() or end_run(run.pk, at=now):
            continue
        queue_run(run, jobs.count() + 1)
        tended += 1
    return tended


def interrupt(checks: Iterable[SiteCheck]) -> None:
    """Whoever looked is gone: "not finished", never "fine". Inside the caller's transaction."""
    rows = list(checks)
    for check in rows:
        CHECK.take("interrupt", check, None)
        check.lease_until = None
    if rows:
        SiteCheck.objects.bulk_update(rows, ["status", "lease_until"], CHUNK)
