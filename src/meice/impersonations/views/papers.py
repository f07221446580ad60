"""The 关停申请 on paper and as `.docx`, the whole docket as a zip, whom to call."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.audit.actions import Detail, record
from meice.evidence.models import Evidence
from meice.impersonations import policies
from meice.impersonations.documents import application_docx, application_of, docket_zip
from meice.impersonations.documents.application import EVIDENCE_HEAD, PROMISE
from meice.impersonations.models import Impersonation
from meice.impersonations.views.docket import docket_page
from meice.impersonations.views.referring import ZIP
from meice.impersonations.views.signed import docket_or_404, person
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.http import attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_GET
def impersonation_print(request: HttpRequest, pk: int) -> HttpResponse:
    """For the printer and the seal; leaves an audit line, for it shows a telephone."""
    found = _printed(request, pk)
    context = {
        "docket": found,
        "paper": application_of(found, Evidence.objects.of(found.case)),
        "head": EVIDENCE_HEAD,
        "promise": PROMISE,
        "at": now(),
    }
    return render(request, "impersonations/print.html", context)


@login_required
@require_GET
def impersonation_document(request: HttpRequest, pk: int) -> FileResponse:
    """The same as `.docx`."""
    found = _printed(request, pk)
    content = application_docx(found, Evidence.objects.of(found.case))
    return attachment(BytesIO(content), f"关停申请 {found.number}.docx", kind=DOCX)


def _printed(request: HttpRequest, pk: int) -> Impersonation:
    found = docket_or_404(request, pk)
    require(policies.may_print_docket(person(request), found))
    _note(request, found, "impersonation.print")
    return found


@login_required
@require_POST
def impersonation_docket(request: HttpRequest, pk: int) -> FileResponse:
    """Everything as a zip with a hash list; leaves an audit line."""
    found = docket_or_404(request, pk)
    require(policies.may_export_docket(person(request), found))
    _note(request, found, "impersonation.docket")
    at = now()
    name = f"假冒案卷 {found.name} {timezone.localdate(at):%Y%m%d}.zip"
    return attachment(docket_zip(found, at), name, kind=ZIP)


@login_required
@require_POST
def impersonation_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to call: shown once, on request, leaving an audit line."""
    found = docket_or_404(request, pk)
    require(policies.may_see_contact(person(request), found))
    _note(request, found, "impersonation.show_contact")
    return docket_page(request, found, shown_contact=True)


def _note(request: HttpRequest, found: Impersonation, act: str) -> None:
    detail: Detail = {"number": found.number}
    with transaction.atomic():
        record(act, found, by=person(request), detail=detail, unit_path=found.unit_path)
