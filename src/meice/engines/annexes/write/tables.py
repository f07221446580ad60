"""Annexes 1 and 4: a title, a heading row, one row per account, the notes.

Source of the layout: the notice's annexes 1 and 4. A sheet that is full goes on on the next one,
which is a whole form again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from meice.engines.annexes import columns
from meice.engines.annexes.columns import Column
from meice.engines.annexes.model import Annex, BasicRow, FilingRow, Form, Header
from meice.engines.annexes.write import looks, measure
from meice.engines.annexes.write.page import MOST_ROWS, Workbook
from meice.engines.annexes.write.pen import Pen
from meice.engines.annexes.write.words import date_line, printed_answer, unit_line

Cells = tuple[int | str | None, ...]
Span = tuple[int, int, str]  # first column, last column, text

LEAST_ROWS = 8  # rows a form has on paper even when there is less to say
_FIRST_DATA_ROW = 4  # under the mark, the title, the header line and the heading
_FOOT_ROWS = 4
_ROW_HEIGHT = 24.0
_HEADER_SHARES = (0.36, 0.54, 0.73)  # of the width: where 填表人, 电话 and the date begin


@dataclass(frozen=True, slots=True)
class Table:
    """What differs between annex 1 and annex 4."""

    annex: Annex
    columns: tuple[Column, ...]
    header_above: bool


BASIC = Table(Annex.BASIC, columns.BASIC_COLUMNS, header_above=True)
FILINGS = Table(Annex.FILINGS, columns.FILING_COLUMNS, header_above=False)


def basic_cells(row: BasicRow) -> Cells:
    """A row of annex 1 as it is printed."""
    return (
        row.number,
        row.name,
        row.unit,
        row.verified_as,
        row.kind,
        columns.PROBLEM_JOINER.join(row.problems),
        row.rectified.value if row.rectified else "",
        printed_answer(row.interactive),
        printed_answer(row.has_review_system),
        printed_answer(row.outsourced),
        row.responsible_name,
        row.responsible_mobile,
        row.note,
    )


def filing_cells(row: FilingRow) -> Cells:
    """A row of annex 4 as it is printed."""
    return (
        row.number,
        row.name,
        row.account_id,
        row.department,
        row.verified_as,
        row.kind,
        row.opened_on,
        row.leader,
        row.reviewer,
        row.operator,
        row.operator_phone,
        row.filing_kind,
    )


def blank_cells(table: Table, kind: str = "") -> Cells:
    """An empty row; ``kind`` is the hint that the blank annex 4 prints under 类型."""
    return tuple(kind if column.key == "kind" else "" for column in table.columns)


def write_table(
    book: Workbook,
    table: Table,
    form: Form,
    lines: Sequence[Cells],
    name_sheet: Callable[[], str],
    delivery: str = "",
) -> None:
    """Write ``lines`` as one form, on as many sheets as they need."""
    room = MOST_ROWS - _FIRST_DATA_ROW - _FOOT_ROWS
    padding = [blank_cells(table)] * (LEAST_ROWS - len(lines))
    for start in range(0, max(1, len(lines)), room):
        _write_sheet(
            book, table, form, [*lines[start : start + room], *padding], name_sheet(), delivery
        )


def _write_sheet(
    book: Workbook, table: Table, form: Form, lines: list[Cells], name: str, delivery: str
) -> None:
    heading = _FIRST_DATA_ROW - 1 if table.header_above else _FIRST_DATA_ROW - 2
    sheet = book.new_sheet(name, landscape=True, headings=(heading, heading), one_page=False)
    pen = Pen(sheet, [column.width for column in table.columns])
    write_title(pen, table.annex)
    if table.header_above:
        write_spans(pen, 2, header_spans(pen, form.header, table.annex))
    write_headings(pen, heading, table.columns)
    pen.freeze(heading + 1)
    heights = measure.row_heights(lines, pen.widths, _ROW_HEIGHT)
    pen.lines(heading + 1, lines, looks.VALUE, heights)
    _write_foot(pen, heading + 1 + len(lines), table, form, delivery)


def write_title(pen: Pen, annex: Annex) -> None:
    """附件N and the title, on rows 1 and 2."""
    last = len(pen.widths) - 1
    pen.merged((0, 0, 0, min(1, last)), columns.MARKS[annex], looks.MARK)
    pen.merged((1, 1, 0, last), columns.TITLES[annex], looks.TITLE)
    pen.set_height(0, 20)
    pen.set_height(1, 36)


def header_spans(pen: Pen, header: Header, annex: Annex) -> tuple[Span, ...]:
    """The header's four cells over the whole width, in the notice's order."""
    annex_4 = annex is Annex.FILINGS
    texts = (
        unit_line(header, "填报部门" if annex_4 else "填报单位"),
        f"填表人：{header.filled_by}",
        f"{'联系电话' if annex_4 else '电话'}：{header.phone}",
        date_line(header, labelled=annex_4),
    )
    cuts = (0, *(pen.column_at(share) for share in _HEADER_SHARES), len(pen.widths))
    return tuple((cuts[i], cuts[i + 1] - 1, text) for i, text in enumerate(texts))


def write_spans(pen: Pen, row: int, spans: Sequence[Span]) -> None:
    """Merged cells side by side on one row, as high as the longest needs."""
    look = looks.HEADER
    for first, last, text in spans:
        pen.merged((row, row, first, last), text, look)
    room = [(text, pen.room(first, last)) for first, last, text in spans]
    pen.set_height(row, measure.height(room, look.size, least=26))


def write_headings(pen: Pen, row: int, headings: Sequence[Column]) -> None:
    """The heading row with the notice's own line breaks."""
    for column, heading in enumerate(headings):
        pen.text(row, column, heading.printed, looks.HEADING)
    room = [(heading.printed, heading.width) for heading in headings]
    pen.set_height(row, measure.height(room, least=44))


def _write_foot(pen: Pen, row: int, table: Table, form: Form, delivery: str) -> None:
    if not table.header_above:
        write_spans(pen, row, header_spans(pen, form.header, table.annex))
        row += 1
    for text in (columns.NOTES[table.annex], delivery):
        row = write_note(pen, row, text)


def write_note(pen: Pen, row: int, text: str) -> int:
    """A paragraph over the whole width; gives the next free row. Nothing for a blank text."""
    if not text:
        return row
    last = len(pen.widths) - 1
    pen.merged((row, row, 0, last), text, looks.NOTE)
    room = [(text, pen.room(0, last))]
    pen.set_height(row, measure.height(room, looks.NOTE.size, least=22))
    return row + 1
