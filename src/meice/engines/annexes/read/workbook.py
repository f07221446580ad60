"""Opens a workbook from bytes with the first parser: refuse what is no workbook or too large,
note what the parser leaves out, then read the values.

Runs only in a limited child process: parsers of this kind panic and abort on hostile files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import python_calamine
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound

from meice.engines.annexes.read import biff, opendocument, openxml
from meice.engines.annexes.read.compound import plain_stream
from meice.engines.annexes.read.grid import Notes, Sheet, Styles, Value, Workbook, no_styles
from meice.engines.annexes.read.markup import part
from meice.engines.annexes.read.refusal import Cause, Refused
from meice.engines.documents import Container, Kind, open_container

MOST_BYTES = 20 * 1024 * 1024
MOST_CELLS = 2_000_000  # of a sheet's extent: a full column of thirty, far more than any annex
MOST_SPARSE = (
    4 * MOST_CELLS
)  # … when its rows can be read ragged, as the second parser of .xls does
OTHER_KINDS: Mapping[Kind, Cause] = {
    Kind.HTML: Cause.HTML,
    Kind.TEXT: Cause.TEXT,
    Kind.WORD: Cause.WORD,
    Kind.SLIDES: Cause.SLIDES,
    Kind.PDF: Cause.PDF,
    Kind.RTF: Cause.RTF,
    Kind.IMAGE: Cause.IMAGE,
    Kind.XML_SHEET: Cause.XML_SHEET,
    Kind.XML: Cause.XML,
    Kind.ZIP: Cause.ARCHIVE,
    Kind.RAR: Cause.ARCHIVE,
    Kind.SEVEN_ZIP: Cause.ARCHIVE,
    Kind.EMPTY: Cause.EMPTY,
    Kind.UNKNOWN: Cause.UNKNOWN,
    Kind.BROKEN_OLE: Cause.CORRUPT,
    Kind.BROKEN_ZIP: Cause.CUT_SHORT,
    Kind.ENCRYPTED: Cause.ENCRYPTED,
}
OLE_STREAMS = ("Workbook", "Book")


class TryOther(Exception):
    """The first parser cannot read this file; the second may."""


def open_workbook(data: bytes) -> Workbook:
    """The sheets of the workbook ``data``. Raises Refused with the cause, or TryOther."""
    if len(data) > MOST_BYTES:
        raise Refused(Cause.TOO_MANY_BYTES)
    stream = plain_stream(data)
    if stream is not None:
        return _read(data, *_noted_stream(stream))
    container = open_container(data)
    if container.kind in OTHER_KINDS:
        raise Refused(OTHER_KINDS[container.kind])
    if container.kind is Kind.OLD_XLS:
        raise TryOther
    notes, styles = noted(container, data)
    return _read(data, notes, styles)


def noted(container: Container, data: bytes) -> tuple[Mapping[int, Notes], Styles]:
    """What the values leave out, by sheet; raises Refused on passwords and too large extents."""
    if container.ole is not None:
        return _noted_stream(workbook_stream(container))
    if container.kind is Kind.XLSB:
        return {}, no_styles
    notes, styles = _noted_zip(container.kind, data)
    _refuse_too_large(notes, MOST_CELLS)
    return notes, styles


def _noted_stream(stream: bytes) -> tuple[Mapping[int, Notes], Styles]:
    found = biff.scan(stream)
    if found.encrypted:
        raise Refused(Cause.ENCRYPTED)
    _refuse_too_large(found.sheets, MOST_SPARSE)
    return found.sheets, lambda index: biff.styles(stream, index)


def _refuse_too_large(notes: Mapping[int, Notes], most: int) -> None:
    if any(each.rows * each.columns > most for each in notes.values()):
        raise Refused(Cause.TOO_MANY_CELLS)


def workbook_stream(container: Container) -> bytes:
    """The BIFF stream of an OLE container; raises TryOther when it cannot be taken out."""
    with container.ole as ole:
        for name in OLE_STREAMS:
            try:
                if ole.exists(name):
                    stream: bytes = ole.openstream(name).read()
                    return stream
            except Exception as error:  # olefile raises whatever a broken chain leads it to
                raise TryOther from error
    raise Refused(Cause.CORRUPT)


def _noted_zip(kind: Kind, data: bytes) -> tuple[Mapping[int, Notes], Styles]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            openxml.check_sizes(archive)
            if kind is Kind.ODS:
                if opendocument.is_encrypted(archive):
                    raise Refused(Cause.ENCRYPTED)
                tables = opendocument.scan(archive)
                return dict(enumerate(tables)), _zip_styles(data, opendocument.styles)
            parts = openxml.sheet_parts(archive)
            notes = {at: openxml.notes(part(archive, name)) for at, name in enumerate(parts)}
            return notes, _zip_styles(
                data, lambda opened, index: openxml.styles(opened, parts[index])
            )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise TryOther from error


def _zip_styles(data: bytes, styles: Callable[[zipfile.ZipFile, int], Any]) -> Styles:
    def read(index: int) -> Any:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return styles(archive, index)

    return read


def _read(data: bytes, notes: Mapping[int, Notes], styles: Styles) -> Workbook:
    if any(
        each.declared > MOST_SPARSE or each.rows * each.columns > MOST_CELLS
        for each in notes.values()
    ):
        raise TryOther  # the first parser reserves the whole extent, the second what is there
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            metadata = book.sheets_metadata
            sheets = tuple(
                _sheet(book, index, each.name, notes.get(index, Notes()))
                for index, each in enumerate(metadata)
                if each.typ is python_calamine.SheetTypeEnum.WorkSheet
            )
    except PasswordError:
        raise Refused(Cause.ENCRYPTED) from None
    except CalamineError as error:
        raise TryOther from error
    return Workbook(sheets, len(metadata), styles)


def _sheet(book: CalamineWorkbook, index: int, name: str, notes: Notes) -> Sheet:
    try:
        found = book.get_sheet_by_index(index)
    except WorksheetNotFound:
        return Sheet(name, (), index=index)
    rows: list[list[Value]] = found.to_python(skip_empty_area=False)
    merged = found.merged_cell_ranges or notes.merged
    return with_errors(Sheet(name, rows, merged, notes.formulas, notes.errors, index))


def with_errors(sheet: Sheet) -> Sheet:
    """Error values (#REF!) as text in their cells: parsers leave those empty."""
    if not sheet.errors and not any(each.error for each in sheet.formulas.values()):
        return sheet
    rows = [list(row) for row in sheet.rows]
    faults = {at: each.error for at, each in sheet.formulas.items() if each.error}
    for (row, column), text in {**sheet.errors, **faults}.items():
        if row < MOST_CELLS and column < len(rows[0] if rows else ()) + 1000:
            rows.extend([] for _ in range(row + 1 - len(rows)))
            rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
            rows[row][column] = text
    return replace(sheet, rows=rows)
