"""巡查设置: hours of the ladder, notable days."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.kernel.access import Refused, require
from meice.patrols import policies
from meice.patrols.actions import terms
from meice.patrols.forms import NotableForm, TermsForm
from meice.patrols.models import NotableDay
from meice.patrols.views.signed import person
from meice.patrols.workflow import TermName


@login_required
@require_GET
def patrol_settings(request: HttpRequest) -> HttpResponse:
    """Settings for the department; forms where she may set."""
    require(policies.may_open_settings(person(request)))
    return settings_page(request)


def settings_page(
    request: HttpRequest, *, status: int = 200, day_form: NotableForm | None = None
) -> HttpResponse:
    """The page, with a form that was refused put back."""
    known = terms.all_terms()
    context = {
        "terms": TermsForm(initial={name.value: hours for name, hours in known.items()}),
        "days": NotableDay.objects.all(),
        "day_form": day_form or NotableForm(),
        "may_set": policies.may_set_terms(person(request)),
    }
    return render(request, "patrols/settings.html", context, status=status)


@login_required
@require_POST
def patrol_terms_set(request: HttpRequest) -> HttpResponse:
    """The terms."""
    user = person(request)
    require(policies.may_set_terms(user))
    form = TermsForm(request.POST)
    if not form.is_valid():
        raise Refused("时间填 1 至 240 的整数，单位是小时。")
    known = terms.all_terms()
    for name in TermName:
        hours = form.cleaned_data[name.value]
        if hours != known[name]:
            terms.set_term(name, hours, by=user)
    return redirect("patrol-settings")


@login_required
@require_POST
def patrol_day_add(request: HttpRequest) -> HttpResponse:
    """One more notable day; `common`: those everybody knows."""
    user = person(request)
    require(policies.may_set_terms(user))
    if "common" in request.POST:
        terms.add_common_days(by=user)
        return redirect("patrol-settings")
    form = NotableForm(request.POST)
    if not form.is_valid():
        return settings_page(request, status=422, day_form=form)
    try:
        terms.add_day(form.said, by=user)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return settings_page(request, status=422, day_form=form)
    return redirect("patrol-settings")


@login_required
@require_POST
def patrol_day_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """No rounds before it any more."""
    require(policies.may_set_terms(person(request)))
    terms.drop_day(get_object_or_404(NotableDay, pk=pk), by=person(request))
    return redirect("patrol-settings")
