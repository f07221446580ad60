"""One form of annex 3 by a plain form: its cells as the paper has them, and the change marks.

On a 变更 every cell that is written anew is marked by itself with what stood there before: what
the register has, else what the form had. Taking the old text away takes the mark away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meice.engines.annexes.columns import FORM_LABELS, PERSON_COLUMNS
from meice.engines.annexes.model import FilingKind
from meice.surveys.rows import CellFault
from meice.surveys.rows.texts import CHANGED, WAS_BLANK, marks_of
from meice.surveys.sheet.rowform import Field, RowForm

KIND = "filing_kind"
UNMARKED = (KIND,)
"""备案类型 says that it is a change; it is no change itself."""
PEOPLE = (
    ("leader", "主管领导"), ("reviewer", "审核人"), ("operators.1", "运维工作人员 1"),
    ("operators.2", "运维工作人员 2"), ("operators.3", "运维工作人员 3"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperField:
    """One cell of the paper: its input, what stood there before a change, what is wrong."""

    field: Field
    old: Field
    faults: Sequence[str] = ()
    remark: str = ""

    @property
    def is_marked(self) -> bool:
        """It is printed in a frame with the word 变更."""
        return bool(self.old.text)

    @property
    def label(self) -> str:
        """As the paper calls it; of a person only the part (the line says who)."""
        key = self.field.column.key
        part = key.rpartition(".")[2]
        known = {column.key: column.title for column in PERSON_COLUMNS}
        return known[part] if "." in key else self.field.column.title


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The whole form in its order: the account's cells, then a line for each person."""

    items: Sequence[PaperField]
    people: Sequence[tuple[str, Sequence[PaperField]]]

    @property
    def marked(self) -> list[PaperField]:
        """The cells that carry a mark."""
        lines = [field for _, fields in self.people for field in fields]
        return [field for field in (*self.items, *lines) if field.is_marked]


def paper_form(
    form: RowForm, faults: Iterable[CellFault], remarks: Mapping[str, str], say: Mapping[int, str]
) -> PaperForm:
    """`form` as its page shows it; `say`: the sentence of each fault by its place in `faults`."""
    fields = {field.column.key: field for field in form.fields}
    told: dict[str, list[str]] = {}
    for place, fault in enumerate(faults):
        told.setdefault(fault.column, []).append(say[place])

    def cell(key: str) -> PaperField:
        old = fields[f"{CHANGED}{key}"]
        return PaperField(fields[key], old, told.get(key, ()), remarks.get(key, ""))

    parts = [column.key for column in PERSON_COLUMNS]
    people = [(called, [cell(f"{person}.{part}") for part in parts]) for person, called in PEOPLE]
    return PaperForm([cell(column.key) for column in FORM_LABELS], people)


def with_marks(
    mine: Mapping[str, str], opened: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    """`mine` with the marks that a 变更 needs, and without any on 开设 and 注销.

    `opened`: the cells as the form showed them; `known`: as the register has them.
    """
    cells = dict(mine)
    keys = [key for key in mine if not key.startswith(CHANGED) and key not in UNMARKED]
    if mine.get(KIND) != FilingKind.CHANGED.value:
        return cells | {f"{CHANGED}{key}": "" for key in keys}
    for key in keys:
        mark, before, now = f"{CHANGED}{key}", opened.get(key, ""), mine.get(key, "")
        if now != before and not mine.get(mark):
            registered = known.get(key, before)
            cells[mark] = (registered if registered != now else before) or WAS_BLANK
        if cells.get(mark) == (now or WAS_BLANK):
            cells[mark] = ""  # back to what it was
    return cells


def newly_marked(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    """How many cells got a mark that had none."""
    return len(marks_of(after).keys() - marks_of(before).keys())
