"""合规设置: the days of the reminders."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.compliance import policies
from meice.compliance.actions import terms
from meice.compliance.forms import TermsForm
from meice.compliance.views.signed import reader
from meice.compliance.workflow import TermName
from meice.kernel.access import Refused, require


@login_required
@require_GET
def compliance_settings(request: HttpRequest) -> HttpResponse:
    """For the department; the form where she may set."""
    user = reader(request)
    require(policies.may_open_settings(user))
    known = terms.all_terms()
    form = TermsForm(initial={name.value: days for name, days in known.items()})
    context = {"form": form, "may_set": policies.may_set_terms(user)}
    return render(request, "compliance/settings.html", context)


@login_required
@require_POST
def compliance_terms_set(request: HttpRequest) -> HttpResponse:
    """The days; faults come back on the page."""
    user = reader(request)
    require(policies.may_set_terms(user))
    form = TermsForm(request.POST)
    if form.is_valid():
        try:
            days = {name: form.cleaned_data[name.value] for name in TermName}
            terms.set_terms(days, by=user)
            return redirect("compliance-settings")
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {"form": form, "may_set": policies.may_set_terms(user)}
    return render(request, "compliance/settings.html", context, status=422)
