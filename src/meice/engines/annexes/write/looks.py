"""How a cell looks: font, alignment, borders. Headings are 黑体, text is 仿宋 (ui/design.md 12).

Every text cell carries the number format ``@``: phones and ids keep their digits, and a text that
begins with ``=`` stays a text even when somebody edits the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import xlwt

BLACK_TYPE = "黑体"
TEXT_TYPE = "仿宋"
_TWIPS_PER_POINT = 20


class Across(IntEnum):
    LEFT = xlwt.Alignment.HORZ_LEFT
    CENTRE = xlwt.Alignment.HORZ_CENTER
    RIGHT = xlwt.Alignment.HORZ_RIGHT


class Down(IntEnum):
    TOP = xlwt.Alignment.VERT_TOP
    MIDDLE = xlwt.Alignment.VERT_CENTER
    BOTTOM = xlwt.Alignment.VERT_BOTTOM


class Line(IntEnum):
    NONE = xlwt.Borders.NO_LINE
    THIN = xlwt.Borders.THIN
    THICK = xlwt.Borders.THICK


Box = tuple[Line, Line, Line, Line]  # left, right, top, bottom
OPEN: Box = (Line.NONE, Line.NONE, Line.NONE, Line.NONE)
BOXED: Box = (Line.THIN, Line.THIN, Line.THIN, Line.THIN)
FRAMED: Box = (Line.THICK, Line.THICK, Line.THICK, Line.THICK)


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a cell; ``size`` in points."""

    face: str = TEXT_TYPE
    size: float = 10.5
    bold: bool = False
    across: Across = Across.CENTRE
    down: Down = Down.MIDDLE
    box: Box = BOXED


MARK = Look(face=BLACK_TYPE, size=12, across=Across.LEFT, box=OPEN)
TITLE = Look(face=BLACK_TYPE, size=18, bold=True, box=OPEN)
HEADER = Look(size=12, across=Across.LEFT, box=OPEN)
HEADING = Look(face=BLACK_TYPE)
VALUE = Look()
VALUE_LEFT = Look(across=Across.LEFT)
NOTE = Look(size=10.5, across=Across.LEFT, down=Down.TOP, box=OPEN)


@cache
def font_of(face: str, size: float, bold: bool, struck: bool = False) -> xlwt.Font:
    """The font, one object for each kind (xlwt counts objects, not values)."""
    font = xlwt.Font()
    font.name = face
    font.height = int(size * _TWIPS_PER_POINT)
    font.bold = bold
    font.struck_out = struck
    font.charset = xlwt.Font.CHARSET_ANSI_CHINESE_GBK
    return font


@cache
def style_of(look: Look, number: bool = False) -> xlwt.XFStyle:
    """The cell style of a look; ``number`` for cells that hold a count."""
    style = xlwt.XFStyle()
    style.num_format_str = "0" if number else "@"
    style.font = font_of(look.face, look.size, look.bold)
    style.alignment.horz = int(look.across)
    style.alignment.vert = int(look.down)
    style.alignment.inde = 1 if look.across is not Across.CENTRE and look.box != OPEN else 0
    style.alignment.wrap = xlwt.Alignment.WRAP_AT_RIGHT
    borders = style.borders
    borders.left, borders.right, borders.top, borders.bottom = (int(line) for line in look.box)
    return style
