"""Workbooks of text cells: nothing that a spreadsheet would run."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import xlsxwriter

Rows = Iterable[Sequence[str | int | float | None]]
WIDTH = 18


def workbook_bytes(sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> bytes:
    """An `.xlsx` with one sheet for each name: its head, then its rows. Numbers stay numbers."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1})
        for name, (head, rows) in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(head) - 1, WIDTH)
            for at, title in enumerate(head):
                page.write_string(0, at, title, bold)
            for line, row in enumerate(rows, 1):
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(line, at, value)
                    elif value is not None:
                        page.write_number(line, at, value)
    return stream.getvalue()
