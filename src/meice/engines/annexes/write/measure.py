"""How much room a text takes, so that a written row is high enough to show all of it.

A column's width counts half-width characters of the default font (7 pixels each at 96 dpi); a
Chinese character of 10.5 points is two of them. Heights are points. The measure is a little
generous: fonts differ from machine to machine, and a line too many is better than one cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import ceil

BODY_SIZE = 10.5
MOST_HEIGHT = 409.0  # the highest row a spreadsheet shows
_CELL_PADDING = 1.4  # characters kept free beside the text
_ROW_PADDING = 6.0
_LINE_FACTOR = 1.42  # line height / font size of the widest usual Chinese fonts
_WORD = re.compile(r"[!-.0->@-~]+[/?]*|.")


def characters(text: str) -> int:
    """Half-width characters ``text`` takes: two for what GB 18030 writes in two bytes, as
    Chinese fonts draw it; rare characters count four."""
    return len(text.encode("gb18030", "replace"))


def lines(text: str, width: float, size: float = BODY_SIZE) -> int:
    """Lines ``text`` takes in a column ``width`` characters wide: breaks at line ends, between
    Chinese characters and around words, inside a word only where it is wider than the column."""
    return _most_lines([text], [_room(width, size)])


def _room(width: float, size: float) -> int:
    """Half-width characters of ``size`` points that fit on a line."""
    return max(1, int((width - _CELL_PADDING) * BODY_SIZE / size))


def _most_lines(texts: Iterable[object], rooms: Iterable[int]) -> int:
    """The most lines one of the cells needs; what is no text needs one."""
    most = 1
    for text, room in zip(texts, rooms, strict=True):
        if isinstance(text, str) and (len(text) * 2 > room or "\n" in text):
            most = max(most, _lines(text, room))
    return most


@lru_cache(maxsize=4096)
def _lines(text: str, room: int) -> int:
    return sum(_wrapped(each, room) for each in text.split("\n"))


def _wrapped(line: str, room: int) -> int:
    if characters(line) <= room:
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
    rooms = [_room(width, size) for _, width in texts]
    return _height(_most_lines([text for text, _ in texts], rooms), size, least)


def row_heights(
    rows: Iterable[Sequence[object]], widths: Sequence[float], least: float
) -> Iterator[float]:
    """The same for each row of a long table of body text."""
    rooms = [_room(width, BODY_SIZE) for width in widths]
    for cells in rows:
        yield _height(_most_lines(cells, rooms), BODY_SIZE, least)


def _height(most: int, size: float, least: float) -> float:
    return min(MOST_HEIGHT, max(least, most * size * _LINE_FACTOR + _ROW_PADDING))
