"""The sheet of a submission: the page, its saves, and the same work by plain forms."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from meice.engines.annexes.model import Annex
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.kernel.http import visible_or_404
from meice.surveys.actions.sheet import Saved, save_operations
from meice.surveys.forms.submission import HeaderForm
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.policies import may_file_differences
from meice.surveys.sheet.columns import CHOICES, EDITED, GRIDS, Grid
from meice.surveys.sheet.operations import BadBatch, read_operations
from meice.surveys.sheet.page import (
    changed_since,
    rows_json,
    sheet_json,
    state_json,
    words_json,
)
from meice.surveys.sheet.policies import may_edit_sheet, sees_numbers
from meice.surveys.sheet.rowform import RowForm
from meice.surveys.sheet.scan import Scan, scan_submission
from meice.surveys.sheet.tabs import tabs_of
from meice.surveys.sheet.whole import computed_counts, filing_forms
from meice.surveys.views.common import Signed

FORMS_A_PAGE = 20
LISTED_FAULTS = 200
SCRIPTS = ("values", "model", "grid", "edit", "lists", "save", "paste")
NO_ROW = uuid.UUID(int=0)


def submission_of(request: Signed, pk: int) -> Submission:
    seen = Submission.objects.visible_to(request.user)
    return visible_or_404(seen.select_related("campaign", "unit", "header"), pk=pk)


def grid_of(number: int) -> Grid:
    if number not in GRIDS:
        raise Http404
    return GRIDS[Annex(number)]


def edited_grid_of(number: int) -> Grid:
    """The tables, and the forms of annex 3."""
    if number not in EDITED:
        raise Http404
    return EDITED[Annex(number)]


@login_required
@never_cache
@require_GET
def sheet(request: Signed, pk: int, annex: int = 1) -> HttpResponse:
    """One annex of the submission, to be edited as a sheet; 2 is computed, 3 a list of forms."""
    submission = submission_of(request, pk)
    if annex not in {int(each) for each in Annex}:
        raise Http404
    scan = scan_submission(submission)
    page = frame(request, submission, annex, scan)
    if Annex(annex) in GRIDS:
        page |= _grid_page(request, submission, GRIDS[Annex(annex)], scan)
        return render(request, "surveys/sheet.html", page)
    if annex == Annex.COUNTS:
        return render(
            request, "surveys/sheet_counts.html", page | computed_counts(submission, scan)
        )
    return render(request, "surveys/sheet_filings.html", page | filing_forms(submission, scan))


def frame(request: Signed, submission: Submission, annex: int, scan: Scan) -> dict[str, Any]:
    person = request.user
    return {
        "submission": submission,
        "scan": scan,
        "annex": annex,
        "may_edit": may_edit_sheet(person, submission),
        "tabs": tabs_of(submission, annex, scan),
        "moment": now(),
        "submission_look": submission.state_at(now()),
        "touched": sum(len(row.marks) for rows in scan.rows.values() for row in rows),
        "may_file": may_file_differences(submission, person),
        "header_form": HeaderForm.of(scan.header),
        "header_faults": sorted(
            {
                fault.message
                for fault in scan.examined.faults
                if fault.is_error and fault.row is None
            }
        ),
    }


def _grid_page(request: Signed, submission: Submission, grid: Grid, scan: Scan) -> dict[str, Any]:
    whole = sees_numbers(request.user, submission)
    verdict = may_edit_sheet(request.user, submission)
    data = sheet_json(submission, grid, scan, whole=whole)
    data |= {
        "words": words_json(),
        "editable": bool(verdict),
        "reason": verdict.reason,
        "store": f"meice.sheet.{submission.pk}.{int(grid.annex)}.{request.user.pk}",
        "reader": str(request.user.pk),
        "unit": submission.unit.name,
        "urls": _urls(submission, grid),
    }
    shown, start = list(scan.rows[grid.annex]), _start(request)
    return {
        "grid": grid,
        "data": data,
        "row_forms": _forms(grid, shown, start, whole=whole),
        "next_start": start + FORMS_A_PAGE if start + FORMS_A_PAGE < len(shown) else None,
        "new_row": uuid.uuid4(),
        "scripts": [f"surveys/sheet_{name}.js" for name in SCRIPTS],
        "column_count": len(grid.columns) + 1,
        "lists": {holds.value: words for holds, words in CHOICES.items()},
        "settle_all_url": reverse("submission-settle-all", args=[submission.pk]),
        "fault_lines": _fault_lines(submission, grid, scan, whole=whole),
    }


def _fault_lines(
    submission: Submission, grid: Grid, scan: Scan, *, whole: bool
) -> list[dict[str, str]]:
    """For phones and pages without a script: where, what, and the form of that row."""
    rows = {row.pk: row for row in scan.rows[grid.annex]}
    lines: list[dict[str, str]] = []
    for fault in scan.faults_of(grid.annex)[:LISTED_FAULTS]:
        row = rows.get(fault.row or 0)
        message = scan.message_of(fault)
        at = [submission.pk, int(grid.annex)]
        lines.append(
            {
                "place": fault.cell,
                "name": row.cells.get("name", "") if row else "表头",
                "message": message if whole else mask_numbers(message),
                "url": reverse("sheet-row", args=[*at, row.key]) if row else "",
            }
        )
    return lines


def _start(request: Signed) -> int:
    """Which rows the plain forms show: `?from=20`."""
    given = request.GET.get("from", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 0


def _urls(submission: Submission, grid: Grid) -> dict[str, str]:
    at = [submission.pk, int(grid.annex)]
    return {
        "save": reverse("sheet-save", args=at),
        "state": reverse("sheet-state", args=at),
        "row": reverse("sheet-row", args=[*at, NO_ROW]),
        "session": reverse("session-state"),
        "sign_in": reverse("sign-in"),
        "decide": reverse("submission-settle", args=[submission.pk]),
    }


def _forms(
    grid: Grid, rows: list[SubmissionRow], start: int, *, whole: bool
) -> list[dict[str, Any]]:
    return [
        {"line": grid.first_line + at, "row": row, "form": RowForm.of(grid, row, whole=whole)}
        for at, row in enumerate(rows[start : start + FORMS_A_PAGE], start=start)
    ]


@login_required
@never_cache
@require_POST
def save_sheet(request: Signed, pk: int, annex: int) -> HttpResponse:
    """A batch of operations: `{"since", "operations": […]}`. 400 what is none of ours, 403 with
    the reason when the sheet takes no changes now."""
    submission, grid = submission_of(request, pk), grid_of(annex)
    try:
        given = json.loads(request.body)
        operations = read_operations(given.get("operations"))
        saved = save_operations(submission, grid, operations, by=request.user)
    except (BadBatch, ValueError, AttributeError):
        return JsonResponse({"reason": "认不出这一批改动。"}, status=400)
    except Refused as refusal:
        return JsonResponse({"reason": refusal.reason, "locked": True}, status=403)
    return JsonResponse(_answer(request, saved, grid, str(given.get("since", ""))))


def _answer(request: Signed, saved: Saved, grid: Grid, since: str) -> dict[str, Any]:
    news = _news(request, saved.submission, grid, saved.scan, since)
    outcomes = {str(pk): outcome.to_json() for pk, outcome in saved.outcomes.items()}
    moment = saved.submission.saved_at or now()
    return news | {"outcomes": outcomes, "saved_at": f"{timezone.localtime(moment):%H:%M:%S}"}


def _news(
    request: Signed, submission: Submission, grid: Grid, scan: Scan, since: str
) -> dict[str, Any]:
    """What the page does not know yet."""
    whole = sees_numbers(request.user, submission)
    rows = changed_since(submission, grid, since)
    latest = max((row.changed_at.isoformat() for row in rows), default=since)
    return {
        "rows": rows_json(submission, rows, scan, (), whole=whole),
        "order": [str(row.key) for row in scan.rows[grid.annex]] if rows else None,
        "since": latest,
        **state_json(submission, grid, scan, whole=whole),
    }


@login_required
@never_cache
@require_GET
def sheet_state(request: Signed, pk: int, annex: int) -> HttpResponse:
    """What others wrote since `?since=`, and whether the sheet still takes changes."""
    submission, grid = submission_of(request, pk), grid_of(annex)
    verdict = may_edit_sheet(request.user, submission)
    since = request.GET.get("since", "")
    if not changed_since(submission, grid, since):
        return JsonResponse({"editable": bool(verdict), "reason": verdict.reason})
    news = _news(request, submission, grid, scan_submission(submission), since)
    return JsonResponse(news | {"editable": bool(verdict), "reason": verdict.reason})
