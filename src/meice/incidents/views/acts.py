"""The acts on an incident: each reads its form, does its deed, and goes back to the page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from meice.incidents import actions, policies
from meice.incidents.forms import (
    AssignForm,
    CloseForm,
    GradeForm,
    MeasureForm,
    MergeForm,
    NoteForm,
    ReasonForm,
    ReferForm,
)
from meice.incidents.models import Incident
from meice.incidents.views.incident import incident_page
from meice.incidents.views.signed import incident_or_404, kept, person
from meice.incidents.workflow import INCIDENT
from meice.kernel.access import Refused, Verdict, require
from meice.kernel.clock import now
from meice.orgs.models import User

Made = Callable[[HttpRequest, Incident, User], Form]
Deed = Callable[[Incident, Any, User], object]
Asked = Callable[[User, Incident], Verdict]
View = Callable[[HttpRequest, int], HttpResponse]


def _step_verdict(step: str) -> Asked:
    return lambda user, found: INCIDENT.verdict(step, found, user)


def _act(name: str, asked: Asked, made: Made, deed: Deed) -> View:
    """POST: may she, is the form whole, then the deed. What was typed comes back with the reason."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user, found = person(request), incident_or_404(request, pk)
        require(asked(user, found))
        form = made(request, found, user)
        if form.is_valid():
            try:
                deed(found, form, user)
                return redirect("incident", found.pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
        again = incident_or_404(request, pk)
        return incident_page(request, again, status=422, opened=name, **{f"{name}_form": form})

    return view


def _reason(request: HttpRequest, found: Incident, user: User) -> Form:
    return ReasonForm(request.POST)


@login_required
@require_POST
def incident_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """认领."""
    found = incident_or_404(request, pk)
    actions.acknowledge_incident(found, by=person(request), at=now())
    return redirect("incident", found.pk)


@login_required
@require_POST
def incident_split(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销合并."""
    found = incident_or_404(request, pk)
    actions.split_incident(found, by=person(request), at=now())
    return redirect("incident", found.pk)


incident_handle = _act(
    "measure",
    policies.may_measure,
    lambda request, found, user: MeasureForm(
        request.POST, request.FILES, harmful=found.clear_by is not None and not found.cleared_at
    ),
    lambda found, form, user: actions.take_measure(
        found,
        text=form.cleaned_data["text"],
        cleared=bool(form.cleaned_data.get("cleared")),
        files=kept(form.cleaned_data["proofs"], user),
        by=user,
        at=now(),
    ),
)
incident_note = _act(
    "note",
    policies.may_note,
    lambda request, found, user: NoteForm(request.POST, request.FILES),
    lambda found, form, user: actions.add_note(
        found,
        text=form.cleaned_data["text"],
        files=kept(form.cleaned_data["proofs"], user),
        by=user,
        at=now(),
    ),
)
incident_assign = _act(
    "assign",
    policies.may_assign,
    lambda request, found, user: AssignForm(request.POST, incident=found),
    lambda found, form, user: actions.assign_incident(
        found, to=form.cleaned_data["to"], note=form.cleaned_data["note"], by=user, at=now()
    ),
)
incident_grade = _act(
    "grade",
    policies.may_grade,
    lambda request, found, user: GradeForm(request.POST, by=user),
    lambda found, form, user: actions.grade_incident(
        found, actions.Grading(**form.cleaned_data), by=user, at=now()
    ),
)
incident_refer = _act(
    "refer",
    _step_verdict("refer"),
    lambda request, found, user: ReferForm(request.POST, incident=found, by=user),
    lambda found, form, user: actions.refer_incident(
        found, actions.LetterText(**form.cleaned_data), by=user, at=now()
    ),
)
incident_resume = _act(
    "reason",
    _step_verdict("resume"),
    _reason,
    lambda found, form, user: actions.resume_incident(
        found, note=form.cleaned_data["reason"], by=user, at=now()
    ),
)
incident_close = _act(
    "close",
    _step_verdict("close"),
    lambda request, found, user: CloseForm(request.POST),
    lambda found, form, user: actions.close_incident(found, **form.cleaned_data, by=user, at=now()),
)
incident_dismiss = _act(
    "reason",
    _step_verdict("dismiss"),
    _reason,
    lambda found, form, user: actions.dismiss_incident(
        found, **form.cleaned_data, by=user, at=now()
    ),
)
incident_reopen = _act(
    "reason",
    _step_verdict("reopen"),
    _reason,
    lambda found, form, user: actions.reopen_incident(
        found, **form.cleaned_data, by=user, at=now()
    ),
)
incident_merge = _act(
    "merge",
    _step_verdict("merge"),
    lambda request, found, user: MergeForm(request.POST, by=user),
    lambda found, form, user: actions.merge_incident(found, target=form.target, by=user, at=now()),
)
