"""整改设置: deadlines in working days, the words of the numbers, the problem catalogue."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.rectification import policies
from meice.rectification.actions import terms
from meice.rectification.catalogue import CATALOGUE
from meice.rectification.forms import HeadForm, TermsForm
from meice.rectification.views.signed import person
from meice.rectification.workflow import TermName


@login_required
@require_GET
def order_settings(request: HttpRequest) -> HttpResponse:
    """Settings for whoever draws up orders; forms where she may set."""
    user = person(request)
    require(policies.may_draft_order(user))
    year = timezone.localdate(now()).year
    known = terms.all_terms()
    context = {
        "terms": TermsForm(initial={name.value: days for name, days in known.items()}),
        "days": known,
        "catalogue": [(p, known[TermName(p.severity.value)]) for p in CATALOGUE],
        "head": HeadForm(),
        "heads": [(label, terms.number_words(key, year, 1)) for key, (label, _) in terms.HEADS.items()],
        "may_set": policies.may_set_terms(user),
    }  # fmt: skip
    return render(request, "rectification/settings.html", context)


@login_required
@require_POST
def order_terms_set(request: HttpRequest) -> HttpResponse:
    """The terms."""
    user = person(request)
    require(policies.may_set_terms(user))
    form = TermsForm(request.POST)
    if not form.is_valid():
        raise Refused("期限填 1 至 250 的整数。")
    known = terms.all_terms()
    for name in TermName:
        days = form.cleaned_data[name.value]
        if days != known[name]:
            terms.set_term(name, days, by=user)
    return redirect("order-settings")


@login_required
@require_POST
def order_head_set(request: HttpRequest) -> HttpResponse:
    """The words before the year."""
    form = HeadForm(request.POST)
    user = person(request)
    require(policies.may_set_terms(user))
    if not form.is_valid():
        raise Refused("字号填 1 至 16 个字。")
    terms.set_head(form.cleaned_data["series"], form.cleaned_data["words"], by=user)
    return redirect("order-settings")
