"""A whole row of a long table at once: its BIFF8 records without an object for each cell.

The workbook, the styles and the string table stay xlwt's; a merged annex 1 has hundreds of
thousands of cells, and this writes them several times faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct

_ROW = Struct("<2H6HL")
_LABEL_SST = Struct("<5HL")
_RK = Struct("<5HL")
_NUMBER = Struct("<5Hd")
_BLANK = Struct("<5H")
_ROW_ID, _LABEL_ID, _RK_ID, _NUMBER_ID, _BLANK_ID = 0x0208, 0x00FD, 0x027E, 0x0203, 0x0201
_OWN_HEIGHT = 0x0100 | 0x0040 | 0x0F << 16  # default format, the height is given
_RK_RANGE = range(-(1 << 29), 1 << 29)  # integers that fit beside the two flag bits
_RK_INTEGER = 2

Cell = str | int | None


class PackedRow:
    """Stands where xlwt keeps a row; ``height`` in twips."""

    __slots__ = ("_cells", "_row", "level")

    def __init__(self, row: int, width: int, height: int, cells: bytes) -> None:
        self.level = 0  # xlwt asks every row for its outline level
        self._cells = cells
        self._row = _ROW.pack(_ROW_ID, 16, row, 0, width, height, 0, 0, _OWN_HEIGHT)

    def get_row_biff_data(self) -> bytes:
        return self._row

    def get_cells_biff_data(self) -> bytes:
        return self._cells


def pack_cells(
    row: int, cells: Sequence[Cell], styles: tuple[int, int], add_text: Callable[[str], int]
) -> bytes:
    """The records of one row; ``styles``: of texts and of numbers; ``add_text`` gives a text's
    place in the string table. Never a FORMULA record, whatever the text."""
    text_style, number_style = styles
    pieces = []
    for column, cell in enumerate(cells):
        if cell is None or cell == "":
            pieces.append(_BLANK.pack(_BLANK_ID, 6, row, column, text_style))
        elif isinstance(cell, str):
            place = add_text(cell)
            pieces.append(_LABEL_SST.pack(_LABEL_ID, 10, row, column, text_style, place))
        elif cell in _RK_RANGE:
            value = (cell << 2 | _RK_INTEGER) & 0xFFFF_FFFF
            pieces.append(_RK.pack(_RK_ID, 10, row, column, number_style, value))
        else:
            pieces.append(_NUMBER.pack(_NUMBER_ID, 14, row, column, number_style, cell))
    return b"".join(pieces)
