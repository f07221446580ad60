"""Where a submission differs from the register, and the one act that each difference asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meice.engines.annexes.model import Annex
from meice.engines.outlets import platform_named
from meice.registry.models import Holder, Outlet
from meice.surveys.models import DifferenceAct, DifferenceDecision, SubmissionRow
from meice.surveys.rows.prefill import basic_cells
from meice.surveys.rows.texts import SHEET_COLUMNS, is_blank

PROBLEM_COLUMNS = ("problems", "rectified")
TITLES = {column.key: column.title for column in SHEET_COLUMNS[Annex.BASIC]}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One cell: what the register has, what the sheet has."""

    column: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of 与台账的差异: an account, what differs, what may be done about it.

    `row` None: the register has the account, the sheet has not. `outlet` None: the other way.
    `decision` is what was already made of it.
    """

    name: str
    fields: tuple[FieldDifference, ...]
    acts: tuple[DifferenceAct, ...]
    row: SubmissionRow | None
    outlet: Outlet | None
    decision: DifferenceDecision | None = None

    @property
    def key(self) -> str:
        """For the form and the address: `row-17`, `row-17-problems`, `outlet-4`."""
        if self.row is None:
            return f"outlet-{self.outlet.pk if self.outlet else 0}"
        tail = "-problems" if self.is_problem else ""
        return f"row-{self.row.pk}{tail}"

    @property
    def is_problem(self) -> bool:
        """About columns 6 and 7: the unit found it itself (自查)."""
        return DifferenceAct.NOTE_PROBLEM in self.acts

    @property
    def is_new(self) -> bool:
        """The register lacks the account."""
        return self.outlet is None

    @property
    def is_missing(self) -> bool:
        """The sheet lacks the account."""
        return self.row is None


def differences_of(
    rows: Iterable[SubmissionRow],
    outlets: Sequence[Outlet],
    decisions: Iterable[DifferenceDecision] = (),
) -> list[Difference]:
    """Annex 1 against the register: new rows, changed cells, missing accounts. No query when
    `outlets` (`prefill.outlets_of`) and `rows` are loaded."""
    basic = [row for row in rows if row.annex == Annex.BASIC and not row.removed]
    basic = [row for row in basic if not is_blank(row.cells)]
    wanted = {
        outlet.pk: outlet for outlet in outlets if outlet.publishes and outlet.holder == Holder.UNIT
    }
    known = {outlet.pk: outlet for outlet in outlets}
    found: list[Difference] = []
    seen: set[int] = set()
    for row in basic:
        outlet = known.get(row.outlet_id or 0)
        if outlet is None:
            name = row.cells.get("name", "")
            new = FieldDifference("", "新行", "没有", row.cells.get("kind", ""))
            found.append(Difference(name, (new,), (DifferenceAct.FILE_OPEN,), row, None))
            continue
        seen.add(outlet.pk)
        found += _changes(row, outlet)
    for pk, outlet in wanted.items():
        if pk not in seen:
            gone = FieldDifference("", "缺行", outlet.platform_name, "本表没有")
            acts = (DifferenceAct.PUT_BACK, DifferenceAct.FILE_CANCEL)
            found.append(Difference(outlet.name, (gone,), acts, None, outlet))
    return _with_decisions(found, decisions)


def _changes(row: SubmissionRow, outlet: Outlet) -> Iterable[Difference]:
    register = basic_cells(outlet)
    fields = [
        FieldDifference(key, title, register.get(key, ""), row.cells.get(key, ""))
        for key, title in TITLES.items()
        if key != "number" and not _alike(key, register.get(key, ""), row.cells.get(key, ""))
    ]
    plain = tuple(each for each in fields if each.column not in PROBLEM_COLUMNS)
    problems = tuple(each for each in fields if each.column in PROBLEM_COLUMNS)
    if plain:
        acts = (DifferenceAct.FILE_CHANGE, DifferenceAct.TAKE_BACK)
        yield Difference(outlet.name, plain, acts, row, outlet)
    if problems:
        acts = (DifferenceAct.NOTE_PROBLEM, DifferenceAct.TAKE_BACK)
        yield Difference(outlet.name, problems, acts, row, outlet)


def _alike(key: str, old: str, new: str) -> bool:
    """Equal but for white space; the same platform by any of its names."""
    if "".join(old.split()) == "".join(new.split()):
        return True
    if key == "kind":
        platform = platform_named(new)
        return platform is not None and platform == platform_named(old)
    return False


def _with_decisions(
    found: Sequence[Difference], decisions: Iterable[DifferenceDecision]
) -> list[Difference]:
    made: dict[tuple[int | None, int | None, bool], DifferenceDecision] = {}
    for decision in decisions:
        about_problem = decision.act == DifferenceAct.NOTE_PROBLEM
        made[decision.row_id, decision.outlet_id, about_problem] = decision
    return [_decided(difference, made) for difference in found]


def _decided(
    difference: Difference, made: dict[tuple[int | None, int | None, bool], DifferenceDecision]
) -> Difference:
    row = difference.row.pk if difference.row else None
    outlet = difference.outlet.pk if difference.outlet else None
    decision = made.get((row, outlet, difference.is_problem))
    if decision is None or decision.filing is None or decision.filing.status == "withdrawn":
        return difference
    return Difference(
        difference.name, difference.fields, difference.acts, difference.row, difference.outlet,
        decision,
    )  # fmt: skip
