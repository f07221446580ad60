"""The engine's checks on rows that were typed: the same codes, addresses and words as for a file.

The rows are laid out as a sheet at the places of the written `.xls`, so that an address in a
message is the one that the paper has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from meice.engines.annexes.columns import TITLES
from meice.engines.annexes.model import Annex, Code, Issue, Severity, cell_name
from meice.engines.annexes.read import basic, filings
from meice.engines.annexes.read.grid import Sheet
from meice.engines.annexes.read.ledger import Ledger
from meice.engines.annexes.read.recognise import Found
from meice.engines.annexes.read.table import Table
from meice.engines.marks import mask_mobile
from meice.surveys.sheet.columns import Grid, SheetColumn
from meice.surveys.sheet.values import is_formula

_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
NOT_VERIFIED = "未认证"


@dataclass(frozen=True, slots=True)
class Line:
    """A row to check: its id, its cells, what the register says of the same cells ("" unknown)."""

    pk: int
    cells: Mapping[str, str]
    register: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mend:
    """A fix that is certain: the words of the button and the text it puts into the cell."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong at one cell. Errors are numbered from 1 in reading order."""

    number: int
    code: Code
    severity: Severity
    row: int | None
    column: str
    cell: str
    found: str
    expected: str
    message: str
    mend: Mend | None


def check_lines(grid: Grid, lines: Sequence[Line], *, unit: str, today: str) -> tuple[Finding, ...]:
    """Everything the engine says of these rows, errors first, then as one reads.

    `unit` is the 填报单位 of the header, `today` an ISO day in Shanghai. Blank rows are no rows.
    """
    ledger = Ledger("", TITLES[grid.annex], grid.annex)
    table, filled = _laid_out(grid, lines)
    formulas = _formulas(grid, table, filled, ledger)
    _RULES[grid.annex](table, filled, unit, today, ledger)
    issues = [issue for issue in ledger.issues if _counts(issue, formulas)]
    by_line = {grid.first_line + place: line for place, line in enumerate(lines)}
    findings = [_finding(grid, issue, by_line) for issue in sorted(issues, key=_reading_order)]
    return tuple(replace(each, number=at) for at, each in enumerate(findings, start=1))


def is_blank(cells: Mapping[str, str]) -> bool:
    """Nothing typed yet."""
    return not any(text.strip() for text in cells.values())


def _laid_out(grid: Grid, lines: Sequence[Line]) -> tuple[Table, list[int]]:
    """The rows as the engine reads a sheet, and which of its rows (from 0) are not blank."""
    first = grid.first_line - 1
    rows = [_texts(grid, number, line) for number, line in enumerate(lines, start=1)]
    places = {column.key: column.place for column in grid.columns}
    found = Found(grid.annex, 0, first - 1, first, first + len(rows), places, {})
    above: list[list[str | int]] = [[] for _ in range(first)]
    sheet = Sheet(TITLES[grid.annex], above + rows)
    filled = [first + at for at, line in enumerate(lines) if not is_blank(line.cells)]
    return Table(sheet, found), filled


def _texts(grid: Grid, number: int, line: Line) -> list[str | int]:
    return [
        number if column.is_computed else line.cells.get(column.key, "") for column in grid.columns
    ]


def _formulas(grid: Grid, table: Table, filled: Iterable[int], ledger: Ledger) -> set[str]:
    """Text that a spreadsheet would run; gives the addresses, of which nothing else is said."""
    found = set()
    for line in filled:
        for column in grid.typed:
            text = table.text(line, column.key)
            if is_formula(text):
                cell = (line, column.place)
                found.add(cell_name(*cell))
                message = f"单元格是公式「{text}」，请改为{column.short}本身。"
                ledger.error(Code.FORMULA_CELL, cell, text, "直接填写的值", message)
    return found


def _check_basic(table: Table, filled: list[int], unit: str, _: str, ledger: Ledger) -> None:
    rows, kept, _samples = basic.read_rows(table, filled, ledger)
    basic.check_rows(table, rows, kept, unit, ledger)


def _check_filings(table: Table, filled: list[int], unit: str, today: str, ledger: Ledger) -> None:
    rows, kept = filings.read_rows(table, filled)
    filings.check_rows(table, rows, kept, unit, today, ledger)


_RULES: Mapping[Annex, Callable[[Table, list[int], str, str, Ledger], None]] = {
    Annex.BASIC: _check_basic,
    Annex.FILINGS: _check_filings,
}


def _counts(issue: Issue, formulas: set[str]) -> bool:
    return issue.code is Code.FORMULA_CELL or issue.cell not in formulas


def _reading_order(issue: Issue) -> tuple[int, int, int, str]:
    line, letters = _place(issue)
    return _GRAVITY[issue.severity], line, len(letters), letters


def _place(issue: Issue) -> tuple[int, str]:
    match = _ADDRESS.fullmatch(issue.cell or "")
    return (int(match[2]), match[1]) if match else (0, "")


def _finding(grid: Grid, issue: Issue, by_line: Mapping[int, Line]) -> Finding:
    number, letter = _place(issue)
    line = by_line.get(number)
    column = next((each for each in grid.columns if each.letter == letter), None)
    known = line.register.get(column.key, "") if line and column else ""
    message = issue.message.removeprefix(f"{issue.cell} ")
    if known and column is not None and column.is_phone:
        message += f"台账里是 {mask_mobile(known)}。"
    return Finding(
        number=0,
        code=issue.code,
        severity=issue.severity,
        row=line.pk if line else None,
        column=column.key if column else "",
        cell=issue.cell or "",
        found=issue.found,
        expected=issue.expected,
        message=message,
        mend=_mend(issue, column, known, line),
    )


_BY_REGISTER = frozenset({Code.BAD_MOBILE, Code.MISSING_VALUE, Code.FORMULA_CELL, Code.BAD_VALUE})


def _mend(issue: Issue, column: SheetColumn | None, known: str, line: Line | None) -> Mend | None:
    """Only where the fix is certain: the form's own rule, or what the register knows."""
    if column is None or line is None:
        return None
    if issue.code is Code.RECTIFIED_MISMATCH and issue.expected == "-":
        return Mend("改成 -", "-")
    if issue.code in _BY_REGISTER and known and known != line.cells.get(column.key):
        return Mend("用台账值", known)
    if issue.code is Code.MISSING_VALUE and column.key == "verified_as":
        return Mend(f"填 {NOT_VERIFIED}", NOT_VERIFIED)
    return None
