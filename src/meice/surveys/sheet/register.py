"""The sheet beside the register: what each cell would say, and every difference with its acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.db.models import DateTimeField, Q, Subquery, Value
from django.db.models.functions import Coalesce

from meice.engines.annexes.model import Annex
from meice.engines.outlets import platform_named
from meice.orgs.models import Unit
from meice.registry.models import FilingStatus, Holder, Outlet
from meice.surveys.grid.sheet import mask_numbers
from meice.surveys.models import DifferenceAct, DifferenceDecision, Submission, SubmissionRow
from meice.surveys.rows import is_blank
from meice.surveys.rows.ordered import KnownOutlets
from meice.surveys.rows.prefill import basic_cells, outlets_of
from meice.surveys.sheet.columns import GRIDS

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
PROBLEM_COLUMNS = ("problems", "rectified")
CHANGE_COLUMNS = (
    "name", "verified_as", "kind", "interactive", "has_review_system", "outsourced",
    "responsible_name", "responsible_mobile",
)  # fmt: skip


class Odd(StrEnum):
    """How a row and the register differ."""

    CHANGED = "changed"
    PROBLEM = "problem"
    NEW = "new"
    MISSING = "missing"


ACTS: Mapping[Odd, tuple[DifferenceAct, ...]] = {
    Odd.CHANGED: (DifferenceAct.FILE_CHANGE, DifferenceAct.TAKE_BACK),
    Odd.PROBLEM: (DifferenceAct.NOTE_PROBLEM, DifferenceAct.TAKE_BACK),
    Odd.NEW: (DifferenceAct.FILE_OPEN,),
    Odd.MISSING: (DifferenceAct.PUT_BACK, DifferenceAct.FILE_CANCEL),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the list: `columns` are the cells that get the blue corner; `row` and `outlet`
    are ids (no row: missing in the sheet; no outlet: new to the register). Phones are masked in
    `old` and `new`. `decided` is what was already made of it."""

    odd: Odd
    name: str
    item: str
    old: str
    new: str
    columns: tuple[str, ...]
    row: int | None
    outlet: int | None
    decided: DifferenceDecision | None = None

    @property
    def key(self) -> str:
        """For forms and addresses: `row-17-name`, `row-17-problems`, `row-17`, `outlet-4`."""
        if self.row is None:
            return f"outlet-{self.outlet}"
        return f"row-{self.row}-{self.column}" if self.columns else f"row-{self.row}"

    @property
    def acts(self) -> tuple[DifferenceAct, ...]:
        """What may be made of it; nothing once it was decided."""
        return () if self.decided else ACTS[self.odd]

    @property
    def column(self) -> str:
        """The cell the list leads to."""
        return self.columns[0] if self.columns else "name"


def besides_of(submission: Submission) -> list[str]:
    """Paths of the units below that hand in a sheet of their own."""
    if submission.unit.is_leaf():
        return []
    deeper = Submission.objects.filter(
        campaign=submission.campaign_id, unit_path__startswith=submission.unit_path
    )
    return list(deeper.exclude(pk=submission.pk).values_list("unit_path", flat=True))


def names_below(unit: Unit) -> frozenset[str]:
    """Every name of the units below it: they may stand in 开设单位 of its rows. No query for a
    unit without any."""
    if unit.is_leaf():
        return frozenset()
    under = Unit.objects.active().below(unit.path).exclude(pk=unit.pk)
    return frozenset(
        name for each in under for name in (each.name, each.short_name, *each.alias_list) if name
    )


def outlets_by_key(submission: Submission) -> KnownOutlets:
    """The standing outlets that the unit answers for, with unit and people, by id; with the
    problems that were ordered to be mended since its last report."""
    outlets = outlets_of(submission.unit, besides_of(submission))
    return KnownOutlets(outlets, since=_last_report(submission))


def _last_report(submission: Submission) -> Coalesce:
    """When the unit last reported to an earlier campaign, as an expression of the database."""
    earlier = Submission.objects.filter(unit=submission.unit_id, reported_at__isnull=False)
    earlier = earlier.exclude(pk=submission.pk).exclude(campaign=submission.campaign_id)
    last = earlier.order_by("-reported_at").values("reported_at")[:1]
    return Coalesce(Subquery(last), Value(LONG_AGO), output_field=DateTimeField())


