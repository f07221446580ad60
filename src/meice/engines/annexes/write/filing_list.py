"""The list that stands for annex 3 when the forms themselves lie in a folder."""

from __future__ import annotations

from collections.abc import Sequence

from meice.engines.annexes import columns
from meice.engines.annexes.columns import Column
from meice.engines.annexes.model import Annex, Header
from meice.engines.annexes.write import looks, measure
from meice.engines.annexes.write.page import Workbook
from meice.engines.annexes.write.pen import Pen
from meice.engines.annexes.write.tables import write_headings, write_note, write_spans
from meice.engines.annexes.write.words import date_line, unit_line

_COLUMNS = (
    Column("number", "序号", width=6),
    Column("unit", "填报部门", width=34),
    Column("count", "份数", width=8),
    Column("file", "文件", width=44),
)


def write_filing_list(header: Header, entries: Sequence[tuple[str, int, str]]) -> bytes:
    """The ``.xls`` that lists ``(unit, number of forms, path in the package)``."""
    book = Workbook()
    name = columns.MARKS[Annex.FILING]
    sheet = book.new_sheet(name, landscape=False, headings=(3, 3), one_page=False)
    pen = Pen(sheet, [column.width for column in _COLUMNS])
    _write_head(pen, header)
    pen.freeze(4)
    for row, (unit, count, path) in enumerate(entries, 4):
        pen.number(row, 0, row - 3, looks.VALUE)
        pen.text(row, 1, unit, looks.VALUE_LEFT)
        pen.number(row, 2, count, looks.VALUE)
        pen.text(row, 3, path, looks.VALUE_LEFT)
        room = [(unit, pen.widths[1]), (path, pen.widths[3])]
        pen.set_height(row, measure.height(room, least=22))
    total = sum(count for _, count, _ in entries)
    note = f"注：登记表共 {total} 份，每个单位一个文件，在压缩包的“{name}”文件夹内。"
    write_note(pen, 4 + len(entries), note)
    return book.to_bytes()


def _write_head(pen: Pen, header: Header) -> None:
    last = len(pen.widths) - 1
    pen.merged((0, 0, 0, 1), columns.MARKS[Annex.FILING], looks.MARK)
    pen.merged((1, 1, 0, last), columns.FILING_LIST_TITLE, looks.TITLE)
    pen.set_height(0, 20)
    pen.set_height(1, 36)
    spans = (
        (0, last - 1, unit_line(header, "填报部门")),
        (last, last, date_line(header, labelled=True)),
    )
    write_spans(pen, 2, spans)
    write_headings(pen, 3, _COLUMNS)
