"""转送函: on paper, as `.docx`, its receipt and the scan of it."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.audit.actions import record
from meice.files.reading import file_response
from meice.incidents import actions, policies
from meice.incidents.documents.letter import DRILL, letter_docx, letter_title, rows_of
from meice.incidents.forms import ReceiveForm
from meice.incidents.models import Letter
from meice.incidents.views.incident import incident_page
from meice.incidents.views.signed import incident_or_404, kept, letter_or_404, person
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_GET
def letter_print(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """For the printer and the seal; leaves an audit line."""
    found = _printed(request, pk, letter)
    context = {
        "letter": found,
        "title": letter_title(),
        "rows": rows_of(found),
        "drill": DRILL if found.is_drill else "",
        "at": now(),
    }
    return render(request, "incidents/letter_print.html", context)


@login_required
@require_GET
def letter_document(request: HttpRequest, pk: int, letter: int) -> FileResponse:
    """The same as `.docx`."""
    found = _printed(request, pk, letter)
    return attachment(BytesIO(letter_docx(found)), f"转送函 {found.number}.docx", kind=DOCX)


def _printed(request: HttpRequest, pk: int, letter: int) -> Letter:
    found = letter_or_404(request, pk, letter)
    incident = found.incident
    with transaction.atomic():
        detail = {"number": found.number}
        record("incident.print", incident, by=person(request), detail=detail,
               unit_path=incident.unit_path)  # fmt: skip
    return found


@login_required
@require_POST
def letter_receive(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """签收, or the paper receipt recorded."""
    found, user = letter_or_404(request, pk, letter), person(request)
    require(policies.may_receive_letter(user, found))
    form = ReceiveForm(request.POST, request.FILES, auto_id=f"letter{letter}_%s")
    if form.is_valid():
        got = form.cleaned_data
        scan = kept([got["scan"]], user)[0] if got["scan"] else None
        try:
            actions.receive_letter(
                found, by=user, at=now(), name=got["name"], received_at=got["received_at"],
                scan=scan, note=got["note"],
            )  # fmt: skip
            return redirect("incident", pk)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    again = incident_or_404(request, pk)
    return incident_page(request, again, status=422, receive_form=form, receiving=found.pk)


@login_required
@require_GET
def letter_scan(request: HttpRequest, pk: int, letter: int) -> FileResponse:
    """The scan of the receipt."""
    found = letter_or_404(request, pk, letter)
    if found.receipt is None:
        raise Http404
    return file_response(found.receipt)
