"""Annex 2: seven items counted by platform. Source: annexes.md, 附件2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meice.engines.annexes import columns
from meice.engines.annexes.model import Code, CountRow
from meice.engines.annexes.read import titles, values
from meice.engines.annexes.read.grid import Cell, Value
from meice.engines.annexes.read.ledger import Ledger
from meice.engines.annexes.read.table import FOOT, Table
from meice.engines.annexes.read.values import fold, text_of

KEYS = (*columns.COUNT_COLUMNS, "total")
TITLES = {column.key: column.title for column in (*columns.COUNT_PRINTED, columns.COUNT_TOTAL)}
OPTIONAL = frozenset({"item", "note"})
BLANK = frozenset({"", "-", "—", "－", "/", "——", "--"})
NONE_WORDS = frozenset({"无", "没有", "零"})


def read_rows(table: Table) -> tuple[list[CountRow], list[int], list[int]]:
    """The items' rows with their sheet rows, and the rows of the foot."""
    item = _item_column(table)
    rows: list[CountRow] = []
    lines: list[int] = []
    foot: list[int] = []
    for line in range(table.found.body, min(table.found.bottom, len(table.sheet.rows))):
        name = text_of(table.sheet.at(line, item))
        at = item_number(name)
        if at is None:
            foot.append(line)
            if not name or FOOT.match(fold(name)) or not _has_counts(table, line):
                continue
        rows.append(_read_row(table, line, columns.COUNT_ITEMS[at] if at is not None else name))
        lines.append(line)
    return rows, lines, foot


def item_number(name: str) -> int | None:
    """Which of the seven items a text names, from 0."""
    key = titles.COUNT_ITEMS.named(name) or titles.COUNT_ITEMS.like(name)
    return None if key is None else int(key)


def _item_column(table: Table) -> int:
    """The column in which most items stand: 项目 may stand over another one, or be missing."""
    width = max((len(row) for row in table.sheet.rows), default=0)
    taken = {table.found.places[key] for key in KEYS if key in table.found.places}

    def items(column: int) -> int:
        return sum(
            item_number(text) is not None
            for line in range(table.found.body, min(table.found.bottom, len(table.sheet.rows)))
            if len(text := text_of(table.sheet.at(line, column))) > 5
        )

    free = [column for column in range(min(width, 20)) if column not in taken]
    return max(free, key=items, default=0)


def _has_counts(table: Table, line: int) -> bool:
    return any(values.whole(table.value(line, key)) is not None for key in KEYS)


def _read_row(table: Table, line: int, item: str) -> CountRow:
    counts = {key: count_of(table.value(line, key)) for key in columns.COUNT_COLUMNS}
    total = count_of(table.value(line, "total"))
    return CountRow(item, counts, total, table.text(line, "note"))


def count_of(value: Value) -> int | None:
    """A count; a dash is blank, 无 is none at all."""
    if isinstance(value, float):
        return values.whole(value)
    folded = fold(text_of(value))
    if folded in BLANK:
        return None
    return 0 if folded in NONE_WORDS else values.whole(value)


def check_rows(
    table: Table, rows: Sequence[CountRow], lines: Sequence[int], ledger: Ledger
) -> None:
    """Counts that are none, totals that do not add up, items that are missing."""
    for row, line in zip(rows, lines, strict=True):
        sound = [_check_count(table, row, line, key, ledger) for key in KEYS]
        if all(sound):
            _check_total(table, row, line, ledger)
    named = {row.item for row in rows}
    for item in columns.COUNT_ITEMS:
        if item not in named:
            ledger.missing((table.found.heading, 0), item, wanted=False)


def _check_count(table: Table, row: CountRow, line: int, key: str, ledger: Ledger) -> bool:
    count = row.total if key == "total" else row.counts.get(key)
    if count is not None:
        return True
    shown = table.text(line, key)
    if fold(shown) in BLANK:
        return True
    message = f"「{TITLES[key]}」填的是「{shown}」，应填个数（0 或正整数）。"
    ledger.error(Code.BAD_VALUE, table.cell(line, key), shown, "0 或正整数", message)
    return False


def _check_total(table: Table, row: CountRow, line: int, ledger: Ledger) -> None:
    filled: Mapping[str, int | None] = row.counts
    total = sum(count or 0 for count in filled.values())
    if row.total is None or row.total == total:
        return
    cell: Cell | None = table.cell(line, "total")
    message = f"合计填 {row.total}，各栏相加是 {total}。请核对「{row.item}」这一行。"
    ledger.warn(Code.SUM_MISMATCH, cell, str(row.total), str(total), message)
