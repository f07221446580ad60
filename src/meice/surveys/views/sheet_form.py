"""The forms of annex 3 in the sheet: one page a form, one more, and annex 4 written after them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from meice.engines.annexes.columns import FILING_KINDS
from meice.engines.annexes.model import Annex
from meice.registry.entry import entry_of
from meice.surveys.actions import papers
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.rows.prefill import form_cells
from meice.surveys.rows.texts import CHANGED
from meice.surveys.sheet.columns import PLATFORM_NAMES, Grid
from meice.surveys.sheet.paperform import UNMARKED, PaperForm, paper_form, with_marks
from meice.surveys.sheet.policies import sees_numbers
from meice.surveys.sheet.register import outlets_by_key
from meice.surveys.sheet.rowform import RowForm
from meice.surveys.sheet.scan import Scan, scan_submission
from meice.surveys.views.common import Signed
from meice.surveys.views.sheet import frame, submission_of


def posted_cells(posted: Mapping[str, str]) -> dict[str, str]:
    """The cells of a posted form; 再标一项 is a mark under the key that was chosen."""
    cells = dict(posted)
    chosen, old = posted.get("mark", ""), posted.get("mark_old", "").strip()
    return cells | ({f"{CHANGED}{chosen}": old} if chosen and old else {})


def wanted_cells(form: RowForm, record: SubmissionRow) -> dict[str, str]:
    """What she wants of the row; a form of annex 3 with its change marks."""
    mine = form.mine()
    if form.grid.annex is not Annex.FILING:
        return mine
    return with_marks(mine, form.opened.cells, _registered(record))


def _registered(record: SubmissionRow) -> dict[str, str]:
    """What the register would write into the form; nothing for an account it does not know."""
    outlet = record.outlet
    if outlet is None:
        return {}
    return form_cells(entry_of(outlet), outlet.platform_name, outlet.unit.name, "")


def form_page(
    request: Signed, submission: Submission, grid: Grid, record: SubmissionRow, form: RowForm
) -> HttpResponse:
    """One form of annex 3, its marks, its faults at their cells."""
    scan = scan_submission(submission)
    page = frame(request, submission, int(grid.annex), scan)
    keys = [row.key for row in scan.rows[grid.annex]]
    at = keys.index(record.key) if record.key in keys else len(keys) - 1
    paper = _paper(request, submission, record, form, scan)
    marked = {field.field.column.key for field in paper.marked}
    page |= {
        "row": record,
        "form": form,
        "paper": paper,
        "line": at + 1,
        "total": len(keys),
        "before": keys[at - 1] if at > 0 else None,
        "after": keys[at + 1] if at + 1 < len(keys) else None,
        "lists": {"platform": PLATFORM_NAMES},
        "kinds": FILING_KINDS,
        "markable": [
            column
            for column in grid.columns
            if not column.key.startswith(CHANGED) and column.key not in (*UNMARKED, *marked)
        ],
        "loose": [
            scan.message_of(fault)
            for fault in scan.faults_of(grid.annex)
            if fault.row == record.pk and grid.column(fault.column) is None
        ],
    }
    return render(request, "surveys/sheet_form.html", page)


def _paper(
    request: Signed, submission: Submission, record: SubmissionRow, form: RowForm, scan: Scan
) -> PaperForm:
    whole = sees_numbers(request.user, submission)
    faults = [fault for fault in scan.faults_of(Annex.FILING) if fault.row == record.pk]
    said = {at: scan.message_of(fault) for at, fault in enumerate(faults)}
    told = {at: text if whole else mask_numbers(text) for at, text in said.items()}
    remarks = {
        each.column: f"{each.by_name}退回意见：{each.text}"
        for each in record.remarks.filter(resolved_at=None)
    }
    return paper_form(form, faults, remarks, told)


def add_form_of(request: Signed, submission: Submission, key: uuid.UUID) -> HttpResponse:
    """加一份: for an account of the unit (filled in from the register) or an empty one."""
    chosen = request.POST.get("outlet", "")
    is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 15
    outlet = outlets_by_key(submission).get(int(chosen)) if is_number else None
    kind = request.POST.get("kind", "")
    papers.add_form(
        submission, key, outlet=outlet, kind=kind if kind in FILING_KINDS else "", by=request.user
    )
    return HttpResponseRedirect(reverse("sheet-row", args=[submission.pk, 3, key]))


@login_required
@require_POST
def follow_forms(request: Signed, pk: int) -> HttpResponse:
    """按附件3 更新附件4."""
    submission = submission_of(request, pk)
    key = _uuid(request.POST.get("row", ""))
    written = papers.follow_forms(submission, key, by=request.user)
    words = f"附件4 已按附件3 更新 {written} 行。" if written else "附件4 和附件3 本来就一致。"
    messages.success(request, words)
    return HttpResponseRedirect(reverse("sheet-annex", args=[submission.pk, 4]))


def _uuid(text: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return uuid.uuid4()
