"""Text of workbooks: each filled cell with its address. Runs only in the sandbox."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine
import xlrd

from meice.engines.documents.model import Unreadable

_MOST_CELLS = 500_000  # filled cells read of one workbook
_MOST_ROWS = 1_048_576
Cell = tuple[str, int, int, str]  # sheet, row and column from 0, text


def read_sheets(data: bytes) -> Iterator[Cell]:
    """Yield the filled cells of a workbook, row by row; a second reader where the first refuses."""
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
    except python_calamine.PasswordError:
        raise Unreadable("文件加了密码，读不出文字") from None
    except Exception:  # CalamineError and what its readers raise besides
        yield from _by_second_reader(data)
        return
    count = 0
    for name in workbook.sheet_names:
        for row, column, value in _filled(workbook, name):
            count += 1
            if count > _MOST_CELLS:
                return
            yield name, row, column, value


def _filled(workbook: Any, name: str) -> Iterator[tuple[int, int, str]]:
    try:
        sheet = workbook.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
    except Exception:  # charts and macro sheets are listed, but are no worksheets
        return
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if text := shown(value):
                yield top + row, left + column, text


def _by_second_reader(data: bytes) -> Iterator[Cell]:
    try:
        book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())
        for name in book.sheet_names():
            sheet = book.sheet_by_name(name)
            for row in range(min(sheet.nrows, _MOST_ROWS)):
                for column, value in enumerate(sheet.row_values(row)):
                    if text := shown(value):
                        yield name, row, column, text
    except Exception:  # xlrd raises struct.error and AssertionError as well as its own
        raise Unreadable("工作簿已损坏，打不开") from None


def shown(value: object) -> str:
    """A cell as text: whole numbers without point (a mobile number is often stored as one)."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value).strip() if value is not None else ""


def address(row: int, column: int) -> str:
    """B2 of row 1 and column 1 (from 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
