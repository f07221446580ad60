"""The sheet of a submission: the page, its saves, and the same work by plain forms."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.engines.annexes.model import Annex
from meice.kernel.access import Refused
from meice.kernel.http import Page, visible_or_404
from meice.surveys.actions.sheet import Saved, save_operations
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.sheet.columns import GRIDS, Grid
from meice.surveys.sheet.operations import BadBatch, Deed, Operation, Result, read_operations
from meice.surveys.sheet.page import (
    changed_since,
    rows_json,
    sheet_json,
    state_json,
    words_json,
)
from meice.surveys.sheet.policies import may_edit_sheet, sees_numbers
from meice.surveys.sheet.rowform import Opened, RowForm, conflict_of, operations_of
from meice.surveys.sheet.scan import Findings, scan_submission
from meice.surveys.sheet.tabs import tabs_of
from meice.surveys.sheet.whole import computed_counts, filing_forms
from meice.surveys.views.common import reader

FORMS_A_PAGE = 20


def _submission(request: HttpRequest, pk: int) -> Submission:
    seen = Submission.objects.visible_to(reader(request))
    return visible_or_404(seen.select_related("campaign", "unit", "filled_by"), pk=pk)


def _grid(number: int) -> Grid:
    if number not in GRIDS:
        raise Http404
    return GRIDS[Annex(number)]


@login_required
@never_cache
@require_GET
def sheet(request: HttpRequest, pk: int, annex: int = 1) -> HttpResponse:
    """One annex of the submission, to be edited as a sheet; 2 is computed, 3 a list of forms."""
    submission = _submission(request, pk)
    if annex not in {int(each) for each in Annex}:
        raise Http404
    findings = scan_submission(submission)
    page = _frame(request, submission, annex, findings)
    if Annex(annex) in GRIDS:
        page |= _grid_page(request, submission, GRIDS[Annex(annex)], findings)
        return render(request, "surveys/sheet.html", page)
    if annex == Annex.COUNTS:
        return render(request, "surveys/sheet_counts.html", page | computed_counts(submission))
    return render(request, "surveys/sheet_filings.html", page | filing_forms(submission))


def _frame(
    request: HttpRequest, submission: Submission, annex: int, findings: Findings
) -> dict[str, Any]:
    person = reader(request)
    return {
        "submission": submission,
        "findings": findings,
        "annex": annex,
        "may_edit": may_edit_sheet(person, submission),
        "tabs": tabs_of(submission, annex, findings),
        "moment": timezone.now(),
    }


def _grid_page(
    request: HttpRequest, submission: Submission, grid: Grid, findings: Findings
) -> dict[str, Any]:
    whole = sees_numbers(reader(request), submission)
    verdict = may_edit_sheet(reader(request), submission)
    data = sheet_json(submission, grid, findings, whole=whole)
    data |= {
        "words": words_json(),
        "editable": bool(verdict),
        "reason": verdict.reason,
        "store": f"meice.sheet.{submission.pk}.{int(grid.annex)}.{reader(request).pk}",
        "reader": str(reader(request).pk),
        "urls": _urls(submission, grid),
    }
    rows = Page.of(request, list(findings.rows[grid.annex]), size=FORMS_A_PAGE)
    return {"grid": grid, "data": data, "row_page": rows, "row_forms": _forms(grid, rows.rows)}


def _urls(submission: Submission, grid: Grid) -> dict[str, str]:
    at = [submission.pk, int(grid.annex)]
    return {
        "save": reverse("sheet-save", args=at),
        "state": reverse("sheet-state", args=at),
        "row": reverse("sheet-row", args=[*at, uuid.UUID(int=0)]),
        "session": reverse("session"),
        "sign_in": reverse("sign-in"),
    }


def _forms(grid: Grid, rows: Any) -> list[tuple[SubmissionRow, RowForm]]:
    return [(row, RowForm.of(grid, row)) for row in rows]


@login_required
@never_cache
@require_POST
def save_sheet(request: HttpRequest, pk: int, annex: int) -> HttpResponse:
    """A batch of operations: `{"since", "operations": […]}`. 400 what is none of ours, 403 with
    the reason when the sheet takes no changes now."""
    submission, grid = _submission(request, pk), _grid(annex)
    try:
        given = json.loads(request.body)
        operations = read_operations(given.get("operations"))
        saved = save_operations(submission, grid, operations, by=reader(request))
    except (BadBatch, ValueError, AttributeError):
        return JsonResponse({"reason": "认不出这一批改动。"}, status=400)
    except Refused as refusal:
        return JsonResponse({"reason": refusal.reason, "locked": True}, status=403)
    return JsonResponse(_answer(request, saved, grid, str(given.get("since", ""))))


def _answer(request: HttpRequest, saved: Saved, grid: Grid, since: str) -> dict[str, Any]:
    news = _news(request, saved.submission, grid, saved.findings, since)
    outcomes = {str(pk): outcome.to_json() for pk, outcome in saved.outcomes.items()}
    moment = saved.submission.saved_at or timezone.now()
    return news | {"outcomes": outcomes, "saved_at": f"{timezone.localtime(moment):%H:%M:%S}"}


def _news(
    request: HttpRequest, submission: Submission, grid: Grid, findings: Findings, since: str
) -> dict[str, Any]:
    """What the page does not know yet."""
    whole = sees_numbers(reader(request), submission)
    rows = changed_since(submission, grid, since)
    latest = max((row.changed_at.isoformat() for row in rows), default=since)
    return {
        "rows": rows_json(submission, rows, findings, (), whole=whole),
        "order": [str(row.key) for row in findings.rows[grid.annex]] if rows else None,
        "since": latest,
        **state_json(submission, grid, findings, whole=whole),
    }


@login_required
@never_cache
@require_GET
def sheet_state(request: HttpRequest, pk: int, annex: int) -> HttpResponse:
    """What others wrote since `?since=`, and whether the sheet still takes changes."""
    submission, grid = _submission(request, pk), _grid(annex)
    verdict = may_edit_sheet(reader(request), submission)
    since = request.GET.get("since", "")
    if not changed_since(submission, grid, since):
        return JsonResponse({"editable": bool(verdict), "reason": verdict.reason})
    news = _news(request, submission, grid, scan_submission(submission), since)
    return JsonResponse(news | {"editable": bool(verdict), "reason": verdict.reason})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def edit_row(request: HttpRequest, pk: int, annex: int, row: uuid.UUID) -> HttpResponse:
    """One row by a plain form; two people at one cell get the conflict page (picture 16)."""
    submission, grid = _submission(request, pk), _grid(annex)
    rows = SubmissionRow.objects.of_annex(grid.annex).filter(submission=submission)
    record = visible_or_404(rows.select_related("changed_by"), key=row)
    if request.method == "GET":
        return _row_page(request, submission, grid, record, RowForm.of(grid, record))
    opened = Opened.read(request.POST.get("version", ""), record)
    form = RowForm(grid, opened.cells | request.POST.dict())
    if request.POST.get("way") == "back":
        return _row_page(request, submission, grid, record, form.opened_at(opened))
    conflict = conflict_of(grid, record, opened, form.mine())
    if conflict.clashes and (conflict.undecided(request.POST.dict())):
        return render(request, "web/conflict.html", {"conflict": conflict}, status=409)
    mine = conflict.resolve(request.POST.dict())
    return _save_row(request, submission, grid, operations_of(record, opened, mine))


def _row_page(
    request: HttpRequest, submission: Submission, grid: Grid, record: SubmissionRow, form: RowForm
) -> HttpResponse:
    findings = scan_submission(submission)
    page = _frame(request, submission, int(grid.annex), findings)
    faults = [each for each in findings.by_annex[grid.annex] if each.row == record.pk]
    place = next(
        (at for at, row in enumerate(findings.rows[grid.annex]) if row.pk == record.pk), 0
    )
    page |= {"row": record, "form": form, "faults": faults, "grid": grid}
    return render(request, "surveys/sheet_row.html", page | {"line": grid.first_line + place})


def _save_row(
    request: HttpRequest, submission: Submission, grid: Grid, operations: list[Operation]
) -> HttpResponse:
    saved = save_operations(submission, grid, operations, by=reader(request))
    _tell(request, saved)
    return HttpResponseRedirect(reverse("sheet-annex", args=[submission.pk, int(grid.annex)]))


def _tell(request: HttpRequest, saved: Saved) -> None:
    """Say what was saved, and every reason for what was not."""
    outcomes = list(saved.outcomes.values())
    for outcome in outcomes:
        if outcome.result is not Result.SAVED:
            messages.warning(request, outcome.reason or "有人先改了这一格，你的没有存。")
    kept = sum(outcome.result is Result.SAVED for outcome in outcomes)
    if kept:
        moment = timezone.localtime(saved.submission.saved_at or timezone.now())
        errors = saved.findings.error_count
        state = f"还有 {errors} 处错误。" if errors else "没有错误。"
        messages.success(request, f"已存 {moment:%H:%M:%S}，{state}")


@login_required
@require_POST
def add_row(request: HttpRequest, pk: int, annex: int) -> HttpResponse:
    """An empty row at the end, by a plain form; `row` comes from the form, so twice makes one."""
    submission, grid = _submission(request, pk), _grid(annex)
    key = _uuid(request.POST.get("row", "")) or uuid.uuid4()
    operation = Operation(uuid.uuid5(key, "add"), Deed.ADD, key)
    save_operations(submission, grid, [operation], by=reader(request))
    return HttpResponseRedirect(reverse("sheet-row", args=[pk, annex, key]))


@login_required
@require_POST
def remove_row(request: HttpRequest, pk: int, annex: int, row: uuid.UUID) -> HttpResponse:
    """Take a row out; it stays in the database and can be put back."""
    submission, grid = _submission(request, pk), _grid(annex)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
    operation = Operation(uuid.uuid4(), Deed.REMOVE, row, version)
    return _save_row(request, submission, grid, [operation])


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
