"""Annex 1 columns 6 and 7 where the department has ordered something to be mended.

A problem that people confirmed (notice 一（二）: 技术发现 + 人工核实) stands in the unit's sheet with
its state: 否 while an item is open, 是 when all are closed. The unit may add its own; it can neither
overwrite nor drop what was confirmed. What was closed before its last report is history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from django.db.models.expressions import Combinable

from meice.engines.annexes.columns import NOTHING_WRONG
from meice.engines.annexes.model import Annex, BasicRow, Code, Severity
from meice.rectification.catalogue import WORDS
from meice.rectification.models import OrderItem
from meice.registry.models import Holder, Outlet, Rectified
from meice.surveys.models import SubmissionRow
from meice.surveys.rows.checking import CellFault, Examined
from meice.surveys.rows.texts import SHEET_COLUMNS, is_blank, row_of

Problems = Sequence[tuple[str, bool]]
"""Words of the confirmed problems of one outlet, each with "mended"."""

KEPT = "宣传部核实的问题「{}」不能删改，整改情况见整改单。请填回来；有异议联系宣传部。"
OPEN = "宣传部核实的问题还没有销号，「是否整改」应为「否」。"
MISSING = "「{}」有宣传部核实的问题，不能从表里删去。请补回这一行；账号不再用的先报注销备案。"
_LETTERS = {column.key: column.letter for column in SHEET_COLUMNS[Annex.BASIC]}


class KnownOutlets(dict[int, Outlet]):
    """Outlets by id as annex 1 must show them, and what was ordered of each."""

    ordered: Mapping[int, Problems]

    def __init__(self, outlets: Iterable[Outlet], since: datetime | Combinable | None) -> None:
        """`since`: a moment, or an expression of the database for it. One query."""
        plain = list(outlets)
        found = OrderItem.objects.annex_problems([one.pk for one in plain], since=since)
        super().__init__({one.pk: with_orders(one, found.get(one.pk, ())) for one in plain})
        self.ordered = found


def with_orders(outlet: Outlet, problems: Problems) -> Outlet:
    """The outlet with the confirmed problems before its self-found ones; a copy for reading."""
    if not problems:
        return outlet
    known = copy(outlet)
    words = dict.fromkeys([*(word for word, _ in problems), *outlet.problem_list])
    is_mended = all(mended for _, mended in problems) and outlet.rectified != Rectified.NO
    known.problems = "、".join(words)
    known.rectified = Rectified.YES if is_mended else Rectified.NO
    return known


def hold_orders(examined: Examined, rows: Iterable[SubmissionRow], known: KnownOutlets) -> Examined:
    """With the errors of a sheet that says otherwise than what was ordered. No query."""
    basic = [r for r in rows if r.annex == Annex.BASIC and not r.removed and not is_blank(r.cells)]
    faults = [
        fault
        for row in basic
        if row.outlet_id in known.ordered
        for fault in _of_row(row, known.ordered[row.outlet_id or 0], examined)
    ]
    shown = {row.outlet_id for row in basic}
    faults += [_missing(known[pk]) for pk in known.ordered if pk not in shown and _due(known[pk])]
    return replace(examined, faults=(*faults, *examined.faults)) if faults else examined


def _due(outlet: Outlet) -> bool:
    """Has a row in annex 1: publishes, and is held by the unit (annexes.md)."""
    return outlet.publishes and outlet.holder == Holder.UNIT


def _of_row(row: SubmissionRow, problems: Problems, examined: Examined) -> Iterable[CellFault]:
    said = _problems_of(row)
    lost = [word for word, _ in problems if not WORDS[word].intersection(said)]
    if lost:
        expected = "、".join([*lost, *(word for word in said if word != NOTHING_WRONG)])
        yield _fault(row, "problems", expected, KEPT.format("、".join(lost)), examined)
    is_open = any(not mended for _, mended in problems)
    if is_open and row.cells.get("rectified", "") != Rectified.NO:
        yield _fault(row, "rectified", str(Rectified.NO.value), OPEN, examined)


def _problems_of(row: SubmissionRow) -> list[str]:
    read = row_of(Annex.BASIC, row.cells)
    return list(read.problems) if isinstance(read, BasicRow) else []


def _fault(
    row: SubmissionRow, column: str, expected: str, message: str, examined: Examined
) -> CellFault:
    cell = f"{_LETTERS[column]}{examined.lines.get(row.pk, '')}"
    found = row.cells.get(column, "")
    return CellFault(
        Annex.BASIC, row.pk, column, cell, Severity.ERROR, Code.BAD_VALUE, found, expected, message
    )


def _missing(outlet: Outlet) -> CellFault:
    message = MISSING.format(outlet.name)
    return CellFault(
        Annex.BASIC, None, "", "", Severity.ERROR, Code.MISSING_VALUE, "", outlet.name, message
    )
