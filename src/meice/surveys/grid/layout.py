"""A form as the table that people know: letters, row numbers, the text of every cell.

The engine gives typed rows and the places they stood at; here they become text again, as a
clerk reads them. A cell whose text could not be understood shows what was found in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from meice.engines.annexes import columns as words
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    CountRow,
    FilingForm,
    FilingRow,
    Form,
    Row,
    cell_name,
)
from meice.surveys.models import WINDOW_ROWS

HEADER_TITLES: Mapping[str, str] = {
    "unit": "填报单位",
    "filled_by": "填表人",
    "phone": "电话",
    "date": "填表时间",
}
NOT_IN_FILING = frozenset({"filled_by", "phone"})  # annex 3 asks for unit and date alone
_PERSON_TITLES: Mapping[str, str] = {"name": "姓名", "title": "职务", "phone": "联系电话"}
_ANSWERS: Mapping[bool | None, str] = {True: words.YES, False: words.NO, None: ""}


class Holds(StrEnum):
    """What a column holds, as far as showing it differs."""

    TEXT = "text"
    SHORT = "short"
    NUMBER = "number"
    MOBILE = "mobile"


_HOLDS: Mapping[str, Holds] = {
    "number": Holds.SHORT,
    "rectified": Holds.SHORT,
    "interactive": Holds.SHORT,
    "has_review_system": Holds.SHORT,
    "outsourced": Holds.SHORT,
    "filing_kind": Holds.SHORT,
    "responsible_mobile": Holds.MOBILE,
    "operator_phone": Holds.MOBILE,
    "total": Holds.NUMBER,
    **dict.fromkeys(words.COUNT_COLUMNS, Holds.NUMBER),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the sheet: `letter` as in the file, `title` as printed."""

    key: str
    letter: str
    title: str
    holds: str = Holds.TEXT


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value (header, annex 3) and the cell it stood in, "" where unknown."""

    title: str
    text: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a form but its rows; what `CheckedForm.layout` keeps."""

    header: tuple[Fact, ...] = ()
    headings: tuple[Heading, ...] = ()
    facts: tuple[Fact, ...] = ()
    samples: tuple[tuple[str, ...], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        return cls(
            header=tuple(Fact(**each) for each in given.get("header", ())),
            headings=tuple(Heading(**each) for each in given.get("headings", ())),
            facts=tuple(Fact(**each) for each in given.get("facts", ())),
            samples=tuple(tuple(each) for each in given.get("samples", ())),
        )


SheetRow = list[Any]  # [row number of the sheet, from 1, or 0 where unknown; [text, …]]


def layout_of(form: Form) -> Layout:
    """The frame of `form`: empty for a file in which no form was found."""
    if form.annex is None:
        return Layout()
    headings = tuple(_headings(form))
    samples = tuple(tuple(_texts(row, headings)) for row in form.samples)
    facts = tuple(_facts(form)) if form.annex is Annex.FILING else ()
    return Layout(tuple(_header(form)), headings, facts, samples)


def windows_of(form: Form) -> Iterator[list[SheetRow]]:
    """The rows of `form` as text, `WINDOW_ROWS` at a time; nothing for annex 3 (see facts)."""
    if form.annex in (None, Annex.FILING):
        return
    headings = tuple(_headings(form))
    found = {issue.cell: issue.found for issue in form.issues if issue.cell and issue.found}
    for start in range(0, len(form.rows), WINDOW_ROWS):
        part = form.rows[start : start + WINDOW_ROWS]
        yield [_sheet_row(form, start + at, row, headings, found) for at, row in enumerate(part)]


def _sheet_row(
    form: Form,
    index: int,
    row: Row,
    headings: tuple[Heading, ...],
    found: Mapping[str, str],
) -> SheetRow:
    line = form.places.lines[index] + 1 if index < len(form.places.lines) else 0
    texts = _texts(row, headings)
    for at, heading in enumerate(headings):
        if not texts[at]:
            texts[at] = found.get(f"{heading.letter}{line}", "")
    return [line, texts]


def _headings(form: Form) -> Iterator[Heading]:
    places = form.places.columns
    for position, column in enumerate(_columns(form.annex)):
        index = places.get(column.key, None if places else position)
        if index is not None:
            letter = cell_name(0, index).rstrip("0123456789")
            holds = _HOLDS.get(column.key, Holds.TEXT)
            yield Heading(column.key, letter, column.title, holds)


def _columns(annex: Annex | None) -> tuple[words.Column, ...]:
    if annex is Annex.BASIC:
        return words.BASIC_COLUMNS
    if annex is Annex.FILINGS:
        return words.FILING_COLUMNS
    if annex is Annex.COUNTS:
        return (words.COUNT_ITEM, *words.COUNT_PRINTED, words.COUNT_TOTAL, words.COUNT_NOTE)
    return ()


def _texts(row: Row, headings: tuple[Heading, ...]) -> list[str]:
    return [cell_text(row, heading.key) for heading in headings]


def cell_text(row: Row, key: str) -> str:
    """The field `key` of `row` as it is written in a sheet; absent is ""."""
    if isinstance(row, CountRow) and key in words.COUNT_COLUMNS:
        return _plain(row.counts.get(key))
    if isinstance(row, BasicRow) and key == "problems":
        return words.PROBLEM_JOINER.join(row.problems)
    if isinstance(row, BasicRow | CountRow | FilingRow):
        return _plain(getattr(row, key))
    return ""


def _plain(value: object) -> str:
    if value is None or isinstance(value, bool):
        return _ANSWERS[value]
    return str(value)


def _header(form: Form) -> Iterator[Fact]:
    for key, title in HEADER_TITLES.items():
        if form.annex is Annex.FILING and key in NOT_IN_FILING:
            continue
        yield Fact(title, getattr(form.header, key), form.places.address(f"header.{key}") or "")


def _facts(form: Form) -> Iterator[Fact]:
    """The cells of an annex 3, in the order of the paper."""
    for row in form.rows:
        if isinstance(row, FilingForm):
            for column in words.FORM_LABELS:
                yield _fact(form, row, column.key, column.title, getattr(row, column.key))
            yield from _people(form, row)
            yield _fact(form, row, "opinion", "主管部门意见", row.opinion)


def _people(form: Form, row: FilingForm) -> Iterator[Fact]:
    people = [("leader", "主管领导", row.leader), ("reviewer", "审核人", row.reviewer)]
    people += [
        (f"operators.{at}", f"运维工作人员{at}", person)
        for at, person in enumerate(row.operators, start=1)
    ]
    for key, office, person in people:
        for part, title in _PERSON_TITLES.items():
            yield _fact(form, row, f"{key}.{part}", f"{office}{title}", getattr(person, part))


def _fact(form: Form, row: FilingForm, key: str, title: str, text: str) -> Fact:
    if key in row.changed:
        old = row.changed[key]
        text += f"（变更，原：{old}）" if old is not None else "（变更）"
    return Fact(title, text, form.places.address(key) or "")
