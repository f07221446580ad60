"""Text of Word 97–2003 documents (.doc) by their piece table.

Source: [MS-DOC] 2.4.1 (retrieving text), 2.5 (FIB), 2.9.38 (Clx), 2.9.177 (Pcd). The text of such
a file lies in pieces, some of one byte a character, some of two; a table says in which order.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

from meice.engines.documents.model import Unreadable

_WORD_97, _WORD_95 = 0xA5EC, 0xA5DC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS_AT, _CLX_AT = 0x0A, 0x01A2
_COUNTS_AT = 0x4C  # ccpText, ccpFtn, ccpHdd, (reserved), ccpAtn, ccpEdn, ccpTxbx, ccpHdrTxbx
_PARTS = ("", "脚注", "页眉页脚", "", "批注", "尾注", "文本框", "页眉文本框")
_ONE_BYTE = 0x40000000
_MOST_PIECES = 200_000
_MOST_CHARACTERS = 10_000_000

_FIELDS = re.compile("([\x13\x14\x15])")  # begins, its result begins, ends
_OBJECTS = re.compile("[\x00-\x06\x08\x0e-\x1d\x1f]")
_PARAGRAPH_ENDS = re.compile("[\r\x07\x0c]+")


def read_old_word(ole: Any) -> Iterator[tuple[str, str]]:
    """Yield (part of the document, paragraph); the part is empty for the main text.

    Raises Unreadable for a locked file and for one that is no Word document inside.
    """
    document = ole.openstream("WordDocument").read()
    if len(document) < 0x60:
        raise Unreadable("文件已损坏，读不出文字")
    identity, flags = _number(document, 0, "<H"), _number(document, _FLAGS_AT, "<H")
    if flags & _ENCRYPTED:
        raise Unreadable("文件加了密码，读不出文字")
    if identity == _WORD_95:
        yield from _paragraphs("", _word_95(document))
        return
    if identity != _WORD_97:
        raise Unreadable("不是 Word 文档，或已损坏")
    table = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    text = "".join(_pieces(document, table))[:_MOST_CHARACTERS]
    start = 0
    for part, count in zip(_PARTS, _counts(document), strict=True):
        yield from _paragraphs(part, text[start : start + count])
        start += count


def _number(data: bytes, at: int, form: str) -> int:
    try:
        value: int = struct.unpack_from(form, data, at)[0]
    except struct.error:
        raise Unreadable("文件已损坏，读不出文字") from None
    return value


def _counts(document: bytes) -> list[int]:
    """Characters of main text, notes, headers and so on."""
    counts = [_number(document, _COUNTS_AT + 4 * i, "<i") for i in range(len(_PARTS))]
    return [max(0, min(count, _MOST_CHARACTERS)) for count in counts]


def _pieces(document: bytes, table: bytes) -> Iterator[str]:
    start, size = _number(document, _CLX_AT, "<I"), _number(document, _CLX_AT + 4, "<I")
    places = _piece_table(table[start : start + size])
    count = (len(places) - 4) // 12
    if not 0 < count <= _MOST_PIECES:
        raise Unreadable("文件已损坏，读不出文字")
    ends = struct.unpack_from(f"<{count + 1}I", places)
    for i in range(count):
        length = ends[i + 1] - ends[i]
        place = _number(places, 4 * (count + 1) + 8 * i + 2, "<I")
        if not 0 <= length <= _MOST_CHARACTERS:
            raise Unreadable("文件已损坏，读不出文字")
        yield _piece(document, place, length)


def _piece_table(clx: bytes) -> bytes:
    """The PlcPcd in a Clx: after any number of property lists (Prc)."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + max(0, _number(clx, at + 1, "<h"))
    if at + 5 > len(clx) or clx[at] != 2:
        raise Unreadable("文件已损坏，读不出文字")
    size = _number(clx, at + 1, "<I")
    return clx[at + 5 : at + 5 + size]


def _piece(document: bytes, place: int, length: int) -> str:
    if place & _ONE_BYTE:
        start = (place & ~_ONE_BYTE) // 2
        return document[start : start + length].decode("cp1252", "replace")
    return document[place : place + 2 * length].decode("utf-16-le", "replace")


def _word_95(document: bytes) -> str:
    """Word 6 and 95: one run of bytes; in China in the code page of Chinese Windows."""
    start, end = _number(document, 0x18, "<I"), _number(document, 0x1C, "<I")
    return document[start:end].decode("gb18030", "replace")


def _paragraphs(part: str, text: str) -> Iterator[tuple[str, str]]:
    text = _shown(text)
    for paragraph in _PARAGRAPH_ENDS.split(text):
        if paragraph.strip():
            yield part, paragraph


def _shown(text: str) -> str:
    """What a reader sees: results of fields without their codes, no anchors of objects."""
    if "\x13" in text:
        text = "".join(_without_codes(text))
    return _OBJECTS.sub("", text.replace("\x1e", "-").replace("\x0b", "\n"))


def _without_codes(text: str) -> Iterator[str]:
    """The pieces outside of field codes; fields stand in fields."""
    in_code: list[bool] = []
    for piece in _FIELDS.split(text):
        if piece == "\x13":
            in_code.append(True)
        elif piece == "\x14":
            in_code[-1:] = [False] if in_code else []
        elif piece == "\x15":
            in_code[-1:] = []
        elif not any(in_code):
            yield piece
