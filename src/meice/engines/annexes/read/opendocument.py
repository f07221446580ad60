"""What parsers leave out of an ``.ods``: formulas, merged ranges, extents, styles.

Source: OASIS OpenDocument 1.3, part 3, 9 (tables) and 16 (styles).
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from meice.engines.annexes.read.grid import Area, Cell, Formula, Notes, Style
from meice.engines.annexes.read.markup import Attributes, local, part, walk
from meice.engines.annexes.read.openxml import is_red

CELLS = frozenset({"table-cell", "covered-table-cell"})
ROWS = 1_048_576
ENCRYPTION = b"encryption-data"
HEAVY_POINTS = 1.5


@dataclass(slots=True)
class _Table:
    """What has been seen of one sheet so far; ``row`` and ``column`` are where the next cell is."""

    formulas: dict[Cell, Formula] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    styled: dict[Cell, str] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0


@dataclass(slots=True)
class _Content:
    """Collects the tables and cell styles of ``content.xml`` while it is walked."""

    tables: list[_Table] = field(default_factory=list)
    styles: dict[str, Style] = field(default_factory=dict)
    style: str = ""
    depth: int = 0  # tables inside tables: only the outer one is a sheet
    repeat_row: int = 1
    repeat_cell: int = 1
    cell: Attributes = field(default_factory=dict)
    filled: bool = False
    in_cell: bool = False
    values: str = ""

    def start(self, name: str, raw: Attributes) -> None:
        given = {local(key): value for key, value in raw.items()} if raw else raw
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(_Table())
        elif name == "table-row" and self.depth == 1:
            self.repeat_row = _count(given.get("number-rows-repeated"))
            self.tables[-1].column = 0
        elif name in CELLS and self.depth == 1:
            self.repeat_cell = _count(given.get("number-columns-repeated"))
            self.cell, self.in_cell, self.values = given, True, ""
            self.filled = "value-type" in given or "formula" in given
        elif name == "style":
            self.style = given.get("name", "")
        elif name in ("text-properties", "table-cell-properties"):
            self._style(given)

    def text(self, text: str) -> None:
        if self.in_cell:
            self.values += text
            self.filled = self.filled or bool(text.strip())

    def end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1
        elif name == "table-row" and self.depth == 1:
            self.tables[-1].row += self.repeat_row
        elif name in CELLS and self.depth == 1:
            self._cell(self.tables[-1])
            self.in_cell = False

    def _cell(self, table: _Table) -> None:
        at = (table.row, table.column)
        if self.filled:
            table.rows = max(table.rows, table.row + self.repeat_row)
            table.columns = max(table.columns, table.column + self.repeat_cell)
        if self.cell.get("formula"):
            table.formulas[at] = self._formula()
        down, across = (
            _count(self.cell.get(f"number-{each}-spanned")) for each in ("rows", "columns")
        )
        if down * across > 1:
            table.merged.append((at, (at[0] + down - 1, at[1] + across - 1)))
        if "style-name" in self.cell:
            table.styled[at] = self.cell["style-name"]
        table.column += self.repeat_cell

    def _formula(self) -> Formula:
        shown = self.values.strip()
        if self.cell.get("value-type") == "error" or shown.startswith(("#", "Err:")):
            return Formula(stored=False, error=shown or "#N/A")
        return Formula(stored=bool(shown or self.cell.get("value")))

    def _style(self, given: Attributes) -> None:
        old = self.styles.get(self.style, Style())
        bold = old.bold or given.get("font-weight") in ("bold", "600", "700", "800", "900")
        red = old.red or is_red(given.get("color", ""))
        self.styles[self.style] = Style(bold, red, old.framed or _is_heavy(given))


def _count(given: str | None) -> int:
    return min(ROWS, max(1, int(given))) if given and given.isdecimal() else 1


def _is_heavy(given: Attributes) -> bool:
    sides = [given.get(f"border-{side}", "") for side in ("left", "right", "top", "bottom")]
    lines = [given["border"]] if "border" in given else sides
    return all(_points(line) >= HEAVY_POINTS for line in lines)


def _points(line: str) -> float:
    """The width of ``2.49pt solid #000000`` in points."""
    width = line.split(" ")[0]
    for unit, factor in (("pt", 1.0), ("cm", 28.35), ("mm", 2.835), ("in", 72.0)):
        if width.endswith(unit):
            number = width.removesuffix(unit)
            return float(number) * factor if number.replace(".", "", 1).isdecimal() else 0.0
    return 0.0


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the manifest says that parts are encrypted."""
    return ENCRYPTION in part(archive, "META-INF/manifest.xml")


def scan(archive: zipfile.ZipFile) -> tuple[Notes, ...]:
    """Notes of the sheets in their order."""
    return tuple(
        Notes(each.formulas, {}, each.merged, each.rows, each.columns)
        for each in _content(archive).tables
    )


def styles(archive: zipfile.ZipFile, index: int) -> Mapping[Cell, Style]:
    """The cells of sheet ``index`` that are bold, red or thickly framed."""
    content = _content(archive)
    if index >= len(content.tables):
        return {}
    named = ((at, content.styles.get(name)) for at, name in content.tables[index].styled.items())
    return {at: style for at, style in named if style is not None and style != Style()}


def _content(archive: zipfile.ZipFile) -> _Content:
    found = _Content()
    walk(part(archive, "content.xml") or b"<none/>", found.start, found.end, found.text)
    return found
