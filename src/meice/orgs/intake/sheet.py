"""The grid of a workbook as text. Runs in a limited child: a workbook is hostile until read."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, load_workbook

MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 20_000, 40, 500


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rows of stripped text, all of the same width; `cut` when rows were left out."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The visible sheets that hold anything; `fault` names in English why there are none."""

    sheets: tuple[Grid, ...] = ()
    fault: str = ""


def read_workbook(data: bytes) -> Reading:
    """Every sheet of an .xls, .xlsx, .ods or .et as text."""
    try:
        book = load_workbook(BytesIO(data))
    except CalamineError as error:
        return Reading(fault=f"{type(error).__name__}: {error}")
    grids = [_grid(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    return Reading(tuple(grid for grid in grids if grid.rows))


Plain = tuple[str, tuple[tuple[str, tuple[tuple[str, ...], ...], bool], ...]]


def read_plain(data: bytes) -> Plain:
    """The same as plain values: out of a child come no classes but those of the engines."""
    reading = read_workbook(data)
    return reading.fault, tuple((grid.name, grid.rows, grid.cut) for grid in reading.sheets)


def from_plain(value: Plain) -> Reading:
    """What `read_plain` has read, with names."""
    fault, grids = value
    return Reading(tuple(Grid(name, rows, cut) for name, rows, cut in grids), fault)


def _grid(name: str, sheet: Any) -> Grid:
    # calamine starts at the first used cell: addresses must count from A1
    top, left = sheet.start or (0, 0)
    used = sheet.to_python(skip_empty_area=True)
    lead = ("",) * min(left, MAX_COLUMNS)
    rows: list[tuple[str, ...]] = [()] * min(top, MAX_ROWS)
    rows += [(*lead, *map(text_of, row))[:MAX_COLUMNS] for row in used[:MAX_ROWS]]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    even = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    return Grid(name, even, cut=len(used) > MAX_ROWS)


def text_of(value: Any) -> str:
    """A cell as a person would write it: 20110437.0 → 20110437, True → 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return " ".join(str(value).split())[:MAX_TEXT]
