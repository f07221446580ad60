"""备案设置: terms in working days, single days, a unit's route."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import Unit
from meice.orgs.roles import Right
from meice.registry import policies
from meice.registry.actions import terms
from meice.registry.forms import DayForm, RouteForm, TermsForm
from meice.registry.models import DayOverride, Route, Way
from meice.registry.models.outlet import within
from meice.registry.views.signed import person
from meice.registry.workflow import TermName


@login_required
@require_GET
def filing_settings(request: HttpRequest) -> HttpResponse:
    """All settings of filing that the reader may look at; forms where she may set."""
    user = person(request)
    require(policies.may_open_settings(user))
    reach = (*user.reach(Right.CONFIRM_BUSINESS), *user.reach(Right.DECIDE_BUSINESS))
    units = Unit.objects.active().below(*reach)
    calendar = terms.workdays()
    this_year = timezone.localdate(now()).year
    context = {
        "terms": TermsForm(
            initial={name.value: days for name, days in terms.all_term_days().items()}
        ),
        "day": DayForm(),
        "days": DayOverride.objects.all(),
        "route": RouteForm(units=units, endorsers=_endorsers(user.reach(Right.SEE_BUSINESS))),
        "routes": Route.objects.filter(within(reach, "unit__path")).select_related(
            "unit", "endorser"
        ),
        "years": [calendar.years[year] for year in sorted(calendar.years, reverse=True)],
        "is_year_known": this_year in calendar.years,
        "this_year": this_year,
        "may_set": policies.may_set_terms(user),
    }
    return render(request, "registry/settings.html", context)


def _endorsers(reach: tuple[str, ...]) -> "object":
    roots = tuple({path[: Unit.steplen] for path in reach})
    return Unit.objects.active().below(*roots)


@login_required
@require_POST
def terms_set(request: HttpRequest) -> HttpResponse:
    """The terms."""
    form = TermsForm(request.POST)
    if not form.is_valid():
        raise Refused("期限填 1 至 250 的整数。")
    for name in TermName:
        days = form.cleaned_data[name.value]
        if days != terms.term_days(name):
            terms.set_term(name, days, by=person(request))
    return redirect("filing-settings")


@login_required
@require_POST
def day_set(request: HttpRequest) -> HttpResponse:
    """One day."""
    form = DayForm(request.POST)
    if not form.is_valid():
        raise Refused("日期填成 2026-10-01 的样子。")
    terms.set_day(by=person(request), **form.cleaned_data)
    return redirect("filing-settings")


@login_required
@require_POST
def day_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The published calendar again."""
    require(policies.may_set_terms(person(request)))
    terms.drop_day(get_object_or_404(DayOverride, pk=pk), by=person(request))
    return redirect("filing-settings")


@login_required
@require_POST
def route_set(request: HttpRequest) -> HttpResponse:
    """A unit's way to its leader."""
    user = person(request)
    reach = (*user.reach(Right.CONFIRM_BUSINESS), *user.reach(Right.DECIDE_BUSINESS))
    form = RouteForm(
        request.POST,
        units=Unit.objects.active().below(*reach),
        endorsers=_endorsers(user.reach(Right.SEE_BUSINESS)),
    )
    if not form.is_valid():
        raise Refused("审核环节没有设好：请选单位和方式。")
    way, endorser = Way(form.cleaned_data["way"]), form.cleaned_data["endorser"]
    terms.set_route(form.cleaned_data["unit"], way, endorser=endorser, by=user, at=now())
    return redirect("filing-settings")
