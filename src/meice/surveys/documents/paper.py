"""The four forms as a print page shows them: headings, lines, the people of annex 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, CountRow, FilingForm
from meice.engines.annexes.typed import texts_of
from meice.surveys.models import SubmissionRow
from meice.surveys.rows.texts import SHEET_COLUMNS, engine_rows

PARTS = tuple(column.key for column in columns.PERSON_COLUMNS)


@dataclass(frozen=True, slots=True)
class PaperCell:
    """What a cell shows. Changed: the frame, the word 变更, and the old struck out if it is told."""

    text: str
    is_changed: bool = False
    old: str = ""


@dataclass(frozen=True, slots=True)
class FormPaper:
    """One annex 3: label pairs and the people's lines."""

    pairs: Sequence[tuple[str, PaperCell, str, PaperCell]]
    people: Sequence[tuple[str, Sequence[PaperCell]]]
    changed: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A table (annexes 1, 2, 4) or the forms of annex 3."""

    number: int
    title: str
    mark: str
    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    forms: Sequence[FormPaper]
    note: str


def paper_of(annex: int, rows: Sequence[SubmissionRow], counts: Sequence[CountRow]) -> Paper:
    """The page of one annex: whole texts, as the `.xls` has them."""
    number = Annex(annex)
    headings: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    forms: Sequence[FormPaper] = ()
    if number is Annex.COUNTS:
        headings = ("项目", *columns.COUNT_COLUMNS, "合计", "备注")
        lines = [_count_line(row) for row in counts]
    elif number is Annex.FILING:
        read = [row for row in engine_rows(number, rows) if isinstance(row, FilingForm)]
        forms = [_form(row) for row in read or [FilingForm()]]
    else:
        headings = [column.title for column in SHEET_COLUMNS[number]]
        lines = [
            [str(at), *(texts.get(column.key, "") for column in SHEET_COLUMNS[number][1:])]
            for at, row in enumerate(engine_rows(number, rows), 1)
            for texts in [texts_of(row)]
        ]
    return Paper(
        int(number), columns.TITLES[number], columns.MARKS[number], headings, lines, forms,
        columns.NOTES[number],
    )  # fmt: skip


def _count_line(row: CountRow) -> list[str]:
    cells = [row.counts.get(column) for column in columns.COUNT_COLUMNS]
    return [row.item, *("" if n is None else str(n) for n in [*cells, row.total]), row.note]


def _form(form: FilingForm) -> FormPaper:
    texts = texts_of(form)

    def cell(key: str) -> PaperCell:
        return PaperCell(texts.get(key, ""), key in form.changed, form.changed.get(key) or "")

    labels = columns.FORM_LABELS
    pairs = [
        (left.title, cell(left.key), right.title, cell(right.key))
        for left, right in zip(labels[::2], labels[1::2], strict=True)
    ]
    roles = [("主管领导", "leader"), ("审核人", "reviewer")]
    roles += [(f"运维工作人员 {n}", f"operators.{n}") for n in columns.OPERATOR_NUMBERS]
    people = [(called, [cell(f"{role}.{part}") for part in PARTS]) for called, role in roles]
    return FormPaper(pairs, people, len(form.changed))
