"""假冒账号设置: terms, how many re-checks, the words of the numbers, the two public pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meice.impersonations import policies
from meice.impersonations.actions import settings
from meice.impersonations.channels import CHANNELS
from meice.impersonations.forms import SettingsForm
from meice.impersonations.views.signed import person
from meice.impersonations.workflow import SettingName
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.orgs.roles import Right


@login_required
@require_http_methods(["GET", "POST"])
def impersonation_settings(request: HttpRequest) -> HttpResponse:
    """The settings; a form where she may set."""
    user = person(request)
    may_set = policies.may_set(user)
    if request.method == "POST" or not user.has(Right.DECIDE_BUSINESS):
        require(may_set)
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=_now())
    if form.is_bound and form.is_valid():
        try:
            _set(form, user)
            return redirect("impersonation-settings")
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "may_set": may_set, "channels": CHANNELS}
    status = 422 if form.is_bound else 200
    return render(request, "impersonations/settings.html", context, status=status)


def _now() -> dict[str, object]:
    known: dict[str, object] = {name.value: n for name, n in settings.all_settings().items()}
    return known | {"head": settings.head_words()}


def _set(form: SettingsForm, user: User) -> None:
    """Only what differs is written: each change is one line of the log."""
    got, known = form.cleaned_data, settings.all_settings()
    if got["head"] != settings.head_words():
        settings.set_head(got["head"], by=user)
    for name in SettingName:
        if int(got[name.value]) != known[name]:
            settings.set_setting(name, int(got[name.value]), by=user)
