"""The shared string table, with characters beyond the first plane kept whole.

xlwt cuts a long table into records wherever one is full, if need be between the two halves of a
surrogate pair; readers then fail on the whole file.
"""

from __future__ import annotations

from struct import Struct

from xlwt.BIFFRecords import SharedStringTable

_PIECE = 0x2020  # bytes of strings in one record
_WIDE = 0x01
_HEAD = Struct("<HB")  # units, options
_HIGH_SURROGATES = range(0xD8, 0xDC)  # the upper byte of the first half


class SharedStrings(SharedStringTable):  # type: ignore[misc]
    """xlwt's table that never cuts a pair of surrogates."""

    def _add_to_sst(self, text: str) -> None:
        packed = _packed(text)
        if len(self._current_piece) + len(packed) <= _PIECE:
            self._current_piece += packed
            return
        wide = packed[2] == _WIDE
        head = 5 if wide else 4  # length, options, the first unit
        if wide and packed[4] in _HIGH_SURROGATES:
            head += 2
        self._save_atom(packed[:head])
        self._save_splitted(packed[head:], wide)

    def _save_splitted(self, packed: bytes, wide: bool) -> None:
        position = 0
        while len(packed) - position > (free := _PIECE - len(self._current_piece)):
            if wide:
                free &= ~1
                free -= 2 * (free > 0 and packed[position + free - 1] in _HIGH_SURROGATES)
            self._current_piece += packed[position : position + free]
            position += free
            self._new_piece()
            self._current_piece += b"\x01" if wide else b"\x00"
        self._current_piece += packed[position:]


def _packed(text: str) -> bytes:
    """Length, options and units: one byte each where Latin-1 is enough, else UTF-16."""
    try:
        body = text.encode("latin-1")
    except UnicodeEncodeError:
        body = text.encode("utf-16-le")
        return _HEAD.pack(len(body) // 2, _WIDE) + body
    return _HEAD.pack(len(body), 0) + body
