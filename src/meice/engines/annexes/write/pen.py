"""Writing on one sheet: cells, merged cells, widths, heights. Text is always a text cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from meice.engines.annexes.write.looks import Look, font_of, style_of
from meice.engines.annexes.write.packed import Cell, PackedRow, pack_cells

MOST_CHARACTERS = 32_767  # in a cell, UTF-16 units
CUT = "……（原文过长，此处截断）"
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTH_UNITS, _TWIPS = 256, 20


def clean_text(text: str) -> str:
    """What a cell can hold: without control characters and lone surrogates (a spreadsheet would
    cut the text there), line ends as one kind, at most 32,767 units with a visible mark."""
    if len(text) * 2 > MOST_CHARACTERS and len(text.encode("utf-16-le", "ignore")) // 2 > (
        MOST_CHARACTERS
    ):
        text = _cut(text)
    if text.isprintable():
        return text
    return _NOT_TEXT.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _cut(text: str) -> str:
    room = (MOST_CHARACTERS - len(CUT)) * 2
    return text.encode("utf-16-le", "ignore")[:room].decode("utf-16-le", "ignore") + CUT


class Pen:
    """A hand on one sheet; rows and columns count from 0, ``last`` is inclusive."""

    def __init__(self, sheet: Any, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.widths = tuple(widths)
        for column, width in enumerate(widths):
            sheet.col(column).width = int(width * _WIDTH_UNITS)

    def room(self, first: int, last: int) -> float:
        """Width in characters of columns ``first`` to ``last``."""
        return sum(self.widths[first : last + 1])

    def column_at(self, share: float) -> int:
        """The first column that begins at or after ``share`` of the whole width."""
        whole = sum(self.widths)
        starts = accumulate(self.widths, initial=0.0)
        return next(column for column, start in enumerate(starts) if start >= share * whole)

    def set_height(self, row: int, points: float) -> None:
        line = self.sheet.row(row)
        line.height_mismatch = True
        line.height = int(points * _TWIPS)

    def text(self, row: int, column: int, text: str, look: Look) -> None:
        line, style = self.sheet.row(row), style_of(look)
        if text:
            line.set_cell_text(column, clean_text(text), style)
        else:
            line.set_cell_blank(column, style)

    def number(self, row: int, column: int, number: int | None, look: Look) -> None:
        line, style = self.sheet.row(row), style_of(look, number=True)
        if number is None:
            line.set_cell_blank(column, style)
        else:
            line.set_cell_number(column, number, style)

    def merged(self, area: tuple[int, int, int, int], text: str, look: Look) -> None:
        """``area``: first row, last row, first column, last column."""
        top, bottom, left, right = area
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.text(row, column, text if (row, column) == (top, left) else "", look)
        if (top, left) != (bottom, right):
            self.sheet.merged_ranges.append(area)

    def lines(
        self, first: int, rows: Sequence[Sequence[Cell]], look: Look, heights: Iterable[float]
    ) -> None:
        """Whole rows of one look, from row ``first`` on; the fast way for long tables."""
        book = self.sheet.get_parent()
        styles = (book.add_style(style_of(look)), book.add_style(style_of(look, number=True)))
        table = self.sheet.rows

        def place_of(text: str) -> int:
            place: int = book.add_str(clean_text(text))
            return place

        for row, (cells, points) in enumerate(zip(rows, heights, strict=True), first):
            packed = pack_cells(row, cells, styles, place_of)
            table[row] = PackedRow(row, len(cells), int(points * _TWIPS), packed)
        self.sheet.last_used_row = max(self.sheet.last_used_row, first + len(rows) - 1)

    def struck(self, row: int, column: int, parts: tuple[str, str, str], look: Look) -> None:
        """A text of three parts, the middle one struck through."""
        plain = font_of(look.face, look.size, look.bold)
        struck = font_of(look.face, look.size, look.bold, struck=True)
        runs = [
            (clean_text(part), font)
            for part, font in zip(parts, (plain, struck, plain), strict=True)
            if part
        ]
        self.sheet.row(row).set_cell_rich_text(column, runs, style_of(look))

    def freeze(self, row: int) -> None:
        """Keep the rows above ``row`` on the screen."""
        self.sheet.panes_frozen = True
        self.sheet.horz_split_pos = row
