"""Rows typed elsewhere (a sheet in a browser) judged by the same rules as a file.

The texts are laid out as the writer lays out the workbook, so a message names the cell that the
written ``.xls`` will have; nothing is written or parsed on the way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from meice.engines.annexes import columns
from meice.engines.annexes.check.package import check_package
from meice.engines.annexes.model import Annex, CountRow, Form, Header, Issue, Row
from meice.engines.annexes.read.forms import READERS, Reading
from meice.engines.annexes.read.grid import Cell, Formula, Sheet, Value, Workbook
from meice.engines.annexes.read.recognise import find_forms
from meice.engines.annexes.rows import FilingForm
from meice.engines.annexes.write.words import unit_line

Texts = Mapping[str, str]
FIRST_LINE: Mapping[Annex, int] = {Annex.BASIC: 4, Annex.FILINGS: 3}
"""The sheet row (from 0) of the first record as the writer places it."""
_COLUMNS = {Annex.BASIC: columns.BASIC_COLUMNS, Annex.FILINGS: columns.FILING_COLUMNS}
_PERSON_PARTS = tuple(column.key for column in columns.PERSON_COLUMNS)


@dataclass(frozen=True, slots=True)
class Typed:
    """One record: ``texts`` by the form's keys (annex 3: dotted, ``operators.1.name``);
    ``changed`` as in ``FilingForm``."""

    texts: Texts
    changed: Mapping[str, str | None] | None = None


def read_typed(
    annex: Annex, records: Sequence[Typed], header: Header, *, today: dt.date, path: str
) -> tuple[Form, ...]:
    """The form (annex 3: a form per record, its path ``path#0`` …) with every issue of the file
    rules. ``Form.places.lines`` tells which record a row came from: ``line - FIRST_LINE``;
    records that hold nothing are left out. Raises ValueError for annex 2, which has no records.
    """
    if annex is Annex.FILING:
        return tuple(
            _filing(record, header, today, f"{path}#{number}")
            for number, record in enumerate(records)
        )
    if annex not in _COLUMNS:
        raise ValueError("annex 2 is computed")
    return (_read(_table(annex, records, header), annex, today, path),)


def _read(sheet: Sheet, annex: Annex, today: dt.date, path: str) -> Form:
    found = next((each for each in find_forms(sheet) if each.annex is annex), None)
    if found is None:
        raise ValueError("the layout does not fit the reader")
    return READERS[annex](Reading(Workbook((sheet,), 1), sheet, found, path, today.isoformat()))


def _table(annex: Annex, records: Sequence[Typed], header: Header) -> Sheet:
    known = _COLUMNS[annex]
    above: list[list[Value]] = [[columns.MARKS[annex]], [columns.TITLES[annex]]]
    head = _header_line(annex, header)
    heading: list[Value] = [column.printed for column in known]
    lines: list[list[Value]] = [
        [number, *(record.texts.get(column.key, "") for column in known[1:])]
        for number, record in enumerate(records, 1)
    ]
    is_basic = annex is Annex.BASIC
    rows = [*above, head, heading, *lines] if is_basic else [*above, heading, *lines, head]
    return Sheet(columns.MARKS[annex], rows, formulas=_formulas(rows, FIRST_LINE[annex]))


def _formulas(rows: Sequence[Sequence[Value]], start: int) -> dict[Cell, Formula]:
    """A text that begins with ``=`` is what somebody typed as a formula: it has no value."""
    return {
        (line, column): Formula(stored=False)
        for line, cells in enumerate(rows)
        if line >= start
        for column, text in enumerate(cells)
        if isinstance(text, str) and text.startswith("=")
    }


def _header_line(annex: Annex, header: Header) -> list[Value]:
    in_filings = annex in (Annex.FILING, Annex.FILINGS)
    unit = unit_line(header, "填报部门" if in_filings else "填报单位")
    phone = "联系电话" if annex is Annex.FILINGS else "电话"
    return [unit, "", "", f"填表人：{header.filled_by}", f"{phone}：{header.phone}",
            f"填表时间：{header.date}"]  # fmt: skip


def _filing(record: Typed, header: Header, today: dt.date, path: str) -> Form:
    texts = record.texts
    rows: list[list[Value]] = [
        [columns.MARKS[Annex.FILING]],
        [columns.TITLES[Annex.FILING]],
        [unit_line(header, "填报部门"), "", "", "", f"填表时间：{header.date}"],
    ]
    labels = columns.FORM_LABELS
    for left, right in zip(labels[::2], labels[1::2], strict=True):
        rows.append(
            [left.title, "", texts.get(left.key, ""), right.title, texts.get(right.key, "")]
        )
    rows.append(["管理相关人员", "", *(column.printed for column in columns.PERSON_COLUMNS)])
    rows += [
        [label.title, "", *_person(texts, label.key)]
        for label in (columns.LEADER_LABEL, columns.REVIEWER_LABEL)
    ]
    rows += [
        ["运维工作人员" if number == "1" else "", number, *_person(texts, f"operators.{number}")]
        for number in columns.OPERATOR_NUMBERS
    ]
    rows.append([f"{columns.OPINION_LABEL.title}{texts.get('opinion', '')}"])
    form = _read(Sheet(columns.MARKS[Annex.FILING], rows), Annex.FILING, today, path)
    return replace(form, rows=tuple(_marked(row, record) for row in form.rows))


def _person(texts: Texts, key: str) -> list[Value]:
    return [texts.get(f"{key}.{part}", "") for part in _PERSON_PARTS]


def _marked(row: Row, record: Typed) -> Row:
    return replace(row, changed=record.changed or {}) if isinstance(row, FilingForm) else row


def cross_check(forms: Sequence[Form], own: Sequence[CountRow], header: Header) -> list[Issue]:
    """What the forms of one unit say of each other; ``own`` is an annex 2 that it wrote itself."""
    counts = (Form("附件2", Annex.COUNTS, header=header, rows=tuple(own)),) if own else ()
    package = check_package(
        "", [*forms, *counts], (), archive=False, modified="", today=dt.date.max
    )
    return list(package.issues)


def texts_of(row: Row) -> dict[str, str]:
    """A row as the texts of its cells, in the form's own words (是, 无问题、…, ISO dates)."""
    texts: dict[str, str] = {}
    for key, value in row.to_json().items():
        if key in ("number", "changed"):
            continue
        if isinstance(value, list) and key == "operators":
            for number, person in enumerate(value, 1):
                texts |= {f"operators.{number}.{part}": text for part, text in person.items()}
        elif isinstance(value, dict):
            texts |= {f"{key}.{part}": text for part, text in value.items()}
        else:
            texts[key] = _printed(value)
    return texts


def _printed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return columns.YES if value else columns.NO
    if isinstance(value, list):
        return columns.PROBLEM_JOINER.join(value)
    return str(value)


def tidy(annex: Annex, key: str, text: str) -> str:
    """``text`` in the form's own words where it reads right (√ → 是, ２０２１.6.29 → 2021-06-29),
    else with its white space mended. An error is never tidied away. Records are judged alone."""
    blank: Texts = {key: text}
    forms = read_typed(annex, [Typed(blank)], Header(), today=dt.date.max, path="")
    for form in forms:
        for row in form.rows:
            said = texts_of(row).get(key, "")
            return said or " ".join(text.split())
    return " ".join(text.split())


def record_lines(form: Form) -> Iterable[int]:
    """For each row of a form of annex 1 or 4 the number (from 0) of its record."""
    start = FIRST_LINE.get(form.annex or Annex.COUNTS, 0)
    return (line - start for line in form.places.lines)