def register_cells(outlet: Outlet) -> dict[str, str]:
    """What the register would put into each typed cell of this outlet's row of annex 1."""
    cells = basic_cells(outlet)
    return {column.key: cells.get(column.key, "") for column in GRIDS[Annex.BASIC].typed}


def differences_of(
    submission: Submission, rows: Sequence[SubmissionRow], outlets: Mapping[int, Outlet]
) -> tuple[Difference, ...]:
    """The standing rows of annex 1 against the register, in the order of the sheet; accounts that
    the sheet lacks last. One query (the decisions) when `outlets` are loaded."""
    kept = [row for row in rows if not row.removed and not is_blank(row.cells)]
    found = [each for row in kept for each in _of_row(row, outlets.get(row.outlet_id or 0))]
    shown = {row.outlet_id for row in kept}
    found += [
        Difference(Odd.MISSING, one.name, "缺行", one.platform_name, "本表没有", (), None, pk)
        for pk, one in outlets.items()
        if pk not in shown and one.publishes and one.holder == Holder.UNIT
    ]
    decided = _decisions(submission) if found else {}
    return tuple(_with(each, decided) for each in found)


def _of_row(row: SubmissionRow, outlet: Outlet | None) -> Iterable[Difference]:
    cells = row.cells
    if outlet is None:
        kind = cells.get("kind", "") or "新行"
        yield Difference(Odd.NEW, cells.get("name", ""), "新行", "没有", kind, (), row.pk, None)
        return
    known = register_cells(outlet)
    for column in CHANGE_COLUMNS:
        old, new = known[column], cells.get(column, "")
        if not _alike(column, old, new):
            yield Difference(
                Odd.CHANGED, outlet.name, _title(column), _shown(column, old),
                _shown(column, new), (column,), row.pk, outlet.pk,
            )  # fmt: skip
    odd = tuple(key for key in PROBLEM_COLUMNS if cells.get(key, "") != known[key])
    if odd:
        old, new = known[odd[0]], cells.get(odd[0], "")
        item = "问题" if odd[0] == "problems" else _title(odd[0])
        yield Difference(
            Odd.PROBLEM, outlet.name, item, old or "空", new or "空", odd, row.pk, outlet.pk
        )


def _alike(column: str, old: str, new: str) -> bool:
    """Equal but for white space; the same platform by any of its names."""
    if "".join(old.split()) == "".join(new.split()):
        return True
    platform = platform_named(new) if column == "kind" and new else None
    return platform is not None and platform == platform_named(old)


def _title(key: str) -> str:
    column = GRIDS[Annex.BASIC].column(key)
    return column.short if column else key


def _shown(column: str, text: str) -> str:
    """A valid mobile is masked; a faulty one is shown, she has to find it."""
    return (mask_numbers(text) if column == "responsible_mobile" else text) or "空"


Decided = Mapping[tuple[int | None, int | None], tuple[DifferenceDecision, ...]]


def _decisions(submission: Submission) -> Decided:
    """Decisions that still hold, by row and outlet; one whose draft was withdrawn does not."""
    found: dict[tuple[int | None, int | None], tuple[DifferenceDecision, ...]] = {}
    made = DifferenceDecision.objects.filter(submission=submission)
    gone = Q(filing__status=FilingStatus.WITHDRAWN)
    for each in made.exclude(gone).select_related("filing"):
        key = (each.row_id, None) if each.row_id else (None, each.outlet_id)
        found[key] = (*found.get(key, ()), each)
    return found


def _with(difference: Difference, decided: Decided) -> Difference:
    key = (difference.row, None) if difference.row else (None, difference.outlet)
    fitting = [
        each
        for each in decided.get(key, ())
        if DifferenceAct(each.act) in ACTS[difference.odd]
        and each.column in ("", *difference.columns)
    ]
    if not fitting:
        return difference
    return Difference(
        difference.odd, difference.name, difference.item, difference.old, difference.new,
        difference.columns, difference.row, difference.outlet, fitting[-1],
    )  # fmt: skip
