"""One look over a whole submission: its rows, what is wrong with them, what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from meice.engines.annexes.model import Annex, Code, Header, Severity
from meice.engines.marks import mask_mobile
from meice.kernel.clock import now
from meice.registry.models import Outlet
from meice.surveys.models import (
    ROW_ANNEXES,
    Submission,
    SubmissionHeader,
    SubmissionRow,
)
from meice.surveys.rows import (
    CellFault,
    Examined,
    examine,
    header_of,
    is_blank,
    own_counts,
)
from meice.surveys.rows.ordered import hold_orders
from meice.surveys.sheet.columns import GRIDS
from meice.surveys.sheet.register import (
    Difference,
    differences_of,
    names_below,
    outlets_by_key,
    register_cells,
)

NOT_VERIFIED = "未认证"
PHONES = frozenset({"responsible_mobile", "operator_phone"})
_BY_REGISTER = frozenset({Code.BAD_MOBILE, Code.MISSING_VALUE, Code.FORMULA_CELL, Code.BAD_VALUE})


@dataclass(frozen=True, slots=True)
class Mend:
    """A fix that is certain: the words of the button and the text it puts into the cell."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a look found; `known` is what the register says of each row's cells, by row id."""

    header: SubmissionHeader | None
    rows: Mapping[Annex, tuple[SubmissionRow, ...]]
    examined: Examined
    known: Mapping[int, Mapping[str, str]]
    differences: tuple[Difference, ...]
    outlets: Mapping[int, Outlet]

    @property
    def row_count(self) -> int:
        """Accounts in annex 1; blank rows are none."""
        return sum(not is_blank(row.cells) for row in self.rows[Annex.BASIC])

    def faults_of(self, annex: Annex) -> list[CellFault]:
        """Those of one annex, errors first; what is only information is left out."""
        own = (fault for fault in self.examined.faults if fault.annex is annex)
        return [fault for fault in own if fault.severity is not Severity.INFO]

    def errors_of(self, annex: Annex) -> int:
        """For the tab of one annex."""
        return sum(fault.is_error for fault in self.faults_of(annex))

    def message_of(self, fault: CellFault) -> str:
        """The engine's sentence without its address, and what the register has (masked)."""
        bare = fault.message.removeprefix(f"{fault.cell} ")
        grid = GRIDS.get(fault.annex) if fault.annex else None
        column = grid.column(fault.column) if grid else None
        if fault.code is Code.FORMULA_CELL and column:
            bare = f"单元格是公式，请改为{column.short}本身。"
        known = self.known.get(fault.row or 0, {}).get(fault.column, "")
        tells = known and fault.column in PHONES and fault.is_error
        return f"{bare}台账里是 {mask_mobile(known)}。" if tells else bare

    def mend_of(self, fault: CellFault, cells: Mapping[str, str]) -> Mend | None:
        """Only where the fix is certain: the form's own rule, or what the register knows."""
        known = self.known.get(fault.row or 0, {}).get(fault.column, "")
        if fault.code is Code.RECTIFIED_MISMATCH and fault.expected == "-":
            return Mend("改成 -", "-")
        if fault.code in _BY_REGISTER and known and known != cells.get(fault.column):
            return Mend("用台账值", known)
        if fault.code is Code.MISSING_VALUE and fault.column == "verified_as":
            return Mend(f"填 {NOT_VERIFIED}", NOT_VERIFIED)
        return None


def scan_submission(submission: Submission) -> Scan:
    """Read and check the sheets of `submission` as they stand in the database now. Eight queries;
    about half a second for 2,000 rows."""
    header: SubmissionHeader | None = getattr(submission, "header", None)
    rows = _rows(submission)
    every = [row for sheet in rows.values() for row in sheet]
    examined = examine(
        every,
        header_of(header) if header else Header(unit=str(submission.unit.name)),
        today=timezone.localdate(now()),
        annexes=submission.campaign.annexes,
        own=own_counts(header),
        below=names_below(submission.unit),
    )
    outlets = outlets_by_key(submission)
    basic = rows[Annex.BASIC]
    return Scan(
        header=header,
        rows=rows,
        examined=hold_orders(examined, basic, outlets),
        known={
            row.pk: register_cells(outlets[row.outlet_id or 0])
            for row in basic
            if row.outlet_id in outlets
        },
        differences=differences_of(submission, basic, outlets),
        outlets=outlets,
    )


def _rows(submission: Submission) -> dict[Annex, tuple[SubmissionRow, ...]]:
    standing = SubmissionRow.objects.standing().filter(submission=submission)
    every = list(standing.order_by("annex", "position", "pk").select_related("changed_by"))
    return {annex: tuple(row for row in every if row.annex == annex) for annex in ROW_ANNEXES}
