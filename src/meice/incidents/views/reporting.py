"""报告事件: a page of its own, prefilled by whoever links to it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meice.incidents import actions, policies
from meice.incidents.actions.events import department_unit
from meice.incidents.classes import CLASSES, IncidentKind
from meice.incidents.forms import ReportForm
from meice.incidents.models import Incident
from meice.incidents.views.signed import kept, person
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User

CARRIED = ("unit", "outlet", "title", "kind")


@login_required
@require_http_methods(["GET", "POST"])
def incident_new(request: HttpRequest) -> HttpResponse:
    """The form. GET parameters `unit`, `outlet`, `title` and `kind` fill it."""
    user = person(request)
    require(policies.may_report_incident(user))
    may_drill = bool(policies.may_drill(user))
    form = ReportForm(by=user, may_drill=may_drill, initial=_carried(request))
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES, by=user, may_drill=may_drill)
        if form.is_valid():
            made = _report(form, user)
            if made is not None:
                return redirect("incident", made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "classes": CLASSES}
    return render(request, "incidents/report.html", context, status=status)


def _carried(request: HttpRequest) -> dict[str, Any]:
    """What another page gave along; nothing that is no field of the form."""
    given = {key: request.GET[key][:120] for key in CARRIED if request.GET.get(key)}
    for key in ("unit", "outlet"):
        if not given.get(key, "").isdecimal():
            given.pop(key, None)
    if given.get("kind") not in IncidentKind.values:
        given.pop("kind", None)
    return given


def _report(form: ReportForm, user: User) -> Incident | None:
    got = form.cleaned_data
    unit = got["unit"] or (department_unit(user.post.unit) if user.post else None)
    if unit is None:
        form.add_error("unit", "请选涉事单位。")
        return None
    try:
        return actions.report_incident(
            unit=unit,
            title=got["title"],
            text=got["text"],
            kind=got["kind"],
            severity=got["severity"],
            source=got["source"],
            by=user,
            at=now(),
            outlet=got["outlet"],
            files=kept(got["proofs"], user),
            link=got["link"],
            is_drill=bool(got.get("is_drill")),
        )
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None
