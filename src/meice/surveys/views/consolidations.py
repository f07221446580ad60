"""汇总打包: asked for, watched, downloaded; every number leads to the rows it counts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.engines.annexes.columns import COUNT_COLUMNS, COUNT_ITEMS, COUNT_TOTAL
from meice.files.reading import file_response
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.surveys import policies, tasks
from meice.surveys.actions import consolidating
from meice.surveys.rows.drilling import Counted, rows_behind
from meice.surveys.views.seen import (
    consolidation_or_404,
    own_campaign_or_404,
    person,
)

PARTS = frozenset({"package", "report"})
TOTAL = COUNT_TOTAL.title
COLUMNS = (*COUNT_COLUMNS, TOTAL)


@login_required
@require_POST
def consolidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the package made of what is received now."""
    campaign = own_campaign_or_404(request, pk)
    at = now()
    made = consolidating.ask_consolidation(
        campaign, sent_on=timezone.localdate(at), by=person(request), at=at
    )
    return redirect("campaign-consolidation", pk, made.pk)


@login_required
@require_GET
def consolidation(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The numbers, the cells in which units counted otherwise, the two files."""
    found = consolidation_or_404(request, pk, number)
    differing = {(each["item"], each["column"]) for each in found.mismatches}
    lines = [
        (at, row["item"], [_cell(at, row, column, differing) for column in COLUMNS])
        for at, row in enumerate(found.counts)
    ]
    user = person(request)
    context = {
        "campaign": found.campaign,
        "consolidation": found,
        "columns": COLUMNS,
        "lines": lines,
        "members": found.members.count(),
        "given_up": found.made_at is None and tasks.is_given_up(tasks.consolidation_key(found)),
        "others": found.campaign.consolidations.exclude(pk=found.pk).select_related("asked_by")[
            :20
        ],
        "may": policies.may_consolidate(user, found.campaign),
    }
    return render(request, "surveys/consolidation.html", context)


def _cell(
    at: int, row: dict[str, object], column: str, differing: set[tuple[str, str]]
) -> dict[str, object]:
    counts = row["counts"]
    number = row["total"] if column == TOTAL else counts.get(column)  # type: ignore[attr-defined]
    return {
        "number": number,
        "query": f"item={at}&column={COLUMNS.index(column)}",
        "differs": (row["item"], column) in differing,
    }


@login_required
@require_GET
def rows(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Exactly the rows that one number counts, as they were when it was counted."""
    found = consolidation_or_404(request, pk, number)
    item, column = _choice(request, "item", COUNT_ITEMS), _choice(request, "column", COLUMNS)
    counted = rows_behind(found.members.all(), item, column)
    page: Page[Counted] = Page.of(request, counted)
    context = {
        "campaign": found.campaign,
        "consolidation": found,
        "item": item,
        "column": column,
        "page": page,
        "total": sum(each.number for each in counted),
    }
    return render(request, "surveys/consolidation_rows.html", context)


def _choice(request: HttpRequest, key: str, known: tuple[str, ...]) -> str:
    text = request.GET.get(key, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 3 and int(text) < len(known)):
        raise Http404
    return known[int(text)]


@login_required
@require_GET
def progress(request: HttpRequest, pk: int, number: int) -> JsonResponse:
    """For the page that waits."""
    found = consolidation_or_404(request, pk, number)
    key = tasks.consolidation_key(found)
    job = tasks.job_of(key) if found.made_at is None else None
    return JsonResponse(
        {
            "done": job.progress_done if job else 0,
            "total": job.progress_total if job else 0,
            "text": (job.progress_text if job else "") or "排队等待汇总。",
            "finished": found.made_at is not None or tasks.is_given_up(key),
            "url": ".",
        }
    )


@login_required
@require_POST
def download(request: HttpRequest, pk: int, number: int, part: str) -> FileResponse:
    """The package or its report; both hold people's numbers."""
    found = consolidation_or_404(request, pk, number)
    require(policies.may_consolidate(person(request), found.campaign))
    stored = found.package if part == "package" else found.report
    if part not in PARTS or stored is None:
        raise Http404
    consolidating.export_consolidation(found, part=part, by=person(request))
    return file_response(stored)
