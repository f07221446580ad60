"""审计日志 and 校验, for auditors."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from meice.audit import anchors, chain
from meice.audit.actions import record
from meice.audit.documents import log_workbook
from meice.audit.forms import LogFilter
from meice.audit.models import Entry, Verification
from meice.audit.phrases import phrase_of, told
from meice.audit.policies import may_read, may_verify
from meice.audit.tasks import verify_chain
from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, Verdict
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment

EXPORTED_AT_MOST = 10_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    """The entries of the auditor's subtree, newest first."""
    _only_if(may_read(request.user))
    asked = LogFilter(request.GET, request.user)
    page: Page[Entry] = Page.of(request, asked.narrow(Entry.objects.visible_to(request.user)))
    rows = [(entry, phrase_of(entry.act), told(entry.detail)) for entry in page.rows]
    context = {"form": asked, "page": page, "rows": rows, "most": EXPORTED_AT_MOST}
    return render(request, "audit/log.html", context)


@login_required
@require_POST
def audit_export(request: HttpRequest) -> HttpResponseBase:
    """The same entries as a workbook; that they left the house is an entry itself."""
    _only_if(may_read(request.user))
    asked = LogFilter(request.POST, request.user)
    entries = asked.narrow(Entry.objects.visible_to(request.user))
    number = entries.count()
    if number > EXPORTED_AT_MOST:
        raise Refused(f"一次最多导出 {EXPORTED_AT_MOST} 条，现在选中 {number} 条。请按条件缩小。")
    book = log_workbook(entries.iterator(chunk_size=500))
    with transaction.atomic():
        record("audit.export", by=request.user, detail={"entries": number})
    return attachment(book, f"审计日志 {now():%Y%m%d}.xlsx", kind=XLSX)


@never_cache
@login_required
@require_GET
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Earlier checks of the chain, its head now, and the button that starts one."""
    _only_if(may_verify(request.user))
    context: dict[str, object] = {
        "page": Page.of(request, Verification.objects.all()),
        "head": chain.head(),
        "waiting": Entry.objects.unlinked().count(),
        "anchor": anchors.latest(),
    }
    return render(request, "audit/verify.html", context)


@login_required
@require_POST
def audit_verify_start(request: HttpRequest) -> HttpResponse:
    """Have the whole chain verified by a job."""
    _only_if(may_verify(request.user))
    job = enqueue_once(verify_chain, key=f"audit.verify:{request.user.pk}", by=request.user)
    return redirect("job", job.pk)


def _only_if(verdict: Verdict) -> None:
    """A page of another office does not exist for the reader."""
    if not verdict:
        raise Http404
