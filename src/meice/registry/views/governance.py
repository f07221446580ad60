"""集约化: exceptions with their expiry, clusters of similar outlets, merge plans."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.days import read_day
from meice.kernel.http import Page, visible_or_404
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.actions import exceptions
from meice.registry.actions import outlets as deeds
from meice.registry.forms import ExceptionForm, ExtendForm
from meice.registry.models import ExceptionGrant, MergePlan, Outlet, OutletStatus
from meice.registry.models.cluster import Cluster, clusters_of
from meice.registry.policies import (
    may_extend_exception,
    may_grant_any,
    may_grant_exception,
    may_plan_merge,
)
from meice.registry.views.signed import person
from meice.web.fields import BAD_DAY

SOON = timedelta(days=30)


def _units(user: User) -> "object":
    return Unit.objects.active().below(*user.reach(Right.DECIDE_BUSINESS))


@login_required
@require_GET
def exception_list(request: HttpRequest) -> HttpResponse:
    """All exceptions, the soonest expiry first; expired ones ask for a decision."""
    user = person(request)
    today = timezone.localdate(now())
    rows = ExceptionGrant.objects.visible_to(user).exclude(outlet__status=OutletStatus.CANCELLED)
    show = request.GET.get("show", "")
    if show == "expired":
        rows = rows.filter(expires_on__lt=today)
    elif show == "soon":
        rows = rows.filter(expires_on__range=(today, today + SOON))
    context = {
        "page": Page[ExceptionGrant].of(
            request,
            rows.select_related("unit", "outlet", "granted_by").order_by("expires_on", "pk"),
        ),
        "today": today,
        "soon": today + SOON,
        "is_filtered": bool(show),
        "may_grant": may_grant_exception(user, user.post.unit) if user.post else None,
    }
    return render(request, "registry/exception_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def exception_new(request: HttpRequest) -> HttpResponse:
    """批准例外 before a second 开设."""
    user = person(request)
    require(may_grant_any(user))
    form = ExceptionForm(request.POST if request.method == "POST" else None, units=_units(user))
    if form.is_bound and form.is_valid():
        try:
            exceptions.grant_exception(by=user, at=now(), **form.cleaned_data)
            return redirect("exception-list")
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "title": "批准例外"}
    return render(request, "registry/form_page.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def exception_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """延期, with a reason."""
    user = person(request)
    seen = ExceptionGrant.objects.visible_to(user).select_related("unit")
    grant = visible_or_404(seen, pk=pk)
    verdict = may_extend_exception(user, grant)
    if request.method == "POST":
        require(verdict)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            exceptions.extend_exception(grant, by=user, at=now(), **form.cleaned_data)
            return redirect("exception-list")
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "title": f"延期：{grant.number} {grant.unit}", "verdict": verdict}
    return render(request, "registry/form_page.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def cluster_list(request: HttpRequest) -> HttpResponse:
    """Similar outlets, and the plans made for them."""
    user = person(request)
    outlets = Outlet.objects.visible_to(user).active().select_related("unit", "merge_item")
    clusters = [c for c in clusters_of(outlets) if not _is_planned(c)]
    plans = MergePlan.objects.visible_to(user).select_related("keep", "made_by")
    context = {
        "page": Page[Cluster].of(request, clusters),
        "plans": plans.prefetch_related("items__outlet"),
        "plan": may_plan_merge(user, user.post.unit) if user.post else None,
        "today": timezone.localdate(now()),
    }
    return render(request, "registry/cluster_list.html", context)


def _is_planned(cluster: Cluster) -> bool:
    """All but one of it are to go already."""
    planned = sum(hasattr(outlet, "merge_item") for outlet in cluster.outlets)
    return planned >= len(cluster.outlets) - 1


@login_required
@require_POST
def cluster_plan(request: HttpRequest) -> HttpResponse:
    """整合方案: which stays, which are to be cancelled, until when, why."""
    user = person(request)
    seen = Outlet.objects.visible_to(user).select_related("unit")
    chosen = {str(outlet.pk): outlet for outlet in seen.filter(pk__in=_numbers(request))}
    keep = chosen.get(request.POST.get("keep", ""))
    written = request.POST.get("due_on", "").strip()
    due = read_day(written, timezone.localdate(now()))
    reason = request.POST.get("reason", "").strip()[:300]
    if keep is None or not written or not reason:
        raise Refused("整合方案须选保留哪一个、写明完成期限和说明。")
    if due is None:
        raise Refused(BAD_DAY.format(written[:40]))
    others = [outlet for outlet in chosen.values() if outlet.pk != keep.pk]
    deeds.plan_merge(keep, others, reason=reason, due_on=due, by=user, at=now())
    return redirect("cluster-list")


def _numbers(request: HttpRequest) -> list[int]:
    typed = [*request.POST.getlist("outlet"), request.POST.get("keep", "")]
    return [int(pk) for pk in typed if pk.isascii() and pk.isdecimal() and len(pk) < 15]
