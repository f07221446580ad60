"""A sheet as its reader sees it: values at addresses, whatever file format they came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Value = str | float | int | bool | dt.date | dt.time | dt.timedelta  # "" is an empty cell
Cell = tuple[int, int]  # row and column, both from 0
Area = tuple[Cell, Cell]  # first and last cell, both included

MERGED_CELLS = 20_000  # a merged range larger than this is decoration, not a heading


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell holding a formula; ``stored`` when the file holds its value too."""

    stored: bool
    error: str = ""  # what the stored value is when it is an error, as #REF!


@dataclass(slots=True)
class Sheet:
    """One sheet. ``rows`` are ragged at will; rows and columns count from the sheet's first."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[Area] = ()
    formulas: Mapping[Cell, Formula] = field(default_factory=dict)
    errors: Mapping[Cell, str] = field(default_factory=dict)
    index: int = 0  # its place among all sheets of the file

    def at(self, row: int, column: int) -> Value:
        """The value at a cell; "" outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def covers(self) -> dict[Cell, Cell]:
        """For each cell inside a merged range, the range's first cell."""
        return {
            (row, column): (top, left)
            for (top, left), (bottom, right) in self.merged
            if (bottom - top + 1) * (right - left + 1) <= MERGED_CELLS
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is drawn, as far as annex 3 uses it to mark a change."""

    bold: bool = False
    red: bool = False
    framed: bool = False  # a medium or thick line on all four sides


PLAIN = Style()
Styles = Callable[[int], Mapping[Cell, Style]]  # the cells of a sheet that are not drawn plainly


def no_styles(_: int) -> Mapping[Cell, Style]:
    """For formats whose styles are not read."""
    return {}


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one file in their order; chart and macro sheets are left out."""

    sheets: tuple[Sheet, ...]
    opened: int  # sheets in the file, of every sort
    styles: Styles = no_styles


@dataclass(frozen=True, slots=True)
class Notes:
    """What a scan of one sheet's source says beside its values."""

    formulas: Mapping[Cell, Formula] = field(default_factory=dict)
    errors: Mapping[Cell, str] = field(default_factory=dict)
    merged: Sequence[Area] = ()
    rows: int = 0  # extent of the cells that hold something
    columns: int = 0
    declared: int = 0  # cells of the extent that the file declares
