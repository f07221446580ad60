"""The shared string table, with characters beyond the first plane kept whole.

xlwt cuts a long table into records wherever one is full, if need be between the two halves of a
surrogate pair; readers then fail on the whole file.
"""

from __future__ import annotations

from xlwt.BIFFRecords import SharedStringTable
from xlwt.UnicodeUtils import upack2

_PIECE = 0x2020  # bytes of strings in one record
_WIDE = 0x01
_HIGH_SURROGATES = range(0xD8, 0xDC)  # the upper byte of the first half


class SharedStrings(SharedStringTable):  # type: ignore[misc]
    """xlwt's table that never cuts a pair of surrogates."""

    def _add_to_sst(self, text: str) -> None:
        packed = upack2(text, self.encoding)
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
