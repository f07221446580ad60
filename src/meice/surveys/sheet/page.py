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
from meice.engines.outlets import PLATFORMS
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import Remark, Submission, SubmissionRow
from meice.surveys.rows import CellFault
from meice.surveys.sheet.columns import PROBLEM_ALIASES, Grid
from meice.surveys.sheet.scan import PHONES, Scan

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


def sheet_json(submission: Submission, grid: Grid, scan: Scan, *, whole: bool) -> Json:
    """Rows and what was found of them; `whole` shows phone numbers in full."""
    rows = scan.rows[grid.annex]
    remarks = _remarks(submission, grid)
    since = max((row.changed_at for row in rows), default=None)
    return {
        "annex": int(grid.annex),
        "first": grid.first_line,
        "columns": columns_json(grid),
        "rows": rows_json(submission, rows, scan, remarks, whole=whole),
        "since": since.isoformat() if since else "",
        **state_json(submission, grid, scan, remarks, whole=whole),
    }


def state_json(
    submission: Submission,
    grid: Grid,
    scan: Scan,
    remarks: Sequence[Remark] | None = None,
    *,
    whole: bool,
) -> Json:
    """What changes with every save beside the rows: findings, differences, remarks, counts."""
    remarks = _remarks(submission, grid) if remarks is None else remarks
    keys = {row.pk: str(row.key) for row in scan.rows[grid.annex]}
    return {
        "faults": _faults_json(scan, grid, keys, whole=whole),
        "differences": _differences_json(scan, keys) if grid.annex is Annex.BASIC else [],
        "remarks": [_remark_json(each, keys) for each in remarks],
        "counts": {
            "rows": scan.row_count,
            "errors": scan.examined.errors,
            "warnings": scan.examined.warnings,
            "tabs": {str(int(annex)): scan.errors_of(annex) for annex in scan.rows},
        },
    }


def rows_json(
    submission: Submission,
    rows: Iterable[SubmissionRow],
    scan: Scan,
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
            "register": _cells(scan.known[row.pk], whole=whole) if row.pk in scan.known else None,
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
    if not submission.round:
        return []  # the department speaks of what was reported
    mine = Remark.objects.filter(submission=submission, annex=int(grid.annex))
    return list(mine.select_related("row").order_by("pk"))


def _faults_json(scan: Scan, grid: Grid, keys: Mapping[int, str], *, whole: bool) -> list[Json]:
    cells = {row.pk: row.cells for row in scan.rows[grid.annex]}
    return [
        _fault_json(scan, fault, number, cells.get(fault.row or 0, {}), keys, whole=whole)
        for number, fault in enumerate(scan.faults_of(grid.annex), start=1)
    ]


def _fault_json(
    scan: Scan,
    fault: CellFault,
    number: int,
    cells: Mapping[str, str],
    keys: Mapping[int, str],
    *,
    whole: bool,
) -> Json:
    mend = scan.mend_of(fault, cells) if whole else None
    message = scan.message_of(fault)
    return {
        "number": number,
        "code": fault.code.value,
        "severity": fault.severity.value,
        "row": keys.get(fault.row or 0),
        "column": fault.column,
        "cell": fault.cell,
        "message": message if whole else mask_numbers(message),
        "mend": {"label": mend.label, "value": mend.value} if mend else None,
    }


def _differences_json(scan: Scan, keys: Mapping[int, str]) -> list[Json]:
    return [
        {
            "key": each.key,
            "odd": each.odd.value,
            "name": each.name,
            "item": each.item,
            "old": each.old,
            "new": each.new,
            "columns": list(each.columns),
            "column": each.column,
            "row": keys.get(each.row or 0),
            "about": {"row": each.row or "", "outlet": each.outlet or ""},
            "acts": [{"act": act.value, "label": str(act.label)} for act in each.acts],
            "decided": str(each.decided.get_act_display()) if each.decided else "",
        }
        for each in scan.differences
    ]


def _remark_json(each: Remark, keys: Mapping[int, str]) -> Json:
    now_says = each.row.cells.get(each.column, "") if each.row else ""
    is_phone = each.column in PHONES
    said = [mask_numbers(text) if is_phone else text for text in (each.was, now_says)]
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
