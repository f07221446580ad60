"""举报 by a signed-in person, and 补充."""

from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meice.evidence.models import EvidenceKind
from meice.files.actions import keep_file
from meice.impersonations import actions, policies
from meice.impersonations.actions.gathering import PURPOSE
from meice.impersonations.forms import DocketForm, ReportForm
from meice.impersonations.forms.docket import initial_of_docket, initial_of_lead
from meice.impersonations.views.signed import (
    docket_or_404,
    outlets_to_name,
    person,
    units_to_report,
)
from meice.inspections.models import Lead
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.registry.models import Outlet

M = TypeVar("M", bound=Model)


@login_required
@require_http_methods(["GET", "POST"])
def impersonation_new(request: HttpRequest) -> HttpResponse:
    """A new report; `?lead=` and `?outlet=` bring along what is known."""
    user = person(request)
    require(policies.may_report(user))
    lead = _one(Lead.objects.visible_to(user), request, "lead")
    outlet = _one(Outlet.objects.visible_to(user), request, "outlet")
    given = {"units": units_to_report(user), "outlets": outlets_to_name(user)}
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES, **given)
        if form.is_valid():
            try:
                return _report(request, form, lead)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
    else:
        form = ReportForm(initial=initial_of_lead(lead, outlet, user), **given)
    context = {"form": form, "docket": None, "lead": lead}
    status = 422 if form.is_bound else 200
    return render(request, "impersonations/form.html", context, status=status)


def _report(request: HttpRequest, form: ReportForm, lead: Lead | None) -> HttpResponse:
    user = person(request)
    unit = form.cleaned_data["unit"]
    require(policies.may_report(user, unit))
    proofs = [
        (keep_file(one, name=one.name or "", by=user, purpose=PURPOSE), EvidenceKind.SCREENSHOT)
        for one in form.cleaned_data["proofs"]
    ]
    made = actions.report_impersonation(
        form.said, unit=unit, by=user, at=now(), lead=lead, proofs=proofs
    )
    if not made.is_new:
        messages.info(request, "这个账号已有案卷，你的举报和截图已并入。")
    return redirect(made.docket)


@login_required
@require_http_methods(["GET", "POST"])
def impersonation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete what is said."""
    found = docket_or_404(request, pk)
    user = person(request)
    require(policies.may_edit_docket(user, found))
    outlets = outlets_to_name(user)
    if request.method == "POST":
        form = DocketForm(request.POST, outlets=outlets)
        if form.is_valid():
            try:
                actions.edit_docket(found, form.said, by=user, at=now())
                return redirect(found)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                found = docket_or_404(request, pk)
    else:
        form = DocketForm(initial=initial_of_docket(found), outlets=outlets)
    context = {"form": form, "docket": found, "lead": None}
    status = 422 if form.is_bound else 200
    return render(request, "impersonations/form.html", context, status=status)


def _one(rows: QuerySet[M], request: HttpRequest, key: str) -> M | None:
    text = request.GET.get(key, "")
    whole = text.isascii() and text.isdecimal() and len(text) < 15
    return rows.filter(pk=int(text)).first() if whole else None
