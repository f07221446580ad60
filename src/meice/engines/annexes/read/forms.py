"""Reads every form of one workbook: finds it, reads its rows, checks its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from meice.engines.annexes.columns import (
    BASIC_COLUMNS,
    COUNT_PRINTED,
    COUNT_TOTAL,
    FILING_COLUMNS,
    FILING_LIST_TITLE,
)
from meice.engines.annexes.model import Annex, Form, Places, Row
from meice.engines.annexes.read import basic, counts, filing, filings
from meice.engines.annexes.read.grid import Sheet, Workbook
from meice.engines.annexes.read.heading import Block, check_heading, read_heading
from meice.engines.annexes.read.ledger import Ledger, unknown_form
from meice.engines.annexes.read.recognise import Found, find_forms
from meice.engines.annexes.read.table import (
    check_columns,
    check_formulas,
    open_table,
    split_rows,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one form needs: the workbook's sheet, the form on it, the day, the path."""

    book: Workbook
    sheet: Sheet
    found: Found
    path: str
    today: str  # ISO

    def ledger(self) -> Ledger:
        return Ledger(self.path, self.sheet.name, self.found.annex)

    def form(
        self,
        block: Block,
        ledger: Ledger,
        rows: tuple[Row, ...],
        samples: tuple[Row, ...],
        places: Places,
    ) -> Form:
        """The form with its header's cells among its places."""
        cells = {**places.cells, **{f"header.{key}": at for key, at in block.cells.items()}}
        return Form(
            path=self.path,
            annex=self.found.annex,
            sheet=self.sheet.name,
            sheets=self.book.opened,
            header=block.header,
            rows=rows,
            samples=samples,
            issues=tuple(ledger.issues),
            places=Places(dict(places.columns), places.lines, cells),
        )


def read_forms(book: Workbook, path: str, today: str) -> tuple[Form, ...]:
    """The forms of a workbook in the order of its sheets; one without any is an unknown form."""
    forms = [
        READERS[found.annex](Reading(book, sheet, found, path, today))
        for sheet in book.sheets
        for found in find_forms(sheet)
    ]
    if forms:
        return tuple(forms)
    name = book.sheets[0].name if book.sheets else None
    issues = () if _is_filing_list(book) else (unknown_form(path, book.opened),)
    return (Form(path=path, sheet=name, sheets=book.opened, issues=issues),)


def _is_filing_list(book: Workbook) -> bool:
    """The list that a merged package has in place of more than 200 annex 3: no form, no fault."""
    return any(FILING_LIST_TITLE in row for sheet in book.sheets for row in sheet.rows[:2])


def _read_basic(reading: Reading) -> Form:
    table, ledger = open_table(reading.sheet, reading.found), reading.ledger()
    lines, foot = split_rows(table)
    block = read_heading(reading.sheet, reading.found, foot)
    check_columns(reading.found, BASIC_COLUMNS, basic.OPTIONAL, ledger)
    check_heading(block, Annex.BASIC, ledger)
    rows, kept, samples = basic.read_rows(table, lines, ledger)
    check_formulas(table, kept, ledger)
    basic.check_rows(table, rows, kept, block.header.unit, ledger)
    places = Places(reading.found.places, tuple(kept))
    return reading.form(block, ledger, tuple(rows), tuple(samples), places)


def _read_counts(reading: Reading) -> Form:
    table, ledger = open_table(reading.sheet, reading.found), reading.ledger()
    rows, lines, foot = counts.read_rows(table)
    block = read_heading(reading.sheet, reading.found, foot)
    check_columns(reading.found, (*COUNT_PRINTED, COUNT_TOTAL), counts.OPTIONAL, ledger)
    check_heading(block, Annex.COUNTS, ledger)
    check_formulas(table, lines, ledger)
    counts.check_rows(table, rows, lines, ledger)
    places = Places(reading.found.places, tuple(lines))
    return reading.form(block, ledger, tuple(rows), (), places)


def _read_filing(reading: Reading) -> Form:
    ledger, sheet, found = reading.ledger(), reading.sheet, reading.found
    book = reading.book
    form, paper, foot = filing.read_form(sheet, found, lambda: book.styles(sheet.index))
    block = read_heading(sheet, found, range(foot, min(found.bottom, len(sheet.rows))))
    filing.check_labels(found, ledger)
    check_heading(block, Annex.FILING, ledger)
    if form is not None:
        filing.check_formulas(paper, ledger)
        filing.check_form(form, paper, block.header.unit, reading.today, ledger)
    rows = () if form is None else (form,)
    return reading.form(block, ledger, rows, (), Places(cells=paper.cells))


def _read_filings(reading: Reading) -> Form:
    table, ledger = open_table(reading.sheet, reading.found), reading.ledger()
    lines, foot = split_rows(table)
    block = read_heading(reading.sheet, reading.found, foot)
    check_columns(reading.found, FILING_COLUMNS, filings.OPTIONAL, ledger)
    check_heading(block, Annex.FILINGS, ledger)
    rows, kept = filings.read_rows(table, lines)
    check_formulas(table, kept, ledger)
    filings.check_rows(table, rows, kept, block.header.unit, reading.today, ledger)
    places = Places(reading.found.places, tuple(kept))
    return reading.form(block, ledger, tuple(rows), (), places)


READERS: Mapping[Annex, Callable[[Reading], Form]] = {
    Annex.BASIC: _read_basic,
    Annex.COUNTS: _read_counts,
    Annex.FILING: _read_filing,
    Annex.FILINGS: _read_filings,
}
