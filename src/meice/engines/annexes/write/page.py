"""The workbook and its pages: A4, margins 20 and 19 mm, centred, page numbers, repeated headings.

xlwt has no print titles; ``Workbook`` adds the built-in name ``Print_Titles`` of each sheet to the
link table (BIFF8: SUPBOOK, EXTERNSHEET, NAME).
"""

from __future__ import annotations

from io import BytesIO
from struct import pack
from typing import Any

import xlwt
from xlwt.BIFFRecords import InternalReferenceSupBookRecord

from meice.engines.annexes.write.strings import SharedStrings

MOST_ROWS = 65_536
_A4 = 9
_TOP_BOTTOM, _SIDES = 20 / 25.4, 19 / 25.4  # inches
_FOOTER_MARGIN = 10 / 25.4
_FOOTER = "&C&10第 &P 页 共 &N 页"
_LAST_COLUMN = 255
_NAME, _EXTERNSHEET = 0x0018, 0x0017
_BUILT_IN, _PRINT_TITLES, _AREA_3D = 0x0020, 0x07, 0x3B


class Workbook(xlwt.Workbook):  # type: ignore[misc]
    """A BIFF8 workbook whose sheets may repeat heading rows on each printed page."""

    def __init__(self) -> None:
        super().__init__(encoding="utf-8")
        self.owner = "Meice"
        self._Workbook__sst = SharedStrings(self.encoding)
        self._titles: dict[int, tuple[int, int]] = {}
        self._count = 0

    def new_sheet(
        self, name: str, *, landscape: bool, headings: tuple[int, int] | None, one_page: bool
    ) -> Any:
        """Add a sheet with its page set up; ``headings``: first and last repeated row, from 0."""
        sheet = self.add_sheet(name)
        _set_page(sheet, landscape=landscape, one_page=one_page)
        if headings:
            self._titles[self._count] = headings
        self._count += 1
        return sheet

    def to_bytes(self) -> bytes:
        """The file; the same content gives the same bytes."""
        stream = BytesIO()
        self.save(stream)
        return stream.getvalue()

    def _Workbook__all_links_rec(self) -> bytes:  # noqa: N802 (overrides xlwt's link table)
        if not self._titles:
            return b""
        references = b"".join(pack("<3H", 0, sheet, sheet) for sheet in self._titles)
        names = (
            _print_titles(reference, sheet, rows)
            for reference, (sheet, rows) in enumerate(self._titles.items())
        )
        return b"".join(
            (
                InternalReferenceSupBookRecord(self._count).get(),
                _record(_EXTERNSHEET, pack("<H", len(self._titles)) + references),
                *names,
            )
        )


def _record(number: int, body: bytes) -> bytes:
    return pack("<2H", number, len(body)) + body


def _print_titles(reference: int, sheet: int, rows: tuple[int, int]) -> bytes:
    area = pack("<B5H", _AREA_3D, reference, *rows, 0, _LAST_COLUMN)
    head = pack("<HBBHHHBBBB", _BUILT_IN, 0, 1, len(area), 0, sheet + 1, 0, 0, 0, 0)
    return _record(_NAME, head + pack("<BB", 0, _PRINT_TITLES) + area)


def _set_page(sheet: Any, *, landscape: bool, one_page: bool) -> None:
    sheet.paper_size_code = _A4
    sheet.portrait = not landscape
    sheet.fit_num_pages = 1
    sheet.fit_width_to_pages = 1
    sheet.fit_height_to_pages = 1 if one_page else 0
    sheet.print_centered_horz = True
    sheet.print_centered_vert = False
    sheet.top_margin = sheet.bottom_margin = _TOP_BOTTOM
    sheet.left_margin = sheet.right_margin = _SIDES
    sheet.footer_margin = _FOOTER_MARGIN
    sheet.print_grid = False
    # The public setters want bytes and fail on Chinese; the fields take text.
    sheet._Worksheet__header_str = ""
    sheet._Worksheet__footer_str = _FOOTER
