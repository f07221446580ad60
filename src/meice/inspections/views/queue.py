"""待核实: the queue (picture 05). Mine, unclaimed, all; the claim beside the verdict."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from meice.inspections import policies
from meice.inspections.forms import FindingFilter
from meice.inspections.forms.filters import KEPT
from meice.inspections.models import Finding, FindingQuerySet, FindingStatus, Origin, Severity
from meice.inspections.views.common import kept_query, person, whole
from meice.inspections.views.shown import finding_context
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import User

VIEWS = {"mine": "我认领的", "claim": "未认领", "all": "全部"}
QUEUE_KEPT = ("view", "page", *(name for name in KEPT if name not in ("state", "sort")))


@login_required
@require_GET
def finding_queue(request: HttpRequest) -> HttpResponse:
    """Those who verify get the queue; everybody else her list."""
    user = person(request)
    if not policies.may_see_findings(user):
        raise Http404
    if not policies.may_open_queue(user):
        return redirect("finding-list")
    wanted = FindingFilter.of(request.GET, user)
    open_ones = wanted.apply(Finding.objects.judged_by(user).open())
    counts = _counts(open_ones, user)
    view = _view(request.GET.get("view", ""), counts)
    rows = _sets(open_ones, user)[view].in_queue_order().narrow().select_related("unit")
    page = Page[Finding].of(request, rows, counts[view])
    context: dict[str, Any] = {
        "page": page,
        "view": view,
        "views": [(key, label, counts[key]) for key, label in VIEWS.items()],
        "counts": counts,
        "filter": wanted,
        "severities": Severity.choices,
        "origins": Origin.choices,
        "kept": kept_query(request.GET, *QUEUE_KEPT),
        "kept_pairs": [(key, request.GET[key]) for key in QUEUE_KEPT if request.GET.get(key)],
    }
    chosen = _chosen(request, page.rows, user)
    if chosen is not None:
        back = f"?{urlencode({'next': request.get_full_path()})}"
        context |= finding_context(chosen, user, now(), back=back)
    return render(request, "inspections/queue.html", context)


def _counts(open_ones: FindingQuerySet, user: User) -> dict[str, int]:
    """How many are mine, free, all, severe: one query."""
    mine, free = Q(claimed_by=user.pk), Q(claimed_by=None)
    hers = Q(status=FindingStatus.HALF, first_by=user.pk)
    found = open_ones.order_by().aggregate(
        mine=Count("pk", filter=mine),
        claim=Count("pk", filter=free & ~hers),
        severe=Count("pk", filter=Q(severity=Severity.VETO)),
        all=Count("pk"),
    )
    return {name: int(number) for name, number in found.items()}


def _sets(open_ones: FindingQuerySet, user: User) -> dict[str, FindingQuerySet]:
    free = open_ones.filter(claimed_by=None)
    return {
        "mine": open_ones.filter(claimed_by=user.pk),
        "claim": free.exclude(status=FindingStatus.HALF, first_by=user.pk),
        "all": open_ones,
    }


def _view(asked: str, counts: dict[str, int]) -> str:
    """What she asked for, else her own, else the free ones."""
    if asked in VIEWS:
        return asked
    return next((key for key in ("mine", "claim") if counts[key]), "all")


def _chosen(request: HttpRequest, rows: list[Finding], user: User) -> Finding | None:
    """The one that `?at=` names, else the first of the list."""
    asked = request.GET.get("at", "")
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0
    seen = whole(Finding.objects.judged_by(user))
    if pk and (found := seen.filter(pk=pk).first()):
        return found
    return seen.filter(pk=rows[0].pk).first() if rows else None


def queue_url(request: HttpRequest) -> str:
    """Back to the queue as it was looked at."""
    kept = kept_query(request.POST, *QUEUE_KEPT)
    return f"{reverse('finding-queue')}?{kept}" if kept else reverse("finding-queue")
