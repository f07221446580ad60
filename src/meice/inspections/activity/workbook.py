"""A list as a workbook: typed text cells, never a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

LONGEST_CELL = 32_000
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def list_bytes(
    name: str, words: str, headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> bytes:
    """One sheet called `name`: a line of `words`, the headings with their widths, the rows."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True})
        sheet.write_string(0, 0, words)
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, heading, bold)
        for at, row in enumerate(rows, start=2):
            for column, value in enumerate(row):
                sheet.write_string(at, column, value[:LONGEST_CELL])
        sheet.freeze_panes(2, 1)
    return stream.getvalue()
