"""What parsers leave out of an ``.xlsx``: formulas, errors, extents, styles.

Source: ECMA-376 part 1, 18.3 (worksheets) and 18.8 (styles).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from meice.engines.annexes.read.grid import Cell, Formula, Notes, Style
from meice.engines.annexes.read.markup import Attributes, part, walk
from meice.engines.annexes.read.refusal import Cause, Refused

MOST_UNPACKED = 300 * 1024 * 1024
FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*?(?<!/)>')
DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]*?ref="[A-Z]+[0-9]+:([A-Z]{1,3})([0-9]{1,7})"')
HAS_FORMULA = re.compile(rb'<(?:\w+:)?f[\s/>]|\bt="e"')
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
HEAVY_LINES = frozenset({"medium", "thick", "double", "mediumDashed"})


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much, by its declared sizes."""
    if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
        raise Refused(Cause.TOO_MUCH_TEXT)


def sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """The member names of the sheets in the workbook's order."""
    targets: dict[str, str] = {}
    order: list[str] = []

    def relation(name: str, given: Attributes) -> None:
        if name == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(name: str, given: Attributes) -> None:
        if name == "sheet":
            order.append(next((value for key, value in given.items() if key.endswith(":id")), ""))

    walk(part(archive, "xl/_rels/workbook.xml.rels") or b"<none/>", relation)
    walk(part(archive, "xl/workbook.xml") or b"<none/>", sheet)
    return [_member(targets.get(identifier, "")) for identifier in order]


def _member(target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join("xl", target))


def column_number(letters: str) -> int:
    """``A`` is 0, ``XFD`` 16,383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def notes(xml: bytes) -> Notes:
    """Formulas, errors and the extent of one sheet's XML."""
    rows = columns = 0
    wide = b""
    for letters, digits in FILLED_CELL.findall(xml):
        if (row := int(digits)) > rows:
            rows = row
        if (len(letters), letters) > (len(wide), wide):
            wide = letters
    if wide:
        columns = column_number(wide.decode()) + 1
    declared = DIMENSION.search(xml[:4096])
    cells = (column_number(declared[1].decode()) + 1) * int(declared[2]) if declared else 0
    seen = _Cells()
    if HAS_FORMULA.search(xml):
        walk(xml, seen.start, seen.end, seen.text)
    return Notes(seen.formulas, seen.errors, (), rows, columns, cells)


@dataclass(slots=True)
class _Cells:
    """Collects the formulas and errors of a sheet while its XML is walked."""

    formulas: dict[Cell, Formula] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    cell: Cell = (0, -1)
    error: bool = False
    formula: bool = False
    inside: bool = False
    value: str = ""

    def start(self, name: str, given: Attributes) -> None:
        if name == "row":
            number = given.get("r", "")
            self.cell = (int(number) - 1 if number.isdecimal() else self.cell[0] + 1, -1)
        elif name == "c":
            match = ADDRESS.fullmatch(given.get("r", ""))
            self.cell = (
                (int(match[2]) - 1, column_number(match[1]))
                if match
                else (self.cell[0], self.cell[1] + 1)
            )
            self.error, self.formula, self.value = given.get("t") == "e", False, ""
        elif name == "f":
            self.formula = True
        elif name in ("v", "t"):
            self.inside = True

    def text(self, text: str) -> None:
        if self.inside:
            self.value += text

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            if self.error:
                self.errors[self.cell] = self.value
            if self.formula:
                stored = bool(self.value) and not self.error
                self.formulas[self.cell] = Formula(stored, self.value if self.error else "")


def styles(archive: zipfile.ZipFile, member: str) -> Mapping[Cell, Style]:
    """The cells of one sheet that are bold, red or thickly framed."""
    book = _Styles()
    walk(part(archive, "xl/styles.xml") or b"<none/>", book.start, book.end)
    found: dict[Cell, Style] = {}

    def cell(name: str, given: Attributes) -> None:
        match = ADDRESS.fullmatch(given.get("r", "")) if name == "c" else None
        number = int(given.get("s", "0") or 0) if match else 0
        if match and number < len(book.formats) and book.formats[number] != Style():
            found[int(match[2]) - 1, column_number(match[1])] = book.formats[number]

    walk(part(archive, member) or b"<none/>", cell)
    return found


@dataclass(slots=True)
class _Styles:
    """Collects fonts, borders and cell formats while the style part is walked."""

    fonts: list[tuple[bool, bool]] = field(default_factory=list)
    borders: list[bool] = field(default_factory=list)
    formats: list[Style] = field(default_factory=list)
    within: str = ""
    bold: bool = False
    red: bool = False
    heavy: int = 0

    def start(self, name: str, given: Attributes) -> None:
        if name in ("fonts", "borders", "cellXfs", "cellStyleXfs", "dxfs", "fills"):
            self.within = name
        elif self.within == "fonts":
            self._font(name, given)
        elif self.within == "borders":
            if name == "border":
                self.heavy = 0
            elif name in ("left", "right", "start", "end", "top", "bottom"):
                self.heavy += given.get("style") in HEAVY_LINES
        elif self.within == "cellXfs" and name == "xf":
            self._format(given)

    def end(self, name: str) -> None:
        if self.within == "fonts" and name == "font":
            self.fonts.append((self.bold, self.red))
        elif self.within == "borders" and name == "border":
            self.borders.append(self.heavy >= 4)
        elif name == self.within:
            self.within = ""

    def _font(self, name: str, given: Attributes) -> None:
        if name == "font":
            self.bold = self.red = False
        elif name == "b":
            self.bold = given.get("val", "1") not in ("0", "false")
        elif name == "color":
            self.red = is_red(given.get("rgb", "")) or given.get("indexed") in ("2", "10")

    def _format(self, given: Attributes) -> None:
        font = int(given.get("fontId", "0") or 0)
        border = int(given.get("borderId", "0") or 0)
        bold, red = self.fonts[font] if font < len(self.fonts) else (False, False)
        self.formats.append(Style(bold, red, border < len(self.borders) and self.borders[border]))


def is_red(colour: str) -> bool:
    """A colour as ``FF0000`` or ``FFFF0000`` that a person calls red."""
    digits = colour.lstrip("#")[-6:]
    try:
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return red >= 160 and green <= 80 and blue <= 80
