"""Rows that came in a file: which outlet of the register, and which row of the sheet, each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meice.engines.annexes.model import ROW_TYPES, Annex, FilingForm, Header, Row
from meice.engines.annexes.typed import texts_of
from meice.engines.outlets import platform_named
from meice.registry.models import Outlet
from meice.surveys.models import SubmissionRow
from meice.surveys.rows.texts import SHEET_COLUMNS, marked_cells, plain_cells


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row of an uploaded form: its cells, and the outlet it most likely speaks of."""

    annex: Annex
    cells: dict[str, str]
    outlet_id: int | None


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that using the upload would change."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What using the upload does to one account: `new`, `gone`, or cells that change."""

    annex: Annex
    name: str
    kind: str
    cells: tuple[CellChange, ...] = ()


def cells_of(row: Row) -> dict[str, str]:
    """The texts of a row as the sheet keeps them."""
    texts = plain_cells(texts_of(row))
    return marked_cells(row, texts) if isinstance(row, FilingForm) else texts


def incoming_rows(forms: Iterable[Mapping[str, Any]], outlets: Sequence[Outlet]) -> list[Incoming]:
    """The rows of annexes 1, 3 and 4 of the accepted forms, in their order."""
    by_key = _outlet_keys(outlets)
    found = []
    for form in forms:
        annex = Annex(form["annex"])
        if annex is Annex.COUNTS:
            continue
        for given in form["rows"]:
            cells = cells_of(ROW_TYPES[annex].from_json(given))
            outlet = next((by_key[key] for key in _keys(cells) if key in by_key), None)
            found.append(Incoming(annex, cells, outlet))
    return found


def incoming_counts(forms: Iterable[Mapping[str, Any]]) -> list[Any]:
    """The unit's own annex 2, as JSON; empty when it came without."""
    return [row for form in forms if form["annex"] == Annex.COUNTS for row in form["rows"]]


def incoming_header(forms: Iterable[Mapping[str, Any]]) -> Header | None:
    """The fullest header block among the forms."""
    heads = [Header.from_json(form["header"]) for form in forms]
    filled = [(sum(map(bool, (h.unit, h.filled_by, h.phone, h.date))), h) for h in heads]
    return max(filled, key=lambda pair: pair[0])[1] if filled else None


def _outlet_keys(outlets: Sequence[Outlet]) -> dict[tuple[str, str], int]:
    keys: dict[tuple[str, str], int] = {}
    for outlet in outlets:
        for text in (outlet.account_id, outlet.url, outlet.permanent_id):
            if text:
                keys.setdefault(("id", _fold(text)), outlet.pk)
        keys[outlet.platform, _fold(outlet.name)] = outlet.pk
    return keys


def _keys(cells: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    kind = cells.get("kind") or cells.get("platform_or_icp", "")
    platform = platform_named(kind)
    name = _fold(cells.get("name", ""))
    if platform is not None:
        yield platform.key, name
    elif "platform_or_icp" in cells:
        yield "website", name
    if cells.get("account_id"):
        yield "id", _fold(cells["account_id"])


def _fold(text: str) -> str:
    return "".join(text.split()).lower().rstrip("/")


def changes_of(
    rows: Sequence[SubmissionRow], incoming: Sequence[Incoming], annexes: Iterable[Annex]
) -> list[RowChange]:
    """What using `incoming` in place of the standing rows of `annexes` would change."""
    changes: list[RowChange] = []
    for annex in annexes:
        before = [row for row in rows if row.annex == annex and not row.removed]
        after = [each for each in incoming if each.annex is annex]
        changes += _annex_changes(annex, before, after)
    return changes


def _annex_changes(
    annex: Annex, before: Sequence[SubmissionRow], after: Sequence[Incoming]
) -> Iterable[RowChange]:
    left = list(before)
    for each in after:
        match = next((row for row in left if _same(row, each)), None)
        name = each.cells.get("name", "")
        if match is None:
            yield RowChange(annex, name, "new")
            continue
        left.remove(match)
        cells = tuple(
            CellChange(
                column.title, match.cells.get(column.key, ""), each.cells.get(column.key, "")
            )
            for column in SHEET_COLUMNS[annex]
            if column.key != "number"
            and match.cells.get(column.key, "") != each.cells.get(column.key, "")
        )
        if cells:
            yield RowChange(annex, name, "changed", cells)
    for row in left:
        yield RowChange(annex, row.cells.get("name", ""), "gone")


def _same(row: SubmissionRow, each: Incoming) -> bool:
    if each.outlet_id is not None and row.outlet_id == each.outlet_id:
        return True
    mine = set(_keys(row.cells))
    return bool(mine & set(_keys(each.cells)))
