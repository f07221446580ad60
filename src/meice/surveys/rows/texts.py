"""The cells of the sheet and the engine's rows: two faces of one datum.

`cells` hold text only. `row_of` reads them with the engine; what does not read right comes out
blank in the row and as a fault in `checking`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meice.engines.annexes import columns
from meice.engines.annexes.columns import Column
from meice.engines.annexes.model import Annex, FilingForm, Header, Row
from meice.engines.annexes.typed import Typed, read_typed, tidy
from meice.surveys.models import SubmissionHeader, SubmissionRow

CHANGED = "changed:"
"""`cells["changed:leader.phone"]` is the old text of a marked cell of annex 3; blank: no mark."""
WAS_BLANK = "空"
"""The old text of a cell in which nothing stood."""
NOT_TOLD = "未写明"
"""The old text of a cell that a file only marks (▲), without saying what stood there."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: its key, its title, the letter it has in the written `.xls`."""

    key: str
    title: str
    letter: str


def _lettered(known: Sequence[Column]) -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(column.key, column.title, chr(ord("A") + at)) for at, column in enumerate(known)
    )


def _form_columns() -> tuple[SheetColumn, ...]:
    plain = [(column.key, column.title) for column in columns.FORM_LABELS]
    roles = [("leader", "主管领导"), ("reviewer", "审核人")]
    roles += [(f"operators.{number}", f"运维{number}") for number in columns.OPERATOR_NUMBERS]
    people = [
        (f"{role}.{part.key}", f"{called}{part.title}")
        for role, called in roles
        for part in columns.PERSON_COLUMNS
    ]
    return tuple(SheetColumn(key, title, "") for key, title in [*plain, *people])


SHEET_COLUMNS: Mapping[Annex, tuple[SheetColumn, ...]] = {
    Annex.BASIC: _lettered(columns.BASIC_COLUMNS),
    Annex.FILING: _form_columns(),
    Annex.FILINGS: _lettered(columns.FILING_COLUMNS),
}
"""All columns in their order; `number` (序号) is computed. A form of annex 3 has no letters: its
cells are labelled, and the written workbook has a sheet for each."""


def is_blank(cells: Mapping[str, str]) -> bool:
    """Nothing but white space: such a row is neither checked nor written."""
    return not any(text.strip() for text in cells.values())


def typed_of(cells: Mapping[str, str]) -> Typed:
    """The cells as the engine wants them, the marks of annex 3 apart."""
    texts = {key: text for key, text in cells.items() if not key.startswith(CHANGED)}
    told = {key: None if old == NOT_TOLD else old for key, old in marks_of(cells).items()}
    return Typed(texts, told or None)


def marks_of(cells: Mapping[str, str]) -> dict[str, str]:
    """The marked cells of a form of annex 3: key → what stood there (空, 未写明)."""
    return {
        key.removeprefix(CHANGED): text
        for key, text in cells.items()
        if key.startswith(CHANGED) and text
    }


def row_of(annex: Annex, cells: Mapping[str, str]) -> Row | None:
    """What the texts mean; None for a blank row or a printed sample."""
    forms = read_typed(annex, [typed_of(cells)], Header(), today=date.max, path="")
    return next((row for form in forms for row in form.rows), None)


def engine_rows(annex: Annex, rows: Iterable[SubmissionRow]) -> list[Row]:
    """The rows of one annex as the engine's values, numbered anew."""
    typed = [typed_of(row.cells) for row in rows if not is_blank(row.cells)]
    if not typed:
        return []
    forms = read_typed(annex, typed, Header(), today=date.max, path="")
    return [row for form in forms for row in form.rows]


def marked_cells(form: FilingForm, texts: dict[str, str]) -> dict[str, str]:
    """The texts of a form of annex 3 with its change marks as `changed:` keys."""
    marks = {
        f"{CHANGED}{key}": NOT_TOLD if old is None else old or WAS_BLANK
        for key, old in form.changed.items()
    }
    return {**texts, **marks}


def header_of(header: SubmissionHeader) -> Header:
    """The header block of the four forms."""
    return Header(header.unit, header.filled_by, header.phone, header.date)


def tidy_text(annex: Annex | int, key: str, text: str) -> str:
    """The form's own words where the text reads right (√ → 是), else the text as typed."""
    known = {column.key for column in SHEET_COLUMNS[Annex(annex)]}
    return tidy(Annex(annex), key, text) if key in known and text.strip() else text.strip()


def plain_cells(cells: Mapping[str, Any]) -> dict[str, str]:
    """Texts without blanks at the ends; empty ones are left out."""
    return {key: str(text).strip() for key, text in cells.items() if str(text).strip()}
