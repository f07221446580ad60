"""One row by a plain form: without JavaScript, on a phone, and after a conflict.

What the form was opened with travels with it, signed, so that two people at one row are merged
cell by cell, and a doubled click is the same operations again.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse

from meice.kernel.clock import now
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import SubmissionRow
from meice.surveys.sheet.columns import MAX_TEXT, Grid, SheetColumn
from meice.surveys.sheet.operations import Deed, Operation
from meice.surveys.sheet.values import read_text
from meice.web.conflicts import Conflict

SALT = "surveys.sheet.row"


@dataclass(frozen=True, slots=True)
class Opened:
    """The row as the form showed it."""

    version: int
    cells: dict[str, str]
    at: str

    @classmethod
    def of(cls, row: SubmissionRow) -> Opened:
        """As it stands now."""
        return cls(row.version, dict(row.cells), now().isoformat())

    @classmethod
    def read(cls, token: str, row: SubmissionRow) -> Opened:
        """What we signed; anything else counts as opened just now (nothing of hers is lost, the
        worst is that she is asked)."""
        try:
            version, cells, at = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError):
            return cls.of(row)
        return cls(version, cells, at)

    @property
    def token(self) -> str:
        """For the hidden field."""
        return signing.dumps([self.version, self.cells, self.at], salt=SALT, compress=True)


@dataclass(frozen=True, slots=True)
class Field:
    """One input: its column, its text, the list it offers."""

    column: SheetColumn
    text: str

    @property
    def limit(self) -> int:
        """Characters a cell takes."""
        return MAX_TEXT


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row's inputs and the signed state they were opened with."""

    grid: Grid
    cells: Mapping[str, str]
    opened: Opened
    whole: bool = True  # numbers in full; masked for readers who need not see them

    @classmethod
    def of(cls, grid: Grid, row: SubmissionRow, *, whole: bool = True) -> RowForm:
        """The row as it stands."""
        return cls(grid, row.cells, Opened.of(row), whole)

    @property
    def fields(self) -> list[Field]:
        """The typed columns in their order."""
        return [Field(column, self._shown(column)) for column in self.grid.typed]

    def _shown(self, column: SheetColumn) -> str:
        text = self.cells.get(column.key, "")
        return text if self.whole else mask_numbers(text)

    def mine(self) -> dict[str, str]:
        """What she wants, folded to the form's words."""
        return {
            column.key: read_text(column, self.cells.get(column.key, "")).shown
            for column in self.grid.typed
        }


def conflict_of(
    grid: Grid, row: SubmissionRow, opened: Opened, mine: Mapping[str, str]
) -> Conflict:
    """As opened, as saved meanwhile, as typed here."""
    at = [row.submission_id, int(grid.annex)]
    return Conflict.between(
        opened.cells,
        row.cells,
        mine,
        labels={column.key: column.short for column in grid.typed},
        other=row.changed_by.name if row.changed_by else "别人",
        opened_at=datetime.fromisoformat(opened.at),
        saved_at=row.changed_at,
        version=opened.token,
        save_url=reverse("sheet-row", args=[*at, row.key]),
        record_url=reverse("sheet-annex", args=at),
    )


def operations_of(row: SubmissionRow, opened: Opened, mine: Mapping[str, str]) -> list[Operation]:
    """The cells of `mine` as operations of one form: sent twice, they are the same twice.

    They see the row as it is now: what others wrote was shown and decided upon.
    """
    form = uuid.uuid5(row.key, f"{opened.at} {sorted(mine.items())}")
    return [
        Operation(uuid.uuid5(form, key), Deed.SET, row.key, row.version, key, text)
        for key, text in mine.items()
        if text != row.cells.get(key, "")
    ]
