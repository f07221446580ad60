"""A month and the tally of a period as workbooks: text cells, nothing that a spreadsheet runs."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import xlsxwriter

from meice.duty.documents.month import Table
from meice.duty.documents.tally import HEADS, Tally
from meice.duty.models import Shift

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOBODY = "（空）"


def month_xlsx(table: Table) -> bytes:
    """One sheet like the page; one with a line for every shift. No telephone numbers."""
    head = ["日期", "星期", "说明", *(layer.name for layer in table.layers)]
    rows = (
        [row.day.isoformat(), row.weekday, row.words, *(_cell(cell) for cell in row.cells)]
        for row in table.rows
    )
    lines = (_line(shift, row.words) for row in table.rows for cell in row.cells for shift in cell)
    return _book(
        {
            "值班表": (head, rows),
            "班次": (("日期", "说明", "班组", "班次", "时间", "值班人", "来由", "原排"), lines),
        }
    )


def _cell(shifts: Iterable[Shift]) -> str:
    return "\n".join(f"{one.watch} {one.hours} {one.user or NOBODY}" for one in shifts)


def _line(shift: Shift, words: str) -> list[str]:
    return [
        shift.day.isoformat(), words, shift.layer.name, shift.watch, shift.hours,
        str(shift.user or NOBODY), shift.get_cause_display(),
        str(shift.planned or "") if shift.is_by_hand else "",
    ]  # fmt: skip


def tally_xlsx(tallies: Sequence[Tally]) -> bytes:
    """值班统计: one row a person."""
    return _book({"值班统计": (HEADS, (one.cells for one in tallies))})


def _book(
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[str | int | float]]]],
) -> bytes:
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for name, (head, rows) in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.set_column(0, 2, 12)
            page.set_column(3, max(3, len(head) - 1), 22)
            for at, title in enumerate(head):
                page.write_string(0, at, title, bold)
            for line, row in enumerate(rows, 1):
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(line, at, value, plain)
                    else:
                        page.write_number(line, at, value, plain)
    return stream.getvalue()
