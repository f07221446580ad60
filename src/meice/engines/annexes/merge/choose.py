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

from meice.engines.annexes.merge.rivals import source_of, superseded
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    CountRow,
    FilingForm,
    FilingRow,
    Form,
    Header,
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
    replaced = superseded(report.packages, report.files)
    left_out: list[LeftOut] = [
        LeftOut(package.path, None, reason)
        for package in report.packages
        if (reason := replaced.get(package.path))
    ]
    forms: list[Form] = []
    for form in report.files:
        if reason := _reason_to_leave(form, replaced):
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


def _reason_to_leave(form: Form, replaced: Mapping[str, str]) -> str:
    if reason := replaced.get(source_of(form)):
        return reason
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
