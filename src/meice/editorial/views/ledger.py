"""发稿审批单, 三审三校记录清单, 审校统计."""

from datetime import timedelta
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.audit.actions import Detail, record
from meice.editorial.documents.ledger import ledger_bytes
from meice.editorial.documents.sheet import Sheet, sheet_of
from meice.editorial.documents.sheet_docx import sheet_docx
from meice.editorial.documents.statistics import statistics_of
from meice.editorial.forms.ledger import LedgerFilter
from meice.editorial.lexicons.live import reader_for
from meice.editorial.models import (
    ContentClass,
    ContentForm,
    Manuscript,
    ManuscriptStatus,
    Origin,
)
from meice.editorial.policies import ledger as policies
from meice.editorial.views.signed import person
from meice.kernel import slots
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment, visible_or_404
from meice.orgs.models import User

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 10_000
CHUNK = 500
PERIOD = timedelta(days=89)


@login_required
@require_GET
def sheet_print(request: HttpRequest, pk: int) -> HttpResponse:
    """For the printer and the seal; leaves an audit line."""
    found, sheet = _printed(request, pk)
    context = {"manuscript": found, "sheet": sheet, "at": now()}
    return render(request, "editorial/sheet_print.html", context)


@login_required
@require_GET
def sheet_document(request: HttpRequest, pk: int) -> FileResponse:
    """The same as `.docx`."""
    found, sheet = _printed(request, pk)
    return attachment(BytesIO(sheet_docx(sheet)), f"发稿审批单 {found.number}.docx", kind=DOCX)


def _printed(request: HttpRequest, pk: int) -> tuple[Manuscript, Sheet]:
    user = person(request)
    seen = Manuscript.objects.visible_to(user).select_related("unit", "revision", "approved")
    found = visible_or_404(_with_signatures(seen), pk=pk)
    require(policies.may_print_sheet(user, found))
    with transaction.atomic():
        detail = {"number": found.number}
        record("manuscript.print", found, by=user, detail=detail, unit_path=found.unit_path)
    return found, sheet_of(found, reader_for(found.unit_path), timezone.localdate(now()))


def _with_signatures(rows: "QuerySet[Manuscript]") -> "QuerySet[Manuscript]":
    return rows.prefetch_related("reviews", "publications", "events")


@login_required
@require_GET
def review_ledger(request: HttpRequest) -> HttpResponse:
    """What was sent to review, the newest first."""
    user, today = person(request), timezone.localdate(now())
    if not policies.may_see_ledger(user):
        raise Http404
    wanted = LedgerFilter.of(request.GET, user, today)
    rows = wanted.apply(Manuscript.objects.visible_to(user)).order_by("-submitted_at", "-pk")
    page = Page[Manuscript].of(request, rows.prefetch_related("reviews", "publications"))
    context = {"page": page, "filter": wanted, **_choices(user)}
    return render(request, "editorial/ledger.html", context)


def _choices(user: User) -> dict[str, object]:
    return {
        "units": [choice for source in slots.unit_choices for choice in source.find(user)],
        "statuses": ManuscriptStatus.choices,
        "forms": ContentForm.choices,
        "classes": ContentClass.choices,
        "origins": Origin.choices,
    }


@login_required
@require_POST
def review_ledger_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`, one row a manuscript; leaves an audit line."""
    user, today = person(request), timezone.localdate(now())
    require(policies.may_export_ledger(user))
    wanted = LedgerFilter.of(request.POST, user, today)
    rows = wanted.apply(Manuscript.objects.visible_to(user)).order_by("-submitted_at", "-pk")
    number = rows.count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 篇，一次最多导出 {MOST_EXPORTED} 篇。请缩小条件。")
    whole = rows.select_related("revision", "approved").prefetch_related("reviews", "publications")
    content = ledger_bytes(whole.iterator(CHUNK))
    with transaction.atomic():
        detail: Detail = {"rows": number, "filter": wanted.words[:100]}
        record("manuscript.export", None, by=user, detail=detail)
    return attachment(BytesIO(content), f"三审三校记录清单 {today:%Y%m%d}.xlsx", kind=XLSX)


@login_required
@require_GET
def editorial_statistics(request: HttpRequest) -> HttpResponse:
    """By unit: how much, in which form, how often returned, what was found, how long it took."""
    user, at = person(request), now()
    if not policies.may_see_ledger(user):
        raise Http404
    today = timezone.localdate(at)
    wanted = LedgerFilter.of(request.GET, user, today, first=today - PERIOD)
    found = statistics_of(wanted.apply(Manuscript.objects.visible_to(user)))
    context = {"filter": wanted, "found": found, "at": at, "today": today, **_choices(user)}
    return render(request, "editorial/statistics.html", context)
