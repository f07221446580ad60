"""The annexes that are no sheet: 2 is computed and shown, 3 is a list of forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from meice.engines.annexes.columns import COUNT_COLUMNS
from meice.engines.annexes.model import Annex
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.rows import counts_of, office_holders_of, own_counts
from meice.surveys.rows.texts import CHANGED
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


def filing_forms(scan: Scan) -> dict[str, Any]:
    """The forms of annex 3, one line each."""
    faults = scan.faults_of(Annex.FILING)
    lines = [
        PaperLine(
            row,
            number,
            sum(fault.row == row.pk and fault.is_error for fault in faults),
            sum(key.startswith(CHANGED) for key in row.cells),
        )
        for number, row in enumerate(scan.rows[Annex.FILING], start=1)
    ]
    return {"papers": lines, "paper_faults": faults}
