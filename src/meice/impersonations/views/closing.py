"""结案, 复查, 再次出现, 公布."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from meice.impersonations import actions, policies
from meice.impersonations.forms import CloseForm, RecheckForm, ReturnForm
from meice.impersonations.forms.acts import ComebackForm
from meice.impersonations.views.docket import docket_page
from meice.impersonations.views.signed import docket_or_404, person
from meice.impersonations.workflow import IMPERSONATION
from meice.kernel.access import Refused, require
from meice.kernel.clock import now


@login_required
@require_POST
def impersonation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """结案 with its outcome; 列入复查."""
    found = docket_or_404(request, pk)
    require(IMPERSONATION.verdict("close", found, person(request)))
    form = CloseForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        try:
            actions.close_docket(
                found, outcome=got["outcome"], note=got["reason"], by=person(request), at=now()
            )
            return redirect(found)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return docket_page(request, docket_or_404(request, pk), status=422, close_form=form)


@login_required
@require_POST
def impersonation_recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """复查."""
    found = docket_or_404(request, pk)
    require(policies.may_recheck(person(request), found))
    form = RecheckForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        try:
            goes_on = actions.recheck_docket(
                found, found=got["found"], note=got["note"], by=person(request), at=now(),
                comeback=_comeback(form),
            )  # fmt: skip
            return redirect(goes_on)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return docket_page(request, docket_or_404(request, pk), status=422, recheck_form=form)


@login_required
@require_POST
def impersonation_return(request: HttpRequest, pk: int) -> HttpResponse:
    """再次出现."""
    found = docket_or_404(request, pk)
    require(IMPERSONATION.verdict("return", found, person(request)))
    form = ReturnForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            goes_on = actions.return_docket(
                found, note=note, by=person(request), at=now(), comeback=_comeback(form)
            )
            return redirect(goes_on)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return docket_page(request, docket_or_404(request, pk), status=422, return_form=form)


def _comeback(form: ComebackForm) -> actions.Comeback:
    keys = ("platform", "name", "url", "account_id")
    return actions.Comeback(**{key: form.cleaned_data[key] for key in keys})


@login_required
@require_POST
def impersonation_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """公布."""
    found = docket_or_404(request, pk)
    actions.publish_docket(found, by=person(request), at=now())
    return redirect(found)


@login_required
@require_POST
def impersonation_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """撤下公布."""
    found = docket_or_404(request, pk)
    actions.unpublish_docket(found, by=person(request), at=now())
    return redirect(found)
