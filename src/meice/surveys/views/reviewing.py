"""The department reads what was reported, row by row, and marks single cells."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from meice.engines.annexes.model import Annex
from meice.engines.marks import mask_mobile
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.surveys import policies
from meice.surveys.actions import deciding
from meice.surveys.actions.deciding import RemarkDraft
from meice.surveys.forms.submission import RemarkForm, ReturnForm
from meice.surveys.models import Remark, Submission, SubmissionRow
from meice.surveys.rows import SHEET_COLUMNS, is_blank
from meice.surveys.rows.texts import CHANGED
from meice.surveys.views.overview import overview_of
from meice.surveys.views.seen import oversees, person, submission_or_404

PHONES = ("responsible_mobile", "operator_phone", "phone")
FIRST_LINE = {1: 5, 4: 4}


@login_required
@require_GET
def review(request: HttpRequest, pk: int, annex: int = 1) -> HttpResponse:
    """The rows of one annex, read only, mobiles masked; a form for a remark under them."""
    found = _reviewed(request, pk)
    return _page(request, found, annex)


def _reviewed(request: HttpRequest, pk: int) -> Submission:
    found = submission_or_404(request, pk)
    if not oversees(person(request), found.campaign):
        raise Http404
    return found


def _page(
    request: HttpRequest, found: Submission, annex: int, status: int = 200, refusal: str = ""
) -> HttpResponse:
    if annex not in {int(each) for each in found.campaign.annex_list}:
        raise Http404
    view = overview_of(found)
    remarks = list(found.remarks.filter(resolved_at=None).select_related("row"))
    marked = {(remark.row_id, remark.column) for remark in remarks}
    columns = [] if annex == 2 else [c for c in SHEET_COLUMNS[Annex(annex)] if c.key != "number"]
    faulty = {(fault.row, fault.column): fault for fault in view.faults}
    context: dict[str, Any] = {
        "submission": found,
        "campaign": found.campaign,
        "view": view,
        "annex": annex,
        "tabs": [int(each) for each in found.campaign.annex_list],
        "columns": columns,
        "lines": [
            _line(row, at, annex, columns, faulty, marked)
            for at, row in enumerate(_rows(view.rows, annex))
        ],
        "remarks": [(remark, where_of(remark)) for remark in remarks],
        "return_form": ReturnForm(),
        "may_return": policies.may_return_submission(found, person(request)),
        "may_accept": policies.may_accept_submission(found, person(request)),
        "is_open": found.status == "reported",
        "refusal": refusal,
    }
    return render(request, "surveys/submission_review.html", context, status=status)


def _rows(rows: Any, annex: int) -> list[SubmissionRow]:
    return [row for row in rows if row.annex == annex and not is_blank(row.cells)]


def _line(
    row: SubmissionRow, at: int, annex: int, columns: Any, faulty: Any, marked: Any
) -> dict[str, Any]:
    """The cells of a row as they are read: masked, with what is wrong or marked."""
    return {
        "row": row,
        "number": at + FIRST_LINE.get(annex, 1),
        "cells": [
            {
                "column": column,
                "text": shown_text(column.key, row.cells.get(column.key, "")),
                "old": row.cells.get(f"{CHANGED}{column.key}", ""),
                "fault": faulty.get((row.pk, column.key)),
                "is_marked": (row.pk, column.key) in marked,
            }
            for column in columns
        ],
    }


def shown_text(key: str, text: str) -> str:
    """A telephone number is masked where it is only read."""
    return mask_mobile(text) if key.rpartition(".")[2] in PHONES and text else text


def where_of(remark: Remark) -> str:
    """`附件1 华园数信 · 是否整改`."""
    mark = f"附件{remark.annex}"
    if remark.row is None:
        return f"{mark} {remark.place}".strip()
    titles = {column.key: column.title for column in SHEET_COLUMNS[Annex(remark.annex)]}
    cell = titles.get(remark.column, "整行")
    return f"{mark} {remark.row.cells.get('name', '')} · {cell}"


@login_required
@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one cell with what is to be mended there."""
    found = _reviewed(request, pk)
    form = RemarkForm(request.POST)
    annex = _number(request.POST.get("annex", "1"))
    if not form.is_valid():
        return _page(request, found, annex, 422, "选一格，写明要改什么。")
    values = form.cleaned_data
    rows = SubmissionRow.objects.filter(submission=found)
    row = get_object_or_404(rows, pk=values["row"]) if values["row"] else None
    draft = RemarkDraft(values["annex"], values["text"], row, values["column"], values["place"])
    try:
        deciding.add_remark(found, draft, by=person(request), at=now())
    except Refused as refusal:
        return _page(request, found, annex, 403, refusal.reason)
    return redirect(f"{reverse('submission-review', args=[pk, annex])}#h-remarks")


def _number(text: str) -> int:
    return int(text) if text in ("1", "2", "3", "4") else 1


@login_required
@require_POST
def drop_remark(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Take a remark back before it is sent."""
    found = _reviewed(request, pk)
    chosen = get_object_or_404(found.remarks.select_related("submission"), pk=remark)
    deciding.drop_remark(chosen, by=person(request))
    return redirect("submission-review", pk, chosen.annex)
