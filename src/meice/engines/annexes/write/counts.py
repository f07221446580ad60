"""Annex 2: seven counts by platform under two heading rows, as the notice prints them."""

from __future__ import annotations

from collections.abc import Sequence

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, CountRow, Form
from meice.engines.annexes.write import looks, measure
from meice.engines.annexes.write.page import Workbook
from meice.engines.annexes.write.pen import Pen
from meice.engines.annexes.write.tables import header_spans, write_note, write_spans, write_title

_PRINTED = (columns.COUNT_ITEM, *columns.COUNT_PRINTED, columns.COUNT_TOTAL, columns.COUNT_NOTE)
_UPPER, _LOWER = 3, 4
_FIRST_NEW_MEDIUM, _LAST_NEW_MEDIUM = 2, 7
_TOTAL, _NOTE = 8, 9


def blank_rows() -> tuple[CountRow, ...]:
    """The seven items with nothing counted."""
    return tuple(CountRow(item=item) for item in columns.COUNT_ITEMS)


def write_counts(book: Workbook, form: Form, name: str, delivery: str = "") -> None:
    """Write annex 2; a form without rows is the blank one."""
    sheet = book.new_sheet(name, landscape=True, headings=(_UPPER, _LOWER), one_page=False)
    pen = Pen(sheet, [column.width for column in _PRINTED])
    write_title(pen, Annex.COUNTS)
    write_spans(pen, 2, header_spans(pen, form.header, Annex.COUNTS))
    _write_headings(pen)
    rows = [row for row in form.rows if isinstance(row, CountRow)]
    end = _write_rows(pen, rows or blank_rows())
    write_note(pen, end, delivery)


def _write_headings(pen: Pen) -> None:
    for column, heading in enumerate(_PRINTED):
        if _FIRST_NEW_MEDIUM <= column <= _LAST_NEW_MEDIUM:
            pen.text(_LOWER, column, heading.printed, looks.HEADING)
        else:
            pen.merged((_UPPER, _LOWER, column, column), heading.printed, looks.HEADING)
    group = (_UPPER, _UPPER, _FIRST_NEW_MEDIUM, _LAST_NEW_MEDIUM)
    pen.merged(group, columns.COUNT_GROUP, looks.HEADING)
    pen.set_height(_UPPER, 26)
    pen.set_height(_LOWER, 36)


def _write_rows(pen: Pen, rows: Sequence[CountRow]) -> int:
    for line, row in enumerate(rows, _LOWER + 1):
        pen.text(line, 0, row.item, looks.VALUE_LEFT)
        for column, key in enumerate(columns.COUNT_COLUMNS, 1):
            pen.number(line, column, row.counts.get(key), looks.VALUE)
        pen.number(line, _TOTAL, row.total, looks.VALUE)
        pen.text(line, _NOTE, row.note, looks.VALUE)
        room = [(row.item, pen.widths[0]), (row.note, pen.widths[_NOTE])]
        pen.set_height(line, measure.height(room, least=36))
    return _LOWER + 1 + len(rows)
