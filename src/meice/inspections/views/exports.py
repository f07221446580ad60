"""The list as a workbook: at once, over 2,000 rows by a job."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.files.reading import file_response
from meice.inspections import policies
from meice.inspections.actions import exports
from meice.inspections.forms import FindingFilter
from meice.inspections.models import Finding, FindingExport
from meice.inspections.tasks import make_export
from meice.inspections.views.common import person
from meice.jobs.actions import enqueue_once
from meice.kernel.clock import now
from meice.kernel.http import attachment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_POST
def finding_export(request: HttpRequest) -> HttpResponse | FileResponse:
    """What is filtered (or ticked) as `.xlsx`."""
    user = person(request)
    if not policies.may_see_findings(user):
        raise Http404
    wanted = FindingFilter.of(request.POST, user)
    rows = wanted.apply(Finding.objects.visible_to(user))
    ticked = [int(pk) for pk in request.POST.getlist("finding") if pk.isascii() and pk.isdecimal()]
    rows = rows.filter(pk__in=ticked[:5000]) if ticked else rows
    ids = list(rows.order_by(*wanted.order).values_list("pk", flat=True)[: exports.MOST])
    words = f"所选 {len(ids)} 条" if ticked else wanted.words
    export = exports.order_export(ids, words=words, by=user, at=now())
    if len(ids) > exports.AT_ONCE:
        enqueue_once(make_export, export.pk, key=f"finding-export:{export.pk}", by=user)
        return redirect("finding-exported", export.pk)
    name, content = exports.write_export(export, timezone.localdate(now()))
    return attachment(BytesIO(content), name, kind=XLSX)


@login_required
@require_GET
def finding_exported(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file of a large export, or how far it is."""
    mine = FindingExport.objects.filter(made_by=person(request).pk).select_related("file")
    export = get_object_or_404(mine, pk=pk)
    if export.file is None:
        return render(request, "inspections/export_waiting.html", {"export": export})
    return file_response(export.file)
