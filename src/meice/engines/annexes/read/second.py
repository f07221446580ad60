"""Opens a workbook with the second parser where the first refused, panicked or aborted.

xlrd for ``.xls`` (and what is older), openpyxl for ``.xlsx``. A workbook that asks for no password
but is encrypted with the default one (Excel does so for protected structures) is opened too.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import xlrd

from meice.engines.annexes.read.grid import Notes, Sheet, Styles, Value, Workbook, no_styles
from meice.engines.annexes.read.refusal import Cause, Refused
from meice.engines.annexes.read.workbook import MOST_CELLS, TryOther, noted, with_errors
from meice.engines.documents import Kind, open_container

# [MS-OFFCRYPTO] 2.4.2.3: the password of files that are encrypted and ask for none.
DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105


def open_again(data: bytes) -> Workbook:
    """The sheets of the workbook ``data``. Raises Refused with the cause."""
    container = open_container(data)
    if container.ole is not None:
        container.ole.close()
    if container.kind is Kind.ENCRYPTED:
        raise Refused(Cause.ENCRYPTED)
    notes, styles = _noted(data)
    try:
        if container.kind is Kind.XLSX:
            return _read_openxml(data, notes, styles)
        if container.kind in (Kind.XLS, Kind.OLD_XLS):
            return _read_xls(data, notes, styles)
    except Refused:
        raise
    except MemoryError:
        raise Refused(Cause.TOO_HARD) from None
    except Exception:  # each of them raises a score of foreign kinds on damaged files
        raise Refused(Cause.CORRUPT) from None
    raise Refused(Cause.CORRUPT)


def decrypted(data: bytes) -> bytes:
    """The file without its default password; raises Refused when it has one of its own."""
    plain = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=DEFAULT_PASSWORD)
        office.decrypt(plain)
    except Exception:  # a wrong password and an unknown scheme come in many kinds
        raise Refused(Cause.ENCRYPTED) from None
    return plain.getvalue()


def _noted(data: bytes) -> tuple[Mapping[int, Notes], Styles]:
    container = open_container(data)
    try:
        return noted(container, data)
    except TryOther:
        return {}, no_styles
    finally:
        if container.ole is not None:
            container.ole.close()


def _read_xls(data: bytes, notes: Mapping[int, Notes], styles: Styles) -> Workbook:
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        book = _open_xls(data, silence)
        sheets = tuple(
            _xls_sheet(book, sheet, index, notes.get(index, Notes()))
            for index, sheet in enumerate(book.sheets())
        )
    return Workbook(sheets, len(sheets), styles)


def _open_xls(data: bytes, silence: Any) -> Any:
    """With formats, for they hold the merged ranges; without, where the formats are broken."""
    options = {"file_contents": data, "logfile": silence, "ragged_rows": True}
    try:
        return xlrd.open_workbook(formatting_info=True, **options)
    except xlrd.XLRDError as error:
        cause = Cause.ENCRYPTED if "encrypted" in str(error) else Cause.CORRUPT
        raise Refused(cause) from None
    except Exception:  # foreign kinds by the score
        return xlrd.open_workbook(formatting_info=False, **options)


def _xls_sheet(book: Any, sheet: Any, index: int, notes: Notes) -> Sheet:
    rows = [
        [_xls_value(cell, book.datemode) for cell in sheet.row(row)] for row in range(sheet.nrows)
    ]
    merged = [((top, left), (low - 1, right - 1)) for top, low, left, right in sheet.merged_cells]
    found = Sheet(sheet.name, rows, merged, notes.formulas, notes.errors, index)
    return with_errors(found)


def _xls_value(cell: Any, datemode: int) -> Value:
    if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER):
        value: Value = cell.value
        return value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment: Value = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError, xlrd.XLDateError):
            return float(cell.value)
        return moment
    return ""


def _read_openxml(data: bytes, notes: Mapping[int, Notes], styles: Styles) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = tuple(
        Sheet(
            sheet.title,
            list(_openxml_rows(sheet)),
            [
                ((area.min_row - 1, area.min_col - 1), (area.max_row - 1, area.max_col - 1))
                for area in sheet.merged_cells.ranges
            ],
            notes.get(index, Notes()).formulas,
            index=index,
        )
        for index, sheet in enumerate(book.worksheets)
    )
    return Workbook(sheets, len(book.sheetnames), styles)


def _openxml_rows(sheet: Any) -> Iterator[list[Value]]:
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        raise Refused(Cause.TOO_MANY_CELLS)
    for row in sheet.iter_rows(values_only=True):
        yield ["" if value is None else value for value in row]
