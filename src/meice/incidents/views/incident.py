"""One incident as a work page: where it stands, how long is left, what I may do, what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from meice.evidence.models import Evidence
from meice.evidence.reading import evidence_response
from meice.incidents import actions, policies
from meice.incidents.forms import (
    AssignForm,
    CloseForm,
    GradeForm,
    MeasureForm,
    MergeForm,
    NoteForm,
    ReasonForm,
    ReceiveForm,
    ReferForm,
)
from meice.incidents.models import DRILL_LOOK, Incident, Letter, PublicReport
from meice.incidents.views.flowbar import flow_of
from meice.incidents.views.signed import incident_or_404, person
from meice.incidents.views.timers import timers_of
from meice.incidents.workflow import INCIDENT
from meice.kernel.access import Verdict
from meice.kernel.clock import now
from meice.kernel.http import visible_or_404
from meice.orgs.models import User


@login_required
@require_GET
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    return incident_page(request, incident_or_404(request, pk))


def incident_page(
    request: HttpRequest, found: Incident, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page, with a form that was refused put back as it was typed."""
    user, at = person(request), now()
    events = list(found.events.select_related("letter"))
    merged = list(found.merged.all())
    timers = timers_of(found, at)
    context: dict[str, Any] = {
        "incident": found,
        "drill": DRILL_LOOK if found.is_drill else None,
        "timers": timers,
        "late": [each for each in timers if each.is_late],
        "flow": flow_of(found, events),
        "events": events[::-1],
        "evidence": list(Evidence.objects.of(found.case)),
        "letters": _letters(found, user, more),
        "merged": [(one, list(Evidence.objects.of(one.case))) for one in merged],
        "steps": _steps(found, user),
        "report": _public_report(found),
        "contact_verdict": policies.may_see_contact(user, found),
        "verdicts": _verdicts(found, user),
        "refusal": "",
        "shown_contact": None,
        **_forms(found, user),
    }
    return render(request, "incidents/incident.html", context | more, status=status)


def _public_report(found: Incident) -> PublicReport | None:
    report: PublicReport | None = getattr(found, "public_report", None)
    return report


def _verdicts(found: Incident, user: User) -> dict[str, Any]:
    return {
        "measure": policies.may_measure(user, found),
        "note": policies.may_note(user, found),
        "assign": policies.may_assign(user, found),
        "grade": policies.may_grade(user, found),
    }


def _forms(found: Incident, user: User) -> dict[str, Any]:
    """Blank forms; grading begins with what it is now."""
    graded = {
        "kind": found.kind, "severity": found.severity, "unit": found.unit_id,
        "outlet": found.outlet_id,
    }  # fmt: skip
    harmful = found.clear_by is not None and found.cleared_at is None
    return {
        "measure_form": MeasureForm(harmful=harmful),
        "note_form": NoteForm(),
        "close_form": CloseForm(),
        "refer_form": ReferForm(
            incident=found, by=user, initial={"facts": f"{found.title}。{found.text}"}
        ),
        "reason_form": ReasonForm(),
        "assign_form": AssignForm(incident=found),
        "grade_form": GradeForm(by=user, initial=graded),
        "merge_form": MergeForm(by=user),
    }


def _steps(found: Incident, user: User) -> dict[str, Any]:
    """The steps that leave its state, each with its verdict and address."""
    return {
        step.name: {
            "label": step.label,
            "verdict": verdict,
            "url": reverse(f"incident-{step.name}", args=[found.pk]),
        }
        for step, verdict in INCIDENT.open_steps(found, user)
    }


def _letters(
    found: Incident, user: User, more: Mapping[str, Any]
) -> Sequence[tuple[Letter, Verdict, ReceiveForm]]:
    """Each with the verdict on signing for it and the form for that."""
    rows = list(found.letters.all())
    for letter in rows:
        letter.incident = found
    return [
        (letter, policies.may_receive_letter(user, letter), _receiving(letter, more))
        for letter in rows
    ]


def _receiving(letter: Letter, more: Mapping[str, Any]) -> ReceiveForm:
    """Blank, or as it was typed and refused."""
    if more.get("receiving") == letter.pk:
        form: ReceiveForm = more["receive_form"]
        return form
    return ReceiveForm(auto_id=f"letter{letter.pk}_%s")


@login_required
@require_GET
def incident_evidence(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """A piece of evidence of this incident; nothing else."""
    found = incident_or_404(request, pk)
    return evidence_response(visible_or_404(Evidence.objects.of(found.case), number=number))


@login_required
@require_POST
def incident_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """How the stranger who reported it may be reached, for this page view; leaves an audit line."""
    found = incident_or_404(request, pk)
    visible_or_404(PublicReport.objects.filter(incident=found.pk))
    report = actions.show_contact(found, by=person(request))
    return incident_page(request, found, shown_contact=report)
