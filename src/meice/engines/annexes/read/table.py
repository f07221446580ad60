"""What reading a table (annexes 1 and 4) needs beside its columns: which rows are records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from meice.engines.annexes.columns import DELIVERY_LABEL, Column
from meice.engines.annexes.model import Code
from meice.engines.annexes.read.grid import Cell, Formula, Sheet, Value
from meice.engines.annexes.read.ledger import Ledger
from meice.engines.annexes.read.recognise import Found
from meice.engines.annexes.read.values import fold, text_of

FOOT = re.compile(
    rf"(?:注|备注|附注|说明|填表说明|填报说明|{DELIVERY_LABEL}|填报单位|填报部门|报送单位|填表人|填报人"
    r"|单位\(盖章\)|填表时间|填报时间|填表日期|制表人|\w{0,8}签[字章名])"
    r"(?:[:：(（]|$)|(?:注|备注)[:：]|\*|※|附件\d"
)
NUMBERED_NOTE = re.compile(r"\d{1,2}[.、)]\D{8,}")
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
LONG_NOTE = 30


@dataclass(slots=True)
class Table:
    """One table of a sheet: where its columns are and which rows hold records."""

    sheet: Sheet
    found: Found
    fills: Mapping[tuple[int, int], Value] = field(default_factory=dict)

    def value(self, row: int, key: str) -> Value:
        """The value of a record's field; a cell merged downwards has its first cell's value."""
        column = self.found.places.get(key)
        if column is None:
            return ""
        line = self.sheet.rows[row]
        value = line[column] if column < len(line) else ""
        return self.fills.get((row, column), "") if value == "" and self.fills else value

    def record(self, row: int) -> dict[str, Value]:
        """The values of a record's fields by their keys."""
        line = self.sheet.rows[row]
        width = len(line)
        if self.fills:
            return {key: self.value(row, key) for key in self.found.places}
        return {
            key: line[column] if column < width else "" for key, column in self.found.places.items()
        }

    def text(self, row: int, key: str) -> str:
        return text_of(self.value(row, key))

    def cell(self, row: int, key: str) -> tuple[int, int] | None:
        column = self.found.places.get(key)
        return None if column is None else (row, column)


def open_table(sheet: Sheet, found: Found) -> Table:
    """The table with the values of cells merged downwards."""
    fills = {
        (row, left): sheet.at(top, left)
        for (top, left), (bottom, right) in sheet.merged
        if left == right and found.body <= top < bottom < found.bottom
        for row in range(top + 1, bottom + 1)
    }
    return Table(sheet, found, fills)


def split_rows(table: Table) -> tuple[list[int], list[int]]:
    """The rows that hold records, and those of the foot and the notes."""
    records: list[int] = []
    foot: list[int] = []
    for row in range(table.found.body, min(table.found.bottom, len(table.sheet.rows))):
        cells = [
            (column, value)
            for column, value in enumerate(table.sheet.rows[row])
            if value != "" and (not isinstance(value, str) or value.strip())
        ]
        if not cells:
            continue
        if _is_foot(table, cells):
            foot.append(row)
        elif _is_record(table, cells):
            records.append(row)
    return records, foot


def _is_foot(table: Table, cells: Sequence[tuple[int, Value]]) -> bool:
    column, first = cells[0]
    if not isinstance(first, str):
        return False
    folded = fold(first)
    if FOOT.match(folded):
        return True
    alone = len(cells) == 1
    return alone and (
        (column == table.found.places.get("number", -1) and not folded.rstrip(".、").isdecimal())
        or len(folded) > LONG_NOTE
        or bool(NUMBERED_NOTE.match(folded))
    )


def _is_record(table: Table, cells: Sequence[tuple[int, Value]]) -> bool:
    """A row with anything beside its number; a line of totals is none."""
    number = table.found.places.get("number")
    known = set(table.found.places.values())
    told = [value for column, value in cells if column != number and column in known]
    if not told:
        return False
    return not any(isinstance(value, str) and fold(value) in TOTALS for _, value in cells[:2])


def check_columns(
    found: Found, known: Sequence[Column], optional: frozenset[str], ledger: Ledger
) -> None:
    """Each column of the form that the heading lacks."""
    for column in known:
        if column.key not in found.places and column.key not in optional:
            ledger.error(
                Code.MISSING_COLUMN,
                (found.heading, 0),
                "",
                column.title,
                f"表头里没有「{column.title}」这一栏。请用通知所附的表格，不要删改栏目。",
            )


def check_formulas(table: Table, rows: Sequence[int], ledger: Ledger) -> None:
    """Formulas in the cells of records."""
    if not table.sheet.formulas:
        return
    lines, columns = set(rows), set(table.found.places.values())
    for cell, formula in formulas_in_order(table.sheet):
        if cell[0] in lines and cell[1] in columns:
            ledger.formula(cell, formula, text_of(table.sheet.at(*cell)))


def formulas_in_order(sheet: Sheet) -> Iterator[tuple[Cell, Formula]]:
    """The sheet's formulas from top to bottom."""
    yield from sorted(sheet.formulas.items(), key=lambda each: each[0])
