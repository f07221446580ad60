"""Annex 3: the paper form of one account, and its change marks.

Source of the layout: the notice's annex 3. A changed cell holds 新值【原：旧值】 in bold inside a
thick frame, the old value struck through: all three survive a black-and-white copier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, FilingForm, Header, Person
from meice.engines.annexes.write import looks, measure
from meice.engines.annexes.write.looks import Across, Down, Line, Look
from meice.engines.annexes.write.page import Workbook
from meice.engines.annexes.write.pen import Pen
from meice.engines.annexes.write.tables import Span, write_note, write_spans, write_title
from meice.engines.annexes.write.words import date_line, printed_date, unit_line

WIDTHS = (9.0, 12.0, 25.0, 17.0, 29.0)
_SIZE = 12.0
_LABEL = Look(face=looks.BLACK_TYPE, size=_SIZE)
_VALUE = Look(size=_SIZE, across=Across.LEFT)
_PERSON = Look(size=_SIZE)
_OPINION = Look(
    face=looks.BLACK_TYPE,
    size=_SIZE,
    across=Across.LEFT,
    down=Down.TOP,
    box=(Line.THIN, Line.THIN, Line.THIN, Line.NONE),
)
_SEAL = Look(
    size=_SIZE,
    across=Across.RIGHT,
    box=(Line.THIN, Line.THIN, Line.NONE, Line.THIN),
)
_ROW_HEIGHT, _OPINION_HEIGHT, _SEAL_HEIGHT = 31.0, 84.0, 36.0
_LEFT_VALUE, _RIGHT_LABEL, _RIGHT_VALUE, _LAST = 2, 3, 4, 4
_PERSON_KEYS = tuple(column.key for column in columns.PERSON_COLUMNS)
_INDENT = 1.8  # characters
_BARE_MARK = columns.CHANGE_SIGNS[0]
_DATES = frozenset({"opened_on"})


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in one cell; ``old`` is None for a bare mark."""

    new: str
    changed: bool = False
    old: str | None = None

    @property
    def parts(self) -> tuple[str, str, str]:
        if not self.changed:
            return (self.new, "", "")
        if self.old is None:
            return (f"{self.new}{_BARE_MARK}", "", "")
        return (f"{self.new}{columns.CHANGE_OPEN}", self.old, columns.CHANGE_CLOSE)

    @property
    def text(self) -> str:
        return "".join(self.parts)


def write_filing(book: Workbook, header: Header, form: FilingForm, name: str) -> None:
    """Write one account's form on a sheet of its own, one page."""
    sheet = book.new_sheet(name, landscape=False, headings=None, one_page=True)
    pen = Pen(sheet, WIDTHS)
    write_title(pen, Annex.FILING)
    write_spans(pen, 2, _header_spans(header))
    row = _write_account(pen, 3, form)
    row = _write_people(pen, row, form)
    row = _write_opinion(pen, row, form)
    write_note(pen, row, _note(form))


def _header_spans(header: Header) -> tuple[Span, ...]:
    return (
        (0, _LAST - 1, unit_line(header, "填报部门")),
        (_LAST, _LAST, date_line(header, labelled=True)),
    )


def _cell(form: FilingForm, key: str, value: str) -> _Cell:
    old = form.changed.get(key)
    if key in _DATES:
        value, old = printed_date(value), old and printed_date(old)
    return _Cell(value, key in form.changed, old)


def _write_account(pen: Pen, row: int, form: FilingForm) -> int:
    labels = columns.FORM_LABELS
    for left, right in zip(labels[::2], labels[1::2], strict=True):
        cells = [_cell(form, label.key, getattr(form, label.key)) for label in (left, right)]
        pen.merged((row, row, 0, 1), left.printed, _LABEL)
        pen.text(row, _RIGHT_LABEL, right.printed, _LABEL)
        _put(pen, row, _LEFT_VALUE, cells[0], _VALUE)
        _put(pen, row, _RIGHT_VALUE, cells[1], _VALUE)
        _fit(pen, row, {_LEFT_VALUE: cells[0], _RIGHT_VALUE: cells[1]})
        row += 1
    return row


def _write_people(pen: Pen, row: int, form: FilingForm) -> int:
    pen.merged((row, row, 0, 1), columns.PEOPLE_LABEL.printed, _LABEL)
    for column, heading in enumerate(columns.PERSON_COLUMNS, _LEFT_VALUE):
        pen.text(row, column, heading.printed, _LABEL)
    pen.set_height(row, _ROW_HEIGHT)
    for label, person in (
        (columns.LEADER_LABEL, form.leader),
        (columns.REVIEWER_LABEL, form.reviewer),
    ):
        row += 1
        pen.merged((row, row, 0, 1), label.printed, _LABEL)
        _write_person(pen, row, form, label.key, person)
    return _write_operators(pen, row + 1, form)


def _write_operators(pen: Pen, row: int, form: FilingForm) -> int:
    blank = (Person(),) * max(0, len(columns.OPERATOR_NUMBERS) - len(form.operators))
    people = (*form.operators, *blank)
    pen.merged((row, row + len(people) - 1, 0, 0), columns.OPERATORS_LABEL.printed, _LABEL)
    for number, person in enumerate(people, 1):
        pen.text(row, 1, str(number), _LABEL)
        _write_person(pen, row, form, f"operators.{number}", person)
        row += 1
    return row


def _write_person(pen: Pen, row: int, form: FilingForm, key: str, person: Person) -> None:
    cells = {
        column: _cell(form, f"{key}.{part}", getattr(person, part))
        for column, part in enumerate(_PERSON_KEYS, _LEFT_VALUE)
    }
    for column, cell in cells.items():
        _put(pen, row, column, cell, _PERSON)
    _fit(pen, row, cells)


def _put(pen: Pen, row: int, column: int, cell: _Cell, look: Look) -> None:
    if not cell.changed:
        pen.text(row, column, cell.new, look)
        return
    marked = replace(look, bold=True, box=looks.FRAMED)
    pen.struck(row, column, cell.parts, marked)


def _fit(pen: Pen, row: int, cells: dict[int, _Cell]) -> None:
    room = [(cell.text, pen.widths[column] - _INDENT) for column, cell in cells.items()]
    pen.set_height(row, measure.height(room, _SIZE, least=_ROW_HEIGHT))


def _write_opinion(pen: Pen, row: int, form: FilingForm) -> int:
    cell = _cell(form, "opinion", form.opinion)
    text = f"{columns.OPINION_LABEL.printed}{cell.text}"
    pen.merged((row, row, 0, _LAST), text, replace(_OPINION, bold=cell.changed))
    room = [(text, pen.room(0, _LAST))]
    pen.set_height(row, measure.height(room, _SIZE, least=_OPINION_HEIGHT))
    pen.merged((row + 1, row + 1, 0, _LAST), columns.SEAL_LINE, _SEAL)
    pen.set_height(row + 1, _SEAL_HEIGHT)
    return row + 2


def _note(form: FilingForm) -> str:
    note = columns.NOTES[Annex.FILING]
    if not form.changed:
        return note
    return f"{note}\n变更标记：粗框加粗为本次变更，划线者为原内容，共 {len(form.changed)} 项。"
