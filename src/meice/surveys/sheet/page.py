"""What the page of a sheet is told, as JSON for its script: columns, rows, findings, differences.

Phone numbers of a reader who need not see them are masked here, before anything is rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from meice.engines.annexes.model import Annex
from meice.engines.annexes.read.values import DASHES, NO_WORDS, NOT_NEEDED, YES_WORDS
from meice.engines.marks import mask_mobile
from meice.engines.outlets import PLATFORMS
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import Remark, Submission, SubmissionRow
from meice.surveys.sheet.checking import Finding
from meice.surveys.sheet.columns import PROBLEM_ALIASES, Grid
from meice.surveys.sheet.register import Difference
from meice.surveys.sheet.scan import Findings

Json = dict[str, Any]


def words_json() -> Json:
    """The engine's aliases, so that the browser folds as the server does (hints only)."""
    return {
        "yes": sorted(YES_WORDS),
        "no": sorted(NO_WORDS),
        "dashes": sorted(DASHES | NOT_NEEDED),
        "platforms": {
            written: platform.name
            for platform in PLATFORMS
            for written in (platform.name, *platform.aliases)
        },
        "problems": dict(PROBLEM_ALIASES),
    }


def columns_json(grid: Grid) -> list[Json]:
    """The columns in their order; `titles` are the headings a pasted block is known by."""
    return [
        {
            "key": column.key,
            "title": column.title,
            "short": column.short,
            "letter": column.letter,
            "holds": column.holds.value,
            "choices": list(column.choices),
            "titles": list(column.titles),
        }
        for column in grid.columns
    ]


def sheet_json(submission: Submission, grid: Grid, findings: Findings, *, whole: bool) -> Json:
    """Rows and what was found of them; `whole` shows phone numbers in full."""
    rows = findings.rows[grid.annex]
    remarks = _remarks(submission, grid)
    since = max((row.changed_at for row in rows), default=None)
    return {
        "annex": int(grid.annex),
        "first": grid.first_line,
        "columns": columns_json(grid),
        "rows": rows_json(submission, rows, findings, remarks, whole=whole),
        "since": since.isoformat() if since else "",
        **state_json(submission, grid, findings, remarks, whole=whole),
    }


def state_json(
    submission: Submission,
    grid: Grid,
    findings: Findings,
    remarks: Sequence[Remark] | None = None,
    *,
    whole: bool,
) -> Json:
    """What changes with every save beside the rows: findings, differences, remarks, counts."""
    remarks = _remarks(submission, grid) if remarks is None else remarks
    keys = {row.pk: str(row.key) for row in findings.rows[grid.annex]}
    is_basic = grid.annex is Annex.BASIC
    differences = findings.differences if is_basic else ()
    return {
        "findings": [
            _finding_json(each, keys, whole=whole) for each in findings.by_annex[grid.annex]
        ],
        "differences": [_difference_json(each, keys) for each in differences],
        "remarks": [_remark_json(each, findings, keys) for each in remarks],
        "counts": {
            "rows": findings.row_count,
            "errors": findings.error_count,
            "warnings": findings.warning_count,
            "tabs": {str(int(annex)): findings.errors_of(annex) for annex in findings.by_annex},
        },
    }


def rows_json(
    submission: Submission,
    rows: Iterable[SubmissionRow],
    findings: Findings,
    remarks: Sequence[Remark],
    *,
    whole: bool,
) -> list[Json]:
    """The rows as cells; `raw` of what was mended, `register` of what the ledger knows."""
    return [
        {
            "key": str(row.key),
            "pk": row.pk,
            "version": row.version,
            "cells": _cells(row.cells, whole=whole),
            "raw": _cells(_mended(row), whole=whole),
            "register": _cells(findings.known[row.pk], whole=whole)
            if row.pk in findings.known
            else None,
            "changed": _changed(submission, row),
            "removed": row.removed,
        }
        for row in rows
    ]


def changed_since(submission: Submission, grid: Grid, since: str) -> list[SubmissionRow]:
    """Rows of the annex written after the moment `since` (ISO), removed ones too; all without."""
    rows = SubmissionRow.objects.filter(submission=submission, annex=int(grid.annex))
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        return list(rows)
    return list(rows.filter(changed_at__gt=moment).select_related("changed_by"))


def _cells(cells: Mapping[str, str], *, whole: bool) -> dict[str, str]:
    return dict(cells) if whole else {key: mask_numbers(text) for key, text in cells.items()}


def _mended(row: SubmissionRow) -> dict[str, str]:
    return {
        column: str(mark.get("raw", ""))
        for column, mark in row.marks.items()
        if mark.get("raw", "") != row.cells.get(column, "")
    }


def _changed(submission: Submission, row: SubmissionRow) -> list[str]:
    """The cells written since the department last decided: what a resubmission shows."""
    since = submission.decided_at.isoformat() if submission.decided_at else ""
    if not since:
        return []
    return [key for key, mark in row.marks.items() if str(mark.get("at", "")) > since]


def _remarks(submission: Submission, grid: Grid) -> list[Remark]:
    mine = Remark.objects.filter(submission=submission, annex=int(grid.annex))
    return list(mine.select_related("row").order_by("pk"))


def _finding_json(each: Finding, keys: Mapping[int, str], *, whole: bool) -> Json:
    return {
        "number": each.number,
        "code": each.code.value,
        "severity": each.severity.value,
        "row": keys.get(each.row or 0),
        "column": each.column,
        "cell": each.cell,
        "message": each.message if whole else mask_numbers(each.message),
        "mend": {"label": each.mend.label, "value": each.mend.value}
        if each.mend and whole
        else None,
    }


def _difference_json(each: Difference, keys: Mapping[int, str]) -> Json:
    return {
        "odd": each.odd.value,
        "name": each.name,
        "item": each.item,
        "old": each.old,
        "new": each.new,
        "columns": list(each.columns),
        "column": each.column,
        "row": keys.get(each.row or 0),
        "row_pk": each.row,
        "outlet": each.outlet,
        "acts": [{"act": act.value, "label": str(act.label)} for act in each.acts],
        "decided": str(each.decided.label) if each.decided else "",
    }


def _remark_json(each: Remark, findings: Findings, keys: Mapping[int, str]) -> Json:
    now_says = each.row.cells.get(each.column, "") if each.row else ""
    is_phone = each.column in ("responsible_mobile", "operator_phone")
    said = [mask_mobile(text) if is_phone and text else text for text in (each.was, now_says)]
    return {
        "row": keys.get(each.row_id or 0),
        "column": each.column,
        "place": each.place,
        "text": each.text,
        "by": each.by_name,
        "at": timezone.localtime(each.at).strftime("%m-%d %H:%M"),
        "was": said[0],
        "now": said[1],
        "resolved": each.resolved_at is not None,
    }
