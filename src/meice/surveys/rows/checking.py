"""Everything that is wrong with a submission, by cell: the rules of the engine, and two that only
the server can tell (what is new, changed or cancelled needs its annex 3; zero means zero)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, Code, CountRow, Form, Header, Issue, Severity
from meice.engines.annexes.typed import FIRST_LINE, cross_check, read_typed
from meice.surveys.models import ROW_ANNEXES, SubmissionRow
from meice.surveys.rows.texts import SHEET_COLUMNS, is_blank, typed_of

_ADDRESS = re.compile(r"([A-Z]+)([1-9][0-9]*)")
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing wrong. `row` is the id of the `SubmissionRow` (None: header, annex 2, the whole),
    `column` its key, `cell` the address in the written `.xls` (annex 3: within its own sheet)."""

    annex: Annex | None
    row: int | None
    column: str
    cell: str
    severity: Severity
    code: Code
    found: str
    expected: str
    message: str

    @property
    def is_error(self) -> bool:
        """Errors hold the submission back, warnings are listed."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Examined:
    """The forms as the engine sees them, and the faults: errors first, then as one reads."""

    forms: Mapping[Annex, tuple[Form, ...]]
    faults: tuple[CellFault, ...]
    lines: Mapping[int, int] = field(default_factory=dict)
    """Row id → the row number (from 1) in the written `.xls`; annex 3: the number of its form."""
    below: int = 0
    """Accounts whose 开设单位 is a unit below: one line of information, no mismatch."""

    @property
    def errors(self) -> int:
        """How many hold the submission back."""
        return sum(fault.is_error for fault in self.faults)

    @property
    def warnings(self) -> int:
        """How many are listed."""
        return sum(fault.severity is Severity.WARNING for fault in self.faults)


def examine(
    rows: Iterable[SubmissionRow],
    header: Header,
    *,
    today: date,
    annexes: Sequence[Annex | int],
    own: Sequence[CountRow] = (),
    below: Container[str] = (),
) -> Examined:
    """Check the standing rows of one submission in their order.

    `annexes`: those the campaign asks for; rows of others are left alone. `own` is the unit's own
    annex 2. `below`: names of the units below, which may stand in 开设单位. Costs about a
    millisecond a row; no query.
    """
    kept = [row for row in rows if not row.removed and not is_blank(row.cells)]
    asked = [annex for annex in ROW_ANNEXES if annex in set(annexes)]
    owners: dict[Annex, list[SubmissionRow]] = {
        annex: [row for row in kept if row.annex == annex] for annex in asked
    }
    forms = {
        annex: read_typed(
            annex,
            [typed_of(row.cells) for row in owned],
            header,
            today=today,
            path=columns.MARKS[annex],
        )
        for annex, owned in owners.items()
    }
    loose = [form for found in forms.values() for form in found]
    issues = [issue for form in loose for issue in form.issues]
    issues += [each for each in cross_check(loose, own, header) if each.path]
    faults = [_fault(issue, owners, forms) for issue in issues]
    inside = {f.row for f in faults if f.code is Code.UNIT_MISMATCH and f.row and f.found in below}
    faults = [f for f in faults if f.code is not Code.UNIT_MISMATCH or f.row not in inside]
    faults = _once(_formulas_alone(faults))
    ordered = tuple(sorted(faults, key=_reading_order))
    lines = [sum(row.pk in inside for row in owned) for owned in owners.values()]
    return Examined(forms, ordered, _lines(owners), max(lines, default=0))


def _lines(owners: Mapping[Annex, list[SubmissionRow]]) -> dict[int, int]:
    return {
        row.pk: at + FIRST_LINE.get(annex, 0) + 1
        for annex, owned in owners.items()
        for at, row in enumerate(owned)
    }


def _fault(
    issue: Issue,
    owners: Mapping[Annex, list[SubmissionRow]],
    forms: Mapping[Annex, tuple[Form, ...]],
) -> CellFault:
    mark, _, number = issue.path.partition("#")
    annex = next((each for each, text in columns.MARKS.items() if text == mark), None)
    row: int | None = None
    column = ""
    if annex is Annex.FILING and number:
        form = forms[annex][int(number)]
        row = owners[annex][int(number)].pk
        column = _column_in_form(form, issue.cell or "")
    elif annex is not None and annex in FIRST_LINE and issue.cell:
        column, row = _column_in_table(annex, issue.cell, owners[annex])
    return CellFault(
        annex, row, column, issue.cell or "", issue.severity, issue.code, issue.found,
        issue.expected, issue.message,
    )  # fmt: skip


def _column_in_form(form: Form, cell: str) -> str:
    keys = (key for key in form.places.cells if form.places.address(key) == cell)
    return next(keys, "")


def _column_in_table(
    annex: Annex, cell: str, owned: Sequence[SubmissionRow]
) -> tuple[str, int | None]:
    match = _ADDRESS.fullmatch(cell)
    if match is None:
        return "", None
    at = int(match[2]) - 1 - FIRST_LINE[annex]
    letters = {column.letter: column.key for column in SHEET_COLUMNS[annex]}
    if not 0 <= at < len(owned):
        return "header", None
    return letters.get(match[1], ""), owned[at].pk


def _formulas_alone(faults: Sequence[CellFault]) -> list[CellFault]:
    """Of a cell that holds a formula nothing else is said: its text is no value."""
    told = {(f.annex, f.row, f.cell) for f in faults if f.code is Code.FORMULA_CELL}
    return [
        fault
        for fault in faults
        if fault.code is Code.FORMULA_CELL or (fault.annex, fault.row, fault.cell) not in told
    ]


def _once(faults: Iterable[CellFault]) -> list[CellFault]:
    """The header stands on four forms: its fault is told once."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for fault in faults:
        in_header = fault.row is None or fault.column.startswith("header")
        bare = fault.message.removeprefix(fault.cell).strip().replace("填报部门", "填报单位")
        key = (fault.code, bare) if in_header else (fault.annex, fault.row, fault.cell, bare)
        if key not in seen:
            seen.add(key)
            kept.append(fault)
    return kept


def _reading_order(fault: CellFault) -> tuple[int, int, int, int, str]:
    match = _ADDRESS.fullmatch(fault.cell)
    line = int(match[2]) if match else 0
    letters = match[1] if match else ""
    return _GRAVITY[fault.severity], int(fault.annex or 9), line, len(letters), letters
