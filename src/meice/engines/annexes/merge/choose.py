"""Which files go in, in what order, and what annex 2 is then. Source: contracts.md, annexes merge.

Acceptance is per file: an accepted form goes in even when its package has issues, a rejected one
is left out whole. Of two packages of one unit the later one counts. Rows are sorted by unit as
given and numbered anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    CountRow,
    FilingForm,
    FilingRow,
    Form,
    Header,
    Package,
    Report,
    Row,
    Severity,
)
from meice.engines.annexes.tally import (
    Difference,
    differences,
    office_holder_row,
    sum_office_holders,
    tally,
)

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Request:
    """Who merges, under which short name, sent on which day."""

    unit: str
    short: str
    sent_on: date

    @property
    def header(self) -> Header:
        return Header(unit=self.unit, date=self.sent_on.isoformat())


@dataclass(frozen=True, slots=True)
class Taken(Generic[R]):
    """A row that went in and where it came from: record ``index`` of ``form``."""

    row: R
    form: Form
    index: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file, or a whole package, that did not go in, and why (Chinese)."""

    path: str
    form: Form | None
    reason: str


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """A cell of a unit's own annex 2 that its annex 1 does not bear out."""

    form: Form
    difference: Difference


@dataclass(frozen=True, slots=True)
class Merged:
    """What one merge decided; nothing is written yet."""

    request: Request
    report: Report
    forms: tuple[Form, ...]
    left_out: tuple[LeftOut, ...]
    basic: tuple[Taken[BasicRow], ...]
    counts: tuple[CountRow, ...]
    filings: tuple[Taken[FilingForm], ...]
    filing_rows: tuple[Taken[FilingRow], ...]
    differences: tuple[UnitDifference, ...]


def merge(report: Report, request: Request) -> Merged:
    """Choose and order what ``check`` found. The same report gives the same result."""
    superseded = _superseded(report.packages)
    left_out: list[LeftOut] = [
        LeftOut(package.path, None, reason)
        for package in report.packages
        if (reason := superseded.get(package.path))
    ]
    forms: list[Form] = []
    for form in report.files:
        if reason := _reason_to_leave(form, superseded):
            left_out.append(LeftOut(form.path, form, reason))
        else:
            forms.append(form)
    basic = _taken(forms, BasicRow)
    own = [row for form in forms if (row := office_holder_row(_counts(form)))]
    return Merged(
        request=request,
        report=report,
        forms=tuple(forms),
        left_out=tuple(left_out),
        basic=basic,
        counts=tally((taken.row for taken in basic), sum_office_holders(own)),
        filings=_taken(forms, FilingForm),
        filing_rows=_taken(forms, FilingRow),
        differences=tuple(_differences(forms)),
    )


def unit_of(row: Row, form: Form) -> str:
    """The unit a row belongs to: what its own column says, else its form's header."""
    given = row.unit if isinstance(row, BasicRow) else getattr(row, "department", "")
    return given or form.header.unit


def _superseded(packages: Iterable[Package]) -> Mapping[str, str]:
    """Path of each package that a later one of the same unit replaces → the reason."""
    latest: dict[str, Package] = {}
    replaced: dict[str, Package] = {}
    for package in packages:
        unit = "".join(package.unit.split())
        if not unit:
            continue
        rival = latest.get(unit)
        if rival is None:
            latest[unit] = package
            continue
        winner, loser = (rival, package) if _is_later(rival, package) else (package, rival)
        latest[unit], replaced[loser.path] = winner, winner
    return {path: _replaced_by(latest, winner) for path, winner in replaced.items()}


def _replaced_by(latest: Mapping[str, Package], winner: Package) -> str:
    final = latest["".join(winner.unit.split())]
    return f"同一单位（{final.unit}）报送了不止一份，以较晚的一份为准：{final.path}"


def _is_later(one: Package, other: Package) -> bool:
    """Later by the date in the name; where that does not tell, by the latest member."""
    if one.date and other.date and one.date != other.date:
        return one.date > other.date
    return one.modified > other.modified


def _reason_to_leave(form: Form, superseded: Mapping[str, str]) -> str:
    if form.package and form.package in superseded:
        return superseded[form.package]
    if not form.accepted:
        errors = [each for each in form.issues if each.severity is Severity.ERROR]
        return f"有 {len(errors)} 处错误，整份未汇入；改好后重报。第一处：{errors[0].message}"
    return "" if form.annex else "没有认出是附件几。"


def _taken(forms: Iterable[Form], kind: type[R]) -> tuple[Taken[R], ...]:
    every: Iterable[tuple[Any, Form, int]] = (
        (row, form, index) for form in forms for index, row in enumerate(form.rows)
    )
    rows: list[Taken[R]] = [Taken(*each) for each in every if isinstance(each[0], kind)]
    return tuple(sorted(rows, key=lambda taken: unit_of(taken.row, taken.form)))


def _counts(form: Form) -> Sequence[CountRow]:
    return [row for row in form.rows if isinstance(row, CountRow)]


def _differences(forms: Sequence[Form]) -> Iterable[UnitDifference]:
    """Each package's own annex 2 against the annex 1 that came with it."""
    rows: dict[str, list[BasicRow]] = {}
    for form in forms:
        if form.annex is Annex.BASIC:
            key = form.package or form.header.unit
            rows.setdefault(key, []).extend(r for r in form.rows if isinstance(r, BasicRow))
    for form in forms:
        key = form.package or form.header.unit
        if form.annex is Annex.COUNTS and key in rows:
            for difference in differences(_counts(form), tally(rows[key])):
                yield UnitDifference(form, difference)
