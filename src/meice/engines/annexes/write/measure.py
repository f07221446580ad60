"""How much room a text takes, so that a written row is high enough to show all of it.

A column's width counts half-width characters of the default font (7 pixels each at 96 dpi); a
Chinese character of 10.5 points is two of them. Heights are points. The measure is a little
generous: fonts differ from machine to machine, and a line too many is better than one cut off.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

BODY_SIZE = 10.5
MOST_HEIGHT = 409.0  # the highest row a spreadsheet shows
_CELL_PADDING = 1.4  # characters kept free beside the text
_ROW_PADDING = 6.0
_LINE_FACTOR = 1.42  # line height / font size of the widest usual Chinese fonts
_WORD = re.compile(r"[!-.0->@-~]+[/?]*|.")


def characters(text: str) -> int:
    """Half-width characters ``text`` takes; wide and ambiguous ones count two."""
    return sum(1 if east_asian_width(each) in "NaNH" else 2 for each in text)


@lru_cache(maxsize=4096)
def lines(text: str, width: float, size: float = BODY_SIZE) -> int:
    """Lines ``text`` takes in a column ``width`` characters wide: breaks at line ends, between
    Chinese characters and around words, inside a word only where it is wider than the column."""
    room = max(1, int((width - _CELL_PADDING) * BODY_SIZE / size))
    return sum(_wrapped(each, room) for each in text.split("\n"))


def _wrapped(line: str, room: int) -> int:
    if len(line) * 2 <= room:
        return 1
    count, used = 1, 0
    for word in _WORD.findall(line):
        length = characters(word)
        if used + length <= room:
            used += length
        elif length <= room:
            count, used = count + 1, length
        else:
            whole = ceil((used + length) / room)
            count, used = count + whole - 1, length % room
    return count


def height(texts: list[tuple[str, float]], size: float = BODY_SIZE, least: float = 0.0) -> float:
    """Points a row needs for its ``(text, width)`` cells: at least ``least``, at most what a
    spreadsheet can show."""
    most = max((lines(text, width, size) for text, width in texts), default=1)
    return min(MOST_HEIGHT, max(least, most * size * _LINE_FACTOR + _ROW_PADDING))
