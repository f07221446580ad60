"""公开举报: the form for anybody, its receipt, and the state for whoever holds the receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meice.files.models import StoredFile
from meice.incidents import actions
from meice.incidents.actions.terms import is_public_open
from meice.incidents.forms import LookUpForm, ReportPublicForm
from meice.incidents.forms.public import MEGABYTES, MOST_FILES
from meice.incidents.models import IncidentStatus
from meice.incidents.views.signed import kept
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.web.public_forms import TooMany, bytes_for, public_page, sender_of

STATES = {
    IncidentStatus.OPEN: "已收到，等人办理",
    IncidentStatus.CLAIMED: "正在办理",
    IncidentStatus.HANDLING: "正在办理",
    IncidentStatus.REFERRED: "已转有关部门办理",
    IncidentStatus.CLOSED: "已办结",
    IncidentStatus.DISMISSED: "已核实，不属于要处置的情况",
    IncidentStatus.MERGED: "与已收到的另一件合并办理",
}
"""What a stranger learns: never who, never what was found."""


@require_http_methods(["GET", "POST"])
@public_page(bytes_for(MOST_FILES, MEGABYTES))
@sensitive_post_parameters()
def report(request: HttpRequest) -> HttpResponse:
    """The form; switched off it says so."""
    if not is_public_open():
        return render(request, "incidents/public_closed.html")
    at = now()
    form = ReportPublicForm(at=at)
    status = 200
    if request.method == "POST":
        form = ReportPublicForm(request.POST, request.FILES, at=at)
        status = 422
        if form.is_valid():
            try:
                receipt = _receive(request, form)
                return render(request, "incidents/public_receipt.html", {"receipt": receipt})
            except TooMany as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
            except Refused as refusal:
                form.add_error(None, refusal.reason)
    return render(request, "incidents/public_report.html", {"form": form}, status=status)


def _receive(request: HttpRequest, form: ReportPublicForm) -> actions.Receipt:
    """The pace is asked before a file touches the disk, and again with the row."""
    at, sender = now(), sender_of(request)
    actions.require_open(sender, at)
    files: list[StoredFile] = kept(form.uploads, None)
    return actions.receive_public_report(
        form.said, token=form.report_key, sender=sender, at=at, files=files
    )


@require_http_methods(["GET", "POST"])
@public_page(bytes_for(0, 0))
@sensitive_post_parameters()
def report_state(request: HttpRequest) -> HttpResponse:
    """Number and secret give the state in one sentence."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = actions.look_up(
                    form.cleaned_data["number"], form.cleaned_data["secret"],
                    sender=sender_of(request), at=now(),
                )  # fmt: skip
                incident = found.incident
                words = STATES[IncidentStatus(incident.status)]
                context |= {"found": found, "words": words, "ended": incident.ended_at}
                status = 200
            except TooMany as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
            except Refused as refusal:
                form.add_error(None, refusal.reason)
    return render(request, "incidents/public_state.html", context, status=status)
