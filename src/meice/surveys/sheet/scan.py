"""One look over a whole submission: the rows, what is wrong with them, what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from meice.engines.annexes.model import Annex, Severity
from meice.kernel.clock import now
from meice.surveys.models import Submission, SubmissionHeader, SubmissionRow
from meice.surveys.sheet.checking import Finding, Line, check_lines, is_blank
from meice.surveys.sheet.columns import GRIDS
from meice.surveys.sheet.register import (
    Difference,
    differences_of,
    outlets_by_key,
    register_cells,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a scan found; `known` is what the register says of each row's cells, by row."""

    rows: Mapping[Annex, tuple[SubmissionRow, ...]]
    known: Mapping[int, Mapping[str, str]]
    by_annex: Mapping[Annex, tuple[Finding, ...]]
    differences: tuple[Difference, ...]

    @property
    def row_count(self) -> int:
        """Accounts in annex 1; blank rows are none."""
        return sum(not is_blank(row.cells) for row in self.rows[Annex.BASIC])

    @property
    def error_count(self) -> int:
        """Errors of all sheets: what keeps it from the leader."""
        return self._count(Severity.ERROR)

    @property
    def warning_count(self) -> int:
        """Warnings: they pass, and are listed."""
        return self._count(Severity.WARNING)

    def _count(self, severity: Severity) -> int:
        every = (finding for found in self.by_annex.values() for finding in found)
        return sum(finding.severity is severity for finding in every)

    def errors_of(self, annex: Annex) -> int:
        """For the tab of one annex."""
        found = self.by_annex.get(annex, ())
        return sum(finding.severity is Severity.ERROR for finding in found)


def scan_submission(submission: Submission) -> Findings:
    """Read and check the sheets of `submission` as they stand in the database now."""
    outlets = outlets_by_key(submission)
    rows = _rows(submission)
    known = {
        row.pk: register_cells(outlets[row.outlet_id], Annex(row.annex))
        for sheet in rows.values()
        for row in sheet
        if row.outlet_id in outlets
    }
    unit = unit_of(submission)
    return Findings(
        rows=rows,
        known=known,
        by_annex={annex: _check(annex, rows[annex], known, unit) for annex in GRIDS},
        differences=differences_of(submission, rows[Annex.BASIC], outlets),
    )


def _rows(submission: Submission) -> dict[Annex, tuple[SubmissionRow, ...]]:
    standing = SubmissionRow.objects.standing().filter(submission=submission)
    every = list(standing.order_by("annex", "position", "pk").select_related("changed_by"))
    return {annex: tuple(row for row in every if row.annex == annex) for annex in GRIDS}


def _check(
    annex: Annex,
    rows: Sequence[SubmissionRow],
    known: Mapping[int, Mapping[str, str]],
    unit: str,
) -> tuple[Finding, ...]:
    lines = [Line(row.pk, row.cells, known.get(row.pk, {})) for row in rows]
    return check_lines(GRIDS[annex], lines, unit=unit, today=today())


def unit_of(submission: Submission) -> str:
    """填报单位: as the header says, else the unit's name."""
    header = SubmissionHeader.objects.filter(submission=submission).first()
    return header.unit if header and header.unit else str(submission.unit.name)


def today() -> str:
    """The ISO day in Shanghai."""
    return timezone.localdate(now()).isoformat()
