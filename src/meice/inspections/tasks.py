"""The room's work behind the pages. A lost or doubled job does no harm."""

from __future__ import annotations

import logging
import socket
from os import getpid

from django.utils import timezone
from django_tasks import task

from meice.engines.webprobe.picture import find_browser
from meice.inspections import probe
from meice.inspections.actions import checks, exports, orders, pictures, reach, runs, schedules
from meice.inspections.models import FindingExport
from meice.jobs import progress
from meice.jobs.actions import enqueue_once
from meice.kernel.clock import now

logger = logging.getLogger(__name__)

FOLLOWS = "schedule:inspections.follow-orders"
"""The key of the scheduled job: it never runs twice at once."""


@task(label="探测网站")
def look_at_sites(run_pk: int, batch: int) -> int:
    """Look at the next batch of sites of a run and queue the following; gives how many were seen.

    Each site is kept when its own look is at its end. Whatever this batch has not seen whole is
    "not finished" and tried again, alone.
    """
    taken = checks.take_batch(run_pk, now=now())
    holds = {check.pk: checks.Hold(check.pk, check.tries) for check in taken}
    seen = 0
    try:
        for check, found in probe.look(taken):
            seen += checks.finish_check(holds.pop(check.pk), found, now=now(), worker=_worker())
            progress.report(seen, len(taken), f"{len(taken)} 个网站已看 {seen} 个")
    finally:
        checks.give_back(holds.values())
    if not checks.go_on(run_pk, batch, now=now()):
        enqueue_once(follow_orders, key=FOLLOWS)  # the run may be what an answered order waits for
    return seen


def _worker() -> str:
    """Which machine and process has taken a proof."""
    return f"{socket.gethostname()[:40]}:{getpid()}"


@task(label="画页面截图")
def draw_pictures(check_pk: int) -> int:
    """Pictures of the pages that one look has kept; gives how many. Without a browser none."""
    browser = find_browser()
    if browser is None:
        return 0
    return pictures.draw_waiting(check_pk, browser, worker=_worker(), clock=now)


@task(label="开始到点的探测")
def start_runs() -> int:
    """Begin what is due, and look after what is going on."""
    begun = runs.start_due(now())
    return begun + runs.tend_runs(now())


@task(label="跟进整改单")
def follow_orders() -> int:
    """Close findings whose item is mended; look again at what was answered."""
    return orders.follow_orders(now()) + orders.recheck_answered(now())


@task(label="试开网站")
def try_sites() -> int:
    """One round of tries over the watched sites; gives how many."""
    sites = reach.watched_sites()
    return reach.keep_tries(probe.try_sites(sites), at=now()) if sites else 0


@task(label="一周能否打开")
def judge_reach() -> int:
    """What a week of tries says of each watched site; old tries go."""
    found = reach.judge_reach(reach.watched_sites(), probe.rules_of(), now=now())
    reach.sweep_tries(now())
    return sum(len(noted.new) + len(noted.returned) for noted in found)


@task(label="导出发现清单")
def make_export(pk: int) -> str:
    """Write the workbook of a large export."""
    export = FindingExport.objects.filter(pk=pk, file=None).select_related("made_by").first()
    if export is None:
        return ""
    total = len(export.findings)
    name, content = exports.write_export(
        export,
        timezone.localdate(now()),
        lambda done: progress.report(done, total, f"{total} 条已写 {done} 条"),
    )
    exports.keep_export(export, name, content)
    return name


@task(label="发现跟随单位")
def follow_units() -> int:
    """Write the present paths of units on the rows of this room."""
    return schedules.follow_units()
