"""Forms in, bytes of a BIFF8 workbook out."""

from __future__ import annotations

from collections.abc import Sequence

from meice.engines.annexes import columns
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    FilingForm,
    FilingRow,
    Form,
)
from meice.engines.annexes.naming import SheetNames
from meice.engines.annexes.write.counts import write_counts
from meice.engines.annexes.write.filing import write_filing
from meice.engines.annexes.write.page import Workbook
from meice.engines.annexes.write.tables import (
    BASIC,
    FILINGS,
    Cells,
    basic_cells,
    blank_cells,
    filing_cells,
    write_table,
)


def write_workbook(forms: Sequence[Form], *, delivery: str = "", hint: bool = False) -> bytes:
    """The ``.xls`` of one or more forms, each on sheets of its own.

    Annex 3 takes a sheet per row, annexes 1 and 4 as many as their rows need (65,536 rows each);
    a form without rows is written as a blank one. ``delivery`` is the campaign's 报送方式
    paragraph; ``hint`` prints the hint of annex 4. Raises ValueError for a form without a number
    and for no form at all.
    """
    if not forms:
        raise ValueError("没有要写的表。")
    book, names = Workbook(), SheetNames()
    for form in forms:
        _write_form(book, names, form, delivery, hint)
    return book.to_bytes()


def _write_form(book: Workbook, names: SheetNames, form: Form, delivery: str, hint: bool) -> None:
    if form.annex is Annex.BASIC:
        _write_basic(book, names, form, delivery)
    elif form.annex is Annex.COUNTS:
        write_counts(book, form, names.take(columns.MARKS[form.annex]), delivery)
    elif form.annex is Annex.FILING:
        _write_filing_forms(book, names, form)
    elif form.annex is Annex.FILINGS:
        _write_filings(book, names, form, delivery, hint)
    else:
        raise ValueError("不知道是附件几，写不了。")


def _write_basic(book: Workbook, names: SheetNames, form: Form, delivery: str) -> None:
    rows = [row for row in (*form.samples, *form.rows) if isinstance(row, BasicRow)]
    lines: list[Cells] = [basic_cells(row) for row in rows]
    mark = columns.MARKS[Annex.BASIC]
    write_table(book, BASIC, form, lines, lambda: names.take(mark), delivery)


def _write_filings(
    book: Workbook, names: SheetNames, form: Form, delivery: str, hint: bool
) -> None:
    rows = [row for row in (*form.samples, *form.rows) if isinstance(row, FilingRow)]
    lines: list[Cells] = [blank_cells(FILINGS, columns.KIND_HINT)] if hint else []
    lines += [filing_cells(row) for row in rows]
    mark = columns.MARKS[Annex.FILINGS]
    write_table(book, FILINGS, form, lines, lambda: names.take(mark), delivery)


def _write_filing_forms(book: Workbook, names: SheetNames, form: Form) -> None:
    accounts = [row for row in form.rows if isinstance(row, FilingForm)] or [FilingForm()]
    mark = columns.MARKS[Annex.FILING]
    for account in accounts:
        write_filing(book, form.header, account, names.take(account.name or mark))
