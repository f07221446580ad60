"""Annex 3 on paper and as `.xls`, the stamped scan, exports."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.audit.actions import record
from meice.files.reading import file_response
from meice.jobs.actions import enqueue_once
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.http import attachment, visible_or_404
from meice.registry.actions import exports
from meice.registry.documents import annex3_bytes, paper_of
from meice.registry.forms import OutletFilter
from meice.registry.models import ExportForm, Filing, LedgerExport, Outlet, OutletSelection
from meice.registry.policies import may_print_filing
from meice.registry.tasks import make_export
from meice.registry.views.keeping import keep_page
from meice.registry.views.signed import filing_or_404, outlet_or_404, person

XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def filing_print(request: HttpRequest, pk: int) -> HttpResponse:
    """附件3 with its change marks, for the printer and the seal; leaves an audit line."""
    found = _printed(request, pk, "filing.print")
    accepted = next((e for e in found.events.all() if e.act == "accept"), None)
    context = {
        "filing": found,
        "paper": paper_of(found),
        "at": now(),
        "made_on": timezone.localtime(found.sent_at or found.made_at),
        "opinion": accepted.note if accepted else "",
    }
    return render(request, "registry/annex3_print.html", context)


@login_required
@require_GET
def filing_annex3(request: HttpRequest, pk: int) -> FileResponse:
    """The same as `.xls`."""
    found = _printed(request, pk, "filing.annex3")
    content = annex3_bytes(found, timezone.localdate(now()))
    return attachment(BytesIO(content), f"{found.unit_name}附件3 {found.name}.xls", kind=XLS)


def _printed(request: HttpRequest, pk: int, act: str) -> Filing:
    found = filing_or_404(request, pk)
    require(may_print_filing(person(request), found))
    with transaction.atomic():
        record(act, found, by=person(request), unit_path=found.unit_path)
    return found


@login_required
@require_GET
def filing_scan(request: HttpRequest, pk: int) -> FileResponse:
    """The stamped page as it was attached."""
    found = filing_or_404(request, pk)
    if found.scan is None:
        raise Http404
    return file_response(found.scan)


@login_required
@require_POST
def outlet_export(request: HttpRequest) -> HttpResponse | FileResponse:
    """What is filtered, or what is selected over pages, as `.xlsx` or annex 4: at once, over 2,000
    rows by a job."""
    user = person(request)
    wanted = OutletFilter.of(request.POST, user)
    kind_of, _, which = request.POST.get("kind", "").partition("-")
    rows = wanted.apply(Outlet.objects.visible_to(user), user)
    if which == "selected":
        keep_page(request)
        rows = Outlet.objects.visible_to(user).filter(pk__in=OutletSelection.of(user))
    form = ExportForm.ANNEX4 if kind_of == "annex4" else ExportForm.LEDGER
    ids = list(rows.order_by(*wanted.order).values_list("pk", flat=True))
    words = f"所选 {len(ids)} 个" if which else wanted.words
    export = exports.order_export(form, ids, words=words, by=user, at=now())
    if len(ids) > exports.AT_ONCE:
        enqueue_once(make_export, export.pk, key=f"ledger-export:{export.pk}", by=user)
        return redirect("ledger-export", export.pk)
    name, content = exports.write_export(export, timezone.localdate(now()))
    kind = XLS if form is ExportForm.ANNEX4 else XLSX
    return attachment(BytesIO(content), name, kind=kind)


@login_required
@require_GET
def ledger_export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file of a large export, or how far it is."""
    export = visible_or_404(LedgerExport.objects.visible_to(person(request)), pk=pk)
    if export.file is None:
        return render(request, "registry/export_waiting.html", {"export": export})
    return file_response(export.file)


@login_required
@require_GET
def outlet_avatar(request: HttpRequest, pk: int) -> FileResponse:
    """The picture that was filed with the outlet."""
    found = outlet_or_404(request, pk)
    if found.avatar is None:
        raise Http404
    return file_response(found.avatar)
