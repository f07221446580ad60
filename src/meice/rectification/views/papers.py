"""The order on paper and as `.docx`, and the files that were handed in."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meice.audit.actions import record
from meice.files.models import StoredFile
from meice.files.reading import file_response
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.http import attachment
from meice.rectification.documents import order_docx, paper_of
from meice.rectification.models import Order, Proof, Recheck
from meice.rectification.policies import may_print_order
from meice.rectification.views.signed import order_or_404, person

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_GET
def order_print(request: HttpRequest, pk: int) -> HttpResponse:
    """For the printer and the seal (picture 06b); leaves an audit line."""
    found = _printed(request, pk)
    context = {"order": found, "paper": paper_of(found), "at": now()}
    return render(request, "rectification/order_print.html", context)


@login_required
@require_GET
def order_document(request: HttpRequest, pk: int) -> FileResponse:
    """The same as `.docx`."""
    found = _printed(request, pk)
    return attachment(BytesIO(order_docx(found)), f"整改通知单 {found.number}.docx", kind=DOCX)


def _printed(request: HttpRequest, pk: int) -> Order:
    found = order_or_404(request, pk)
    require(may_print_order(person(request), found))
    with transaction.atomic():
        detail = {"number": found.number}
        record("order.print", found, by=person(request), detail=detail, unit_path=found.unit_path)
    return found


@login_required
@require_GET
def order_file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A proof, a stamped page or a re-check's evidence of this order; nothing else."""
    found = order_or_404(request, pk)
    return file_response(_file_of(found, file))


def _file_of(found: Order, file: int) -> StoredFile:
    proofs = Proof.objects.filter(reply__order=found.pk, file=file).values("file")
    stamped = found.replies.filter(stamped=file).values("stamped")
    evidence = Recheck.objects.filter(item__order=found.pk, evidence=file).values("evidence")
    held = proofs.union(stamped, evidence)
    if not held.exists():
        raise Http404
    return StoredFile.objects.get(pk=file)
