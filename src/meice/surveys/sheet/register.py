"""The sheet beside the register: what each cell would say, and every difference with its acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from meice.engines.annexes.columns import NOTHING_WRONG
from meice.engines.annexes.model import Annex
from meice.engines.marks import mask_mobile
from meice.orgs.models import Unit
from meice.registry.documents.ledger import annex4_row, ledger_rows
from meice.registry.models import Outlet
from meice.surveys.models import DifferenceAct, DifferenceDecision, Submission, SubmissionRow
from meice.surveys.sheet.columns import GRIDS
from meice.surveys.sheet.values import NO, YES

PROBLEM_COLUMNS = ("problems", "rectified")
CHANGE_COLUMNS = (
    "name", "verified_as", "kind", "interactive", "has_review_system", "outsourced",
    "responsible_name", "responsible_mobile",
)  # fmt: skip
_ANSWERS = {True: YES, False: NO, None: ""}


class Odd(StrEnum):
    """How a row and the register differ."""

    CHANGED = "changed"
    PROBLEM = "problem"
    NEW = "new"
    MISSING = "missing"


ACTS: Mapping[Odd, tuple[DifferenceAct, ...]] = {
    Odd.CHANGED: (DifferenceAct.FILE_CHANGE, DifferenceAct.TAKE_BACK),
    Odd.PROBLEM: (DifferenceAct.NOTE_PROBLEM,),
    Odd.NEW: (DifferenceAct.FILE_OPEN,),
    Odd.MISSING: (DifferenceAct.PUT_BACK, DifferenceAct.FILE_CANCEL),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the list; `columns` are the cells that get the blue corner."""

    odd: Odd
    name: str
    item: str
    old: str
    new: str
    columns: tuple[str, ...]
    row: int | None
    outlet: int | None
    decided: DifferenceAct | None

    @property
    def acts(self) -> tuple[DifferenceAct, ...]:
        """What may be made of it; nothing once it was decided."""
        return () if self.decided else ACTS[self.odd]

    @property
    def column(self) -> str:
        """The cell the list leads to."""
        return self.columns[0] if self.columns else "name"


def covered_outlets(submission: Submission) -> QuerySet[Outlet]:
    """The outlets a unit answers for: its subtree without units that hand in their own sheet."""
    path = submission.unit_path
    deeper = Submission.objects.filter(
        campaign=submission.campaign_id, unit_path__startswith=path
    ).exclude(pk=submission.pk)
    others = Q(pk__in=[])
    for below in deeper.values_list("unit_path", flat=True):
        others |= Q(unit_path__startswith=below)
    return Outlet.objects.below(path).exclude(others).in_annex_1()


def outlets_by_key(submission: Submission) -> dict[int, Outlet]:
    """Those outlets and those that rows are linked with, with unit and contacts, by key."""
    linked = submission.rows.exclude(outlet=None).values("outlet")
    wanted = Outlet.objects.filter(Q(pk__in=covered_outlets(submission)) | Q(pk__in=linked))
    return {outlet.pk: outlet for outlet in ledger_rows(wanted)}


def register_cells(outlet: Outlet, annex: Annex) -> dict[str, str]:
    """What the register would put into the row of this outlet."""
    if annex is Annex.FILINGS:
        row = annex4_row(0, outlet).to_json()
        return {column.key: str(row[column.key] or "") for column in GRIDS[annex].typed}
    people = {contact.key: contact for contact in outlet.contacts.all()}
    lead = people.get("responsible") or people.get("operators.1")
    return {
        "name": outlet.name,
        "unit": _unit_name(outlet.unit),
        "verified_as": outlet.verified_as,
        "kind": outlet.platform_name,
        "problems": outlet.problems or NOTHING_WRONG,
        "rectified": outlet.rectified,
        "interactive": _ANSWERS[outlet.interactive],
        "has_review_system": _ANSWERS[outlet.has_review_system],
        "outsourced": _ANSWERS[outlet.outsourced],
        "responsible_name": lead.name if lead else "",
        "responsible_mobile": lead.phone if lead else "",
        "note": outlet.note,
    }


def _unit_name(unit: Unit) -> str:
    return str(unit.name)


def differences_of(
    submission: Submission, rows: Sequence[SubmissionRow], outlets: Mapping[int, Outlet]
) -> tuple[Difference, ...]:
    """Rows of annex 1 against the register, in the order of the sheet; missing outlets last."""
    decided = _decisions(submission)
    found: list[Difference] = []
    for row in rows:
        outlet = outlets.get(row.outlet_id or 0)
        found += _of_row(row, outlet, decided)
    shown = {row.outlet_id for row in rows}
    asked = set(covered_outlets(submission).values_list("pk", flat=True))
    missing = [outlet for pk, outlet in outlets.items() if pk in asked and pk not in shown]
    found += [_missing(outlet, decided) for outlet in sorted(missing, key=lambda o: o.pinyin_key)]
    return tuple(found)


Decided = Mapping[tuple[str, int], tuple[DifferenceDecision, ...]]


def _decisions(submission: Submission) -> Decided:
    found: dict[tuple[str, int], tuple[DifferenceDecision, ...]] = {}
    for each in DifferenceDecision.objects.filter(submission=submission):
        key = ("row", each.row_id) if each.row_id else ("outlet", each.outlet_id or 0)
        found[key] = (*found.get(key, ()), each)
    return found


def _decided(decided: Decided, key: tuple[str, int], odd: Odd) -> DifferenceAct | None:
    acts = [DifferenceAct(each.act) for each in decided.get(key, ())]
    return next((act for act in reversed(acts) if act in ACTS[odd]), None)


def _of_row(row: SubmissionRow, outlet: Outlet | None, decided: Decided) -> Iterable[Difference]:
    name, key = row.cells.get("name", ""), ("row", row.pk)
    if outlet is None:
        if name:
            act = _decided(decided, key, Odd.NEW)
            new = row.cells.get("kind", "") or "新行"
            yield Difference(Odd.NEW, name, "新行", "没有", new, (), row.pk, None, act)
        return
    known = register_cells(outlet, Annex.BASIC)
    for column in CHANGE_COLUMNS:
        old, new = known[column], row.cells.get(column, "")
        if old != new:
            act = _decided(decided, key, Odd.CHANGED)
            yield Difference(
                Odd.CHANGED, outlet.name, _title(column), _masked(column, old),
                _masked(column, new), (column,), row.pk, outlet.pk, act,
            )  # fmt: skip
    yield from _problem(row, outlet, known, _decided(decided, key, Odd.PROBLEM))


def _problem(
    row: SubmissionRow, outlet: Outlet, known: Mapping[str, str], act: DifferenceAct | None
) -> Iterable[Difference]:
    odd = tuple(key for key in PROBLEM_COLUMNS if row.cells.get(key, "") != known[key])
    if not odd:
        return
    both = "problems" if "problems" in odd else "rectified"
    old, new = known[both], row.cells.get(both, "")
    item = "问题" if both == "problems" else _title(both)
    yield Difference(Odd.PROBLEM, outlet.name, item, old, new, odd, row.pk, outlet.pk, act)


def _missing(outlet: Outlet, decided: Decided) -> Difference:
    act = _decided(decided, ("outlet", outlet.pk), Odd.MISSING)
    kind = outlet.platform_name
    return Difference(Odd.MISSING, outlet.name, "缺行", kind, "本表没有", (), None, outlet.pk, act)


def _title(key: str) -> str:
    column = GRIDS[Annex.BASIC].column(key)
    return column.short if column else key


def _masked(column: str, text: str) -> str:
    return mask_mobile(text) if column == "responsible_mobile" and text else text or "空"
