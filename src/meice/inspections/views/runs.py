"""Runs: the list, one run with its live progress, one site of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.inspections.actions import runs as deeds
from meice.inspections.actions.verdicts import confirm_state
from meice.inspections.models import CheckStatus, Finding, Run, SiteCheck
from meice.inspections.models.run import CHECK_LOOKS
from meice.inspections.policies import may_confirm_state, may_watch_runs
from meice.inspections.views.common import person, run_or_404
from meice.inspections.views.schedules import watcher
from meice.inspections.workflow import RUN
from meice.kernel.clock import now
from meice.kernel.http import Page


@login_required
@require_GET
def run_list(request: HttpRequest) -> HttpResponse:
    """The runs, the latest first, with how far each came."""
    user = watcher(request)
    rows = Run.objects.visible_to(user).select_related("schedule", "unit", "asked_by")
    page = Page[Run].of(request, rows.order_by("-pk"))
    counted = SiteCheck.objects.filter(run__in=[run.pk for run in page.rows])
    counts: dict[int, dict[str, int]] = {}
    for run, status, number in counted.values_list("run", "status").annotate(n=Count("pk")):
        counts.setdefault(run, {})[status] = number
    context = {
        "page": page,
        "rows": [(run, _words(counts.get(run.pk, {}))) for run in page.rows],
    }
    return render(request, "inspections/run_list.html", context)


@login_required
@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far, and its sites by state; those not finished first."""
    watcher(request)
    found = run_or_404(request, pk)
    checks = found.checks.select_related("unit")
    state = request.GET.get("state", "")
    rows = checks.filter(status=state) if state in CheckStatus.values else checks
    page = Page[SiteCheck].of(request, _by_weight(rows))
    context = _progress(found) | {
        "page": page,
        "cancel": RUN.verdict("cancel", found, person(request)),
        "state": state,
        "chips": [(status, CHECK_LOOKS[status]) for status in CheckStatus],
    }
    return render(request, "inspections/run.html", context)


def _by_weight(rows: QuerySet[SiteCheck]) -> QuerySet[SiteCheck]:
    """What needs a look first: not finished, unknown, then the most findings."""
    return rows.order_by("-finding_count", "pk")


@login_required
@require_GET
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that the page asks for again while the run goes on."""
    watcher(request)
    found = run_or_404(request, pk)
    return render(request, "inspections/_run_progress.html", _progress(found))


def _progress(found: Run) -> dict[str, Any]:
    counts = dict(found.checks.order_by().values_list("status").annotate(n=Count("pk")))
    total = sum(counts.values())
    seen = sum(counts.get(status, 0) for status in (CheckStatus.FINISHED, CheckStatus.UNKNOWN))
    return {
        "run": found,
        "total": total,
        "seen": seen,
        "unfinished": counts.get(CheckStatus.UNFINISHED, 0),
        "counts": [(CHECK_LOOKS[s], s.value, counts[s]) for s in CheckStatus if counts.get(s)],
    }


def _words(counts: dict[str, int]) -> str:
    """已看完 52、没能看到 3 of a run."""
    return "、".join(
        f"{status.label} {counts[status]}" for status in CheckStatus if counts.get(status)
    )


@login_required
@require_POST
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it."""
    watcher(request)
    found = run_or_404(request, pk)
    deeds.cancel_run(found, by=person(request), at=now())
    return redirect("run", pk)


@login_required
@require_GET
def site_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What one look at one site has brought, with its age."""
    user = person(request)
    seen = SiteCheck.objects.visible_to(user).select_related(
        "run", "outlet", "unit", "confirmed_by"
    )
    found = get_object_or_404(seen, pk=pk)
    later = SiteCheck.objects.filter(outlet=found.outlet_id, pk__gt=found.pk)
    context = {
        "check": found,
        "observations": list(found.observations.all()),
        "findings": list(
            Finding.objects.visible_to(user).filter(site_check=found).in_queue_order()[:100]
        ),
        "columns": found.report.get("columns", [])[:60],
        "links": found.report.get("links", {}),
        "newer": later.filter(status=CheckStatus.FINISHED).order_by("-pk").first(),
        "may_watch": _may_watch(request),
        "confirm": may_confirm_state(user, found),
    }
    return render(request, "inspections/site_check.html", context)


def _may_watch(request: HttpRequest) -> bool:
    return bool(may_watch_runs(person(request)))


@login_required
@require_POST
def site_check_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What this look has seen is as it should be."""
    seen = SiteCheck.objects.visible_to(person(request))
    confirm_state(get_object_or_404(seen, pk=pk), by=person(request), at=now())
    return redirect("site-check", pk)
