"""What the page of one form shows: some windows of rows with the faults of their cells.

Up to `ALL_ROWS` rows are shown at once, more in windows (design.md 8). Valid mobiles are masked
unless the person asked to see them; a faulty value is never masked, she has to find it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q, QuerySet

from meice.engines.annexes.model import Severity
from meice.engines.marks import find_mobiles, mask_mobile
from meice.surveys.grid.layout import Fact, Heading, Holds, Layout
from meice.surveys.models import WINDOW_ROWS, CheckedForm, Fault, RowWindow
from meice.web.tones import Look

ALL_ROWS = 300
LISTED_FAULTS = 50


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its address, what is shown, the fault in it (None: nothing wrong)."""

    address: str
    text: str
    holds: str = Holds.TEXT
    title: str = ""
    fault: FaultView | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the sheet; `line` counts from 1 as in the file."""

    line: int
    cells: tuple[CellView, ...]

    @property
    def is_faulty(self) -> bool:
        return any(cell.fault is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class FaultView:
    """A line of the list of faults; `url` leads to the cell, "" where it has none."""

    number: int
    look: Look
    cell: str
    message: str
    url: str

    @property
    def tone(self) -> str:
        return self.look.tone

    @property
    def mark(self) -> str:
        """What stands in the corner of the cell: the number of an error, ! for the others."""
        return str(self.number) if self.tone == "bad" else "!"


@dataclass(frozen=True, slots=True)
class WindowLink:
    """A part of a long form; `faults` of its rows."""

    number: int
    first: int
    last: int
    current: bool
    faults: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything the template shows of a form."""

    layout: Layout
    rows: tuple[RowView, ...] = ()
    facts: tuple[CellView, ...] = ()
    header: tuple[CellView, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    faults: tuple[FaultView, ...] = ()
    more_faults: int = 0
    windows: tuple[WindowLink, ...] = field(default=())
    window: int = 1
    only_faulty: bool = False
    next_faulty_window: int | None = None
    previous_faulty_window: int | None = None


def view(form: CheckedForm, *, number: str, only: str, masked: bool) -> SheetView:
    """The page of `form`: window `number` (text of the address; nonsense is the first), all its
    rows or `only` those with a fault ("faulty")."""
    layout = Layout.from_json(form.layout)
    last = -(-form.row_count // WINDOW_ROWS)
    whole = form.row_count <= ALL_ROWS
    window = 1 if whole else _within(number, last)
    faults = _faults(form, window, whole)
    by_cell = _first_by_cell(faults)
    rows = _rows(form.windows.all() if whole else form.windows.filter(number=window))
    shown = tuple(_row(row, layout.headings, by_cell, masked) for row in rows)
    only_faulty = only == "faulty"
    return SheetView(
        layout=layout,
        rows=tuple(row for row in shown if row.is_faulty) if only_faulty else shown,
        facts=_fact_cells(layout.facts, by_cell, masked),
        header=_fact_cells(layout.header, by_cell, masked),
        samples=tuple(tuple(_hidden(t, masked) for t in row) for row in layout.samples),
        faults=tuple(faults[:LISTED_FAULTS]),
        more_faults=max(0, len(faults) - LISTED_FAULTS),
        windows=() if whole else tuple(_links(form, window, last)),
        window=window,
        only_faulty=only_faulty,
        **_neighbours(form, window, whole),
    )


def mask_numbers(text: str) -> str:
    """`text` with the mobile numbers in it masked; what is not a valid mobile stays."""
    for mark in reversed(find_mobiles(text)):
        text = text[: mark.start] + mask_mobile(mark.text) + text[mark.end :]
    return text


def _hidden(text: str, masked: bool) -> str:
    return mask_numbers(text) if masked else text


def _within(number: str, last: int) -> int:
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 8 else 1
    return min(max(1, wanted), max(1, last))


def _rows(windows: QuerySet[RowWindow]) -> Iterable[tuple[int, list[str]]]:
    for window in windows:
        yield from window.rows


def _faults(form: CheckedForm, window: int, whole: bool) -> list[FaultView]:
    """All faults of a short form; of a long one, those of the window and those without a row."""
    found = form.faults.exclude(severity=Severity.INFO).order_by("number")
    if not whole:
        found = found.filter(Q(window=window) | Q(window=None))
    return [_fault(fault) for fault in found]


def _fault(fault: Fault) -> FaultView:
    url = f"#{fault.cell}" if fault.cell else ""
    return FaultView(fault.number, fault.look, fault.cell, mask_numbers(fault.message), url)


def _first_by_cell(faults: list[FaultView]) -> dict[str, FaultView]:
    """The gravest fault of each cell: they come errors first."""
    found: dict[str, FaultView] = {}
    for fault in faults:
        if fault.cell:
            found.setdefault(fault.cell, fault)
    return found


def _row(
    row: tuple[int, list[str]],
    headings: tuple[Heading, ...],
    faults: dict[str, FaultView],
    masked: bool,
) -> RowView:
    line, texts = row
    cells = []
    for heading, text in zip(headings, texts, strict=True):
        address = f"{heading.letter}{line}"
        fault = faults.get(address)
        cells.append(CellView(address, _hidden(text, masked), heading.holds, heading.title, fault))
    return RowView(line, tuple(cells))


def _fact_cells(
    facts: tuple[Fact, ...], faults: dict[str, FaultView], masked: bool
) -> tuple[CellView, ...]:
    return tuple(
        CellView(
            fact.cell,
            _hidden(fact.text, masked),
            title=fact.title,
            fault=faults.get(fact.cell) if fact.cell else None,
        )
        for fact in facts
    )


def _links(form: CheckedForm, current: int, last: int) -> Iterable[WindowLink]:
    faults = dict(form.faults.order_by().values_list("window").annotate(Count("pk")))
    for number in range(1, last + 1):
        end = min(number * WINDOW_ROWS, form.row_count)
        start = (number - 1) * WINDOW_ROWS + 1
        yield WindowLink(number, start, end, number == current, faults.get(number, 0))


def _neighbours(form: CheckedForm, window: int, whole: bool) -> dict[str, int | None]:
    """The next and the previous window that has a fault, so that F8 goes on over windows."""
    if whole:
        return {"next_faulty_window": None, "previous_faulty_window": None}
    faulty = form.faults.exclude(window=window).exclude(window=None)
    after = faulty.filter(window__gt=window).aggregate(n=Min("window"))["n"]
    before = faulty.filter(window__lt=window).aggregate(n=Max("window"))["n"]
    return {"next_faulty_window": after, "previous_faulty_window": before}
