"""One row of a sheet by plain forms: without JavaScript, on a phone, after a conflict."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meice.engines.annexes.model import Annex
from meice.kernel.http import visible_or_404
from meice.surveys.actions.sheet import Saved, save_operations
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.sheet.columns import CHOICES, Grid
from meice.surveys.sheet.operations import Deed, Operation, Result
from meice.surveys.sheet.paperform import newly_marked
from meice.surveys.sheet.policies import sees_numbers
from meice.surveys.sheet.rowform import Opened, RowForm, conflict_of, operations_of
from meice.surveys.sheet.scan import scan_submission
from meice.surveys.views.common import Signed
from meice.surveys.views.sheet import edited_grid_of, frame, submission_of
from meice.surveys.views.sheet_form import add_form_of, form_page, posted_cells, wanted_cells


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def edit_row(request: Signed, pk: int, annex: int, row: uuid.UUID) -> HttpResponse:
    """One row (annex 3: one form) by a plain form; two people at one cell get the conflict page
    (picture 16)."""
    submission, grid = submission_of(request, pk), edited_grid_of(annex)
    rows = SubmissionRow.objects.of_annex(grid.annex).filter(submission=submission)
    record = visible_or_404(rows.select_related("changed_by", "outlet__unit"), key=row)
    page = form_page if grid.annex is Annex.FILING else _row_page
    if request.method == "GET":
        return page(request, submission, grid, record, _form(request, submission, grid, record))
    opened = Opened.read(request.POST.get("version", ""), record)
    form = RowForm(grid, opened.cells | posted_cells(request.POST.dict()), opened)
    if request.POST.get("way") == "back":
        return page(request, submission, grid, record, form)
    conflict = conflict_of(grid, record, opened, wanted_cells(form, record))
    if conflict.clashes and (conflict.undecided(request.POST.dict())):
        return render(request, "web/conflict.html", {"conflict": conflict}, status=409)
    mine = conflict.resolve(request.POST.dict())
    if grid.annex is Annex.FILING and (marks := newly_marked(record.cells, record.cells | mine)):
        messages.info(request, f"改了的栏目已标为变更 {marks} 项，原来的值写在旁边。")
    return _save_row(request, submission, grid, operations_of(record, opened, mine), record)


def _row_page(
    request: Signed, submission: Submission, grid: Grid, record: SubmissionRow, form: RowForm
) -> HttpResponse:
    scan = scan_submission(submission)
    page = frame(request, submission, int(grid.annex), scan)
    whole = sees_numbers(request.user, submission)
    faults = [
        {"is_error": fault.is_error, "message": said if whole else mask_numbers(said)}
        for fault in scan.faults_of(grid.annex)
        if fault.row == record.pk
        for said in (scan.message_of(fault),)
    ]
    line = scan.examined.lines.get(record.pk, grid.first_line + len(scan.rows[grid.annex]) - 1)
    remarks = record.remarks.filter(resolved_at=None)
    lists = {holds.value: words for holds, words in CHOICES.items()}
    page |= {"row": record, "form": form, "faults": faults, "grid": grid, "lists": lists}
    return render(request, "surveys/sheet_row.html", page | {"line": line, "remarks": remarks})


def _form(request: Signed, submission: Submission, grid: Grid, record: SubmissionRow) -> RowForm:
    return RowForm.of(grid, record, whole=sees_numbers(request.user, submission))


def _save_row(
    request: Signed,
    submission: Submission,
    grid: Grid,
    operations: list[Operation],
    record: SubmissionRow | None = None,
) -> HttpResponse:
    """Save, and back to the table; a form of annex 3 stays open."""
    saved = save_operations(submission, grid, operations, by=request.user)
    _tell(request, saved)
    at = [submission.pk, int(grid.annex)]
    if record is not None and grid.annex is Annex.FILING:
        return HttpResponseRedirect(reverse("sheet-row", args=[*at, record.key]))
    return HttpResponseRedirect(reverse("sheet-annex", args=at))


def _tell(request: Signed, saved: Saved) -> None:
    """Say what was saved, and every reason for what was not."""
    outcomes = list(saved.outcomes.values())
    for outcome in outcomes:
        if outcome.result is not Result.SAVED:
            messages.warning(request, outcome.reason or "有人先改了这一格，你的没有存。")
    kept = sum(outcome.result is Result.SAVED for outcome in outcomes)
    if kept:
        moment = timezone.localtime(saved.submission.saved_at or timezone.now())
        errors = saved.scan.examined.errors
        state = f"还有 {errors} 处错误。" if errors else "没有错误。"
        messages.success(request, f"已存 {moment:%H:%M:%S}，{state}")


@login_required
@require_POST
def add_row(request: Signed, pk: int, annex: int) -> HttpResponse:
    """An empty row at the end, by a plain form; `row` comes from the form, so twice makes one."""
    submission, grid = submission_of(request, pk), edited_grid_of(annex)
    key = _uuid(request.POST.get("row", "")) or uuid.uuid4()
    if grid.annex is Annex.FILING:
        return add_form_of(request, submission, key)
    operation = Operation(uuid.uuid5(key, "add"), Deed.ADD, key)
    save_operations(submission, grid, [operation], by=request.user)
    return HttpResponseRedirect(reverse("sheet-row", args=[pk, annex, key]))


@login_required
@require_POST
def remove_row(request: Signed, pk: int, annex: int, row: uuid.UUID) -> HttpResponse:
    """Take a row out; it stays in the database and can be put back."""
    submission, grid = submission_of(request, pk), edited_grid_of(annex)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
    operation = Operation(uuid.uuid4(), Deed.REMOVE, row, version)
    return _save_row(request, submission, grid, [operation])


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
