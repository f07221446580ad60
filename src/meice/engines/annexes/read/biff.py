"""A walk over the records of an ``.xls`` stream: formulas, errors, extents, passwords, styles.

Source of the record layouts: [MS-XLS] 2.4 (FORMULA 0x0006, BOUNDSHEET 0x0085, XF 0x00E0 …). The
values themselves are read by a parser; this tells what parsers leave out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from meice.engines.annexes.read.grid import Cell, Formula, Notes, Style

HEAD = struct.Struct("<HHHH").unpack_from  # record, length, and a cell record's row and column
PAIR = struct.Struct("<HH").unpack_from
FORMULA, BOOL_OR_ERROR = 0x0006, 0x0205
FORMULAS = frozenset({FORMULA, 0x0206, 0x0406})
MULTIPLE_RK, MULTIPLE_BLANK = 0x00BD, 0x00BE
VALUES = frozenset({0x0203, 0x0204, 0x00D6, 0x00FD, 0x027E, BOOL_OR_ERROR, MULTIPLE_RK} | FORMULAS)
CELLS = VALUES | {0x0201, MULTIPLE_BLANK}
BEGIN, BOUND_SHEET, FILE_PASS = 0x0809, 0x0085, 0x002F
DIMENSIONS, PADDING = 0x0200, 0x0000
FONT, EXTENDED_FORMAT, PALETTE = frozenset({0x0031, 0x0231}), 0x00E0, 0x0092
OTHERS = frozenset({BEGIN, BOUND_SHEET, FILE_PASS, DIMENSIONS, PADDING})
SPECIAL = FORMULAS | {BOOL_OR_ERROR, MULTIPLE_RK}
BIFF8 = 0x0600
FIRST_PALETTE_COLOUR = 8
REDS = frozenset({2, 10, 16, 29, 45, 53, 60})  # red and its neighbours in the default palette
ERRORS: Mapping[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class _Open:
    """What has been seen of one sheet so far."""

    formulas: dict[Cell, Formula] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    declared: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """Notes of the sheets by their place in the file; ``encrypted`` when a password guards it."""

    sheets: Mapping[int, Notes]
    encrypted: bool = False


def scan(stream: bytes) -> Scan:
    """Walk once over the whole stream; a record cut short ends the walk, not the reading."""
    starts: dict[int, int] = {}
    sheets: dict[int, _Open] = {}
    current = _Open()  # what stands before the first sheet belongs to none
    position, end = 0, len(stream) - 4
    stream += b"\0" * 16
    head, values, top, right = HEAD, VALUES, -1, -1
    while position <= end:
        record, length, row, column = head(stream, position)
        if record in values:  # nine records of ten: kept short
            top = row if row > top else top
            right = column if column > right else right
            if record in SPECIAL:
                right = max(right, _note_cell(current, stream, position, record, length))
        elif record in OTHERS:
            if record == FILE_PASS:
                return Scan({}, encrypted=True)
            if record == BOUND_SHEET:
                starts[row | column << 16] = len(starts)
            elif record == BEGIN and position in starts:
                current.rows, current.columns = top + 1, right + 1
                current, top, right = _Open(), -1, -1
                sheets[starts[position]] = current
            elif record == PADDING and not length:
                break
            elif record == DIMENSIONS:
                current.declared = _declared(stream[position + 4 : position + 4 + length])
        position += 4 + length
    current.rows, current.columns = top + 1, right + 1
    return Scan({index: _notes(each) for index, each in sheets.items()})


def _note_cell(sheet: _Open, stream: bytes, at: int, record: int, length: int) -> int:
    """Note a formula or an error; returns the last column of the record."""
    row, column = PAIR(stream, at + 4)
    if record in FORMULAS:
        sheet.formulas[row, column] = _formula(stream[at + 10 : at + 18])
    elif record == BOOL_OR_ERROR and stream[at + 11]:
        sheet.errors[row, column] = ERRORS.get(stream[at + 10], "#N/A")
    elif record == MULTIPLE_RK and length >= 8 and at + 6 + length <= len(stream):
        return int(PAIR(stream, at + 2 + length)[0])
    return int(column)


def _formula(result: bytes) -> Formula:
    """[MS-XLS] 2.5.133: a number, or 0xFFFF and a type: 0 text, 1 boolean, 2 error, 3 nothing."""
    if result[6:8] != b"\xff\xff":
        return Formula(stored=True)
    if result[0] == 2:
        return Formula(stored=False, error=ERRORS.get(result[2], "#N/A"))
    return Formula(stored=result[0] in (0, 1))


def _declared(body: bytes) -> int:
    """Cells of the declared extent (DIMENSIONS: rows are 32 bits wide from BIFF8 on)."""
    if len(body) >= 14:
        first, last, left, right = struct.unpack_from("<IIHH", body)
    elif len(body) >= 8:
        first, last, left, right = struct.unpack_from("<HHHH", body)
    else:
        return 0
    return int(max(0, last - first) * max(0, right - left))


def _notes(sheet: _Open) -> Notes:
    return Notes(
        formulas=sheet.formulas,
        errors=sheet.errors,
        rows=sheet.rows,
        columns=sheet.columns,
        declared=sheet.declared,
    )


def styles(stream: bytes, index: int) -> Mapping[Cell, Style]:
    """The cells of sheet ``index`` that are bold, red or thickly framed (BIFF8 only)."""
    starts: list[int] = []
    fonts: list[tuple[bool, int]] = []
    formats: list[bytes] = []
    palette: dict[int, bytes] = {}
    found: dict[Cell, Style] = {}
    known: dict[int, Style] = {}
    inside = False
    for record, at, body in _records(stream):
        if record == BOUND_SHEET and len(body) >= 4:
            starts.append(struct.unpack_from("<I", body)[0])
        elif record == BEGIN:
            inside = inside or (index < len(starts) and at == starts[index])
            if not starts and PAIR(body + b"\0\0\0\0")[0] != BIFF8:
                return {}
            if inside and index + 1 < len(starts) and at == starts[index + 1]:
                return found
        elif record in FONT and len(body) >= 8:
            fonts.append((PAIR(body, 6)[0] >= 600 if len(body) >= 10 else False, PAIR(body, 4)[0]))
        elif record == EXTENDED_FORMAT:
            formats.append(body)
        elif record == PALETTE:
            palette = {n + FIRST_PALETTE_COLOUR: body[2 + 4 * n : 5 + 4 * n] for n in range(56)}
        elif inside and record in CELLS and len(body) >= 6:
            for cell, number in _cell_formats(record, body):
                if number not in known:
                    body_of = formats[number] if number < len(formats) else b""
                    known[number] = _style(body_of, fonts, palette)
                if known[number] != Style():
                    found[cell] = known[number]
    return found


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    position = 0
    while position <= len(stream) - 4:
        record, length = PAIR(stream, position)
        yield record, position, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _cell_formats(record: int, body: bytes) -> Iterator[tuple[Cell, int]]:
    row, column = PAIR(body)
    if record not in (MULTIPLE_RK, MULTIPLE_BLANK):
        yield (row, column), PAIR(body, 2)[1]
        return
    step = 6 if record == MULTIPLE_RK else 2
    for offset in range(4, len(body) - 2 - (step - 2), step):
        yield (row, column + (offset - 4) // step), body[offset] | body[offset + 1] << 8


def _style(body: bytes, fonts: list[tuple[bool, int]], palette: Mapping[int, bytes]) -> Style:
    """[MS-XLS] 2.4.353: font in the first two bytes (number 4 is left out), borders at byte 10."""
    if len(body) < 14:
        return Style()
    number = PAIR(body)[0]
    number -= number > 4
    bold, colour = fonts[number] if number < len(fonts) else (False, 0)
    borders = PAIR(body, 10)[0]
    sides = [borders >> shift & 15 for shift in (0, 4, 8, 12)]
    return Style(bold, _is_red(colour, palette), all(side in (2, 5) for side in sides))


def _is_red(colour: int, palette: Mapping[int, bytes]) -> bool:
    rgb = palette.get(colour, b"")
    if len(rgb) == 3:
        return rgb[0] >= 160 and rgb[1] <= 80 and rgb[2] <= 80
    return colour in REDS
