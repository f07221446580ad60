"""事件设置: the times of each grade, the escalation chain, the public form, the number's head."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.incidents import policies
from meice.incidents.actions import terms
from meice.incidents.actions.letters import letter_number
from meice.incidents.classes import CLASSES
from meice.incidents.forms import ChainSet, HeadForm, TermsForm
from meice.incidents.forms.settings import rungs_of
from meice.incidents.views.signed import person
from meice.incidents.workflow import TermName
from meice.kernel.access import Refused, require
from meice.kernel.clock import now

CHAIN_PREFIX = "rung"


@login_required
@require_GET
def incident_settings(request: HttpRequest) -> HttpResponse:
    """Forms where she may set, else what holds."""
    require(policies.may_see_settings(person(request)))
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    known = terms.all_terms()
    numbers = {name.value: value for name, value in known.items()}
    chain = [
        {"watch": rung.watch, "minutes": rung.minutes, "audience": rung.audience}
        for rung in terms.chain()
    ]
    context = {
        "times_form": TermsForm(initial=numbers),
        "doors_form": TermsForm(initial=numbers, doors=True),
        "chain_form": ChainSet(initial=chain, prefix=CHAIN_PREFIX),
        "chain": terms.chain(),
        "head_form": HeadForm(initial={"words": terms.head_words()}),
        "example": letter_number(timezone.localdate(now()).year, 1),
        "classes": CLASSES,
        "is_public_open": bool(known[TermName.PUBLIC]),
        "public_url": request.build_absolute_uri(reverse("report")),
        "may_set": policies.may_set_terms(person(request)),
    }
    return render(request, "incidents/settings.html", context | more, status=status)


@login_required
@require_POST
def incident_times_set(request: HttpRequest) -> HttpResponse:
    """The times."""
    return _terms(request, doors=False)


@login_required
@require_POST
def incident_doors_set(request: HttpRequest) -> HttpResponse:
    """The public form."""
    return _terms(request, doors=True)


def _terms(request: HttpRequest, *, doors: bool) -> HttpResponse:
    user = person(request)
    require(policies.may_set_terms(user))
    form = TermsForm(request.POST, doors=doors)
    if not form.is_valid():
        return _page(request, status=422, **{"doors_form" if doors else "times_form": form})
    known = terms.all_terms()
    for name, value in form.numbers.items():
        if value != known[name]:
            terms.set_term(name, value, by=user)
    return redirect("incident-settings")


@login_required
@require_POST
def incident_chain_set(request: HttpRequest) -> HttpResponse:
    """The chain."""
    user = person(request)
    require(policies.may_set_terms(user))
    form = ChainSet(request.POST, prefix=CHAIN_PREFIX)
    refusal = ""
    if form.is_valid():
        try:
            terms.set_chain(rungs_of(form), by=user)
            return redirect("incident-settings")
        except Refused as refused:
            refusal = refused.reason
    return _page(request, status=422, chain_form=form, refusal=refusal)


@login_required
@require_POST
def incident_head_set(request: HttpRequest) -> HttpResponse:
    """The words before the year."""
    user = person(request)
    require(policies.may_set_terms(user))
    form = HeadForm(request.POST)
    if form.is_valid():
        try:
            terms.set_head(form.cleaned_data["words"], by=user)
            return redirect("incident-settings")
        except Refused as refusal:
            form.add_error("words", refusal.reason)
    return _page(request, status=422, head_form=form)
