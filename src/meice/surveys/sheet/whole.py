"""The annexes that are no sheet: 2 is computed and shown, 3 is a list of forms."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from meice.engines.annexes.columns import COUNT_COLUMNS, FILING_KINDS
from meice.engines.annexes.model import Annex
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.rows import counts_of, office_holders_of, own_counts
from meice.surveys.rows.texts import marks_of
from meice.surveys.sheet.register import besides_of
from meice.surveys.sheet.scan import Scan


@dataclass(frozen=True, slots=True)
class CountLine:
    """A row of annex 2: the computed cells, and the unit's own where they differ."""

    item: str
    cells: tuple[tuple[str, str], ...]
    note: str = ""


def computed_counts(submission: Submission, scan: Scan) -> dict[str, Any]:
    """Annex 2 as computed, cell by cell beside what the unit handed in itself."""
    holders = office_holders_of(submission.unit, besides_of(submission))
    rows = counts_of(scan.rows[Annex.BASIC], holders)
    own = {row.item: row for row in own_counts(scan.header)}
    lines = []
    for row in rows:
        mine = own.get(row.item)
        told = {**mine.counts, "total": mine.total} if mine else {}
        said = {**row.counts, "total": row.total}
        cells = tuple(
            (_text(said[key]), _odd(said[key], told.get(key)) if mine else "")
            for key in (*COUNT_COLUMNS, "total")
        )
        lines.append(CountLine(row.item, cells))
    return {"headings": COUNT_COLUMNS[1:], "lines": lines, "has_own": bool(own)}


def _text(count: int | None) -> str:
    return "" if count is None else str(count)


def _odd(said: int | None, told: int | None) -> str:
    return _text(told) or "空" if (said or 0) != (told or 0) else ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One form of annex 3 in the list."""

    row: SubmissionRow
    number: int
    faults: int
    changes: int

    @property
    def cells(self) -> dict[str, str]:
        """Its texts."""
        return dict(self.row.cells)


def filing_forms(submission: Submission, scan: Scan) -> dict[str, Any]:
    """The forms of annex 3, one line each; the accounts that have none yet, for 加一份."""
    faults = scan.faults_of(Annex.FILING)
    rows = scan.rows[Annex.FILING]
    lines = [
        PaperLine(
            row,
            number,
            sum(fault.row == row.pk and fault.is_error for fault in faults),
            len(marks_of(row.cells)),
        )
        for number, row in enumerate(rows, start=1)
    ]
    known = {row.outlet_id for row in rows}
    return {
        "papers": lines,
        "paper_faults": [(fault, _form_url(submission, rows, fault.row)) for fault in faults],
        "paper_errors": sum(fault.is_error for fault in faults),
        "without": [one for pk, one in scan.outlets.items() if pk not in known],
        "kinds": FILING_KINDS,
        "new_row": uuid.uuid4(),
        "lists_4": Annex.FILINGS in submission.campaign.annex_list,
    }


def _form_url(submission: Submission, rows: Iterable[SubmissionRow], pk: int | None) -> str:
    key = next((row.key for row in rows if row.pk == pk), None)
    return reverse("sheet-row", args=[submission.pk, int(Annex.FILING), key]) if key else ""
