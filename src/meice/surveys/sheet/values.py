"""One cell's text: what was typed, folded to the form's own words where it can be read.

What cannot be read stays as typed, so that the check can say what is wrong with it: an error is
never folded away (design.md 8). The reading itself is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from meice.engines.annexes.columns import PROBLEM_JOINER
from meice.engines.annexes.read import values
from meice.engines.annexes.read.dates import date_of
from meice.engines.outlets import platform_named
from meice.surveys.sheet.columns import MAX_TEXT, PROBLEM_ALIASES, Holds, SheetColumn

FORMULA_SIGNS = ("=", "＝")
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Text:
    """`shown` stands in the cell; `typed` is what came in, trimmed at its ends."""

    shown: str
    typed: str

    @property
    def is_mended(self) -> bool:
        """The form's own words stand in place of what was typed."""
        return self.shown != self.typed


def is_formula(text: str) -> bool:
    """What a spreadsheet would run; in our sheet it is text, and an error."""
    return len(text) > 1 and text.startswith(FORMULA_SIGNS)


def is_too_long(text: str) -> bool:
    """More than a cell takes."""
    return len(text) > MAX_TEXT


def read_text(column: SheetColumn, typed: str) -> Text:
    """`typed` as the cell of `column` keeps it."""
    trimmed = values.INVISIBLE.sub("", typed).strip()
    if is_formula(trimmed):
        return Text(trimmed, trimmed)
    return Text(FOLDS.get(column.holds, values.clean)(trimmed), trimmed)


def _answer(text: str) -> str:
    said = values.answer(text) if text else None
    return values.clean(text) if said is None else YES if said else NO


def _rectified(text: str) -> str:
    said = values.rectified(text) if text else None
    return values.clean(text) if said is None else said.value


def _platform(text: str) -> str:
    platform = platform_named(text) if text else None
    return platform.name if platform else values.clean(text)


def _problems(text: str) -> str:
    named = values.problems(text)
    return PROBLEM_JOINER.join(PROBLEM_ALIASES.get(problem, problem) for problem in named)


def _person(text: str) -> str:
    return values.person_name(values.clean(text))


def _phone(text: str) -> str:
    return values.mobile(text) or values.clean(text)


def _date(text: str) -> str:
    return date_of(text) or values.clean(text)


def _filing_kind(text: str) -> str:
    kind = values.filing_kind(text) if text else None
    return kind.value if kind else values.clean(text)


FOLDS: Mapping[Holds, Callable[[str], str]] = {
    Holds.ANSWER: _answer,
    Holds.RECTIFIED: _rectified,
    Holds.PLATFORM: _platform,
    Holds.PROBLEMS: _problems,
    Holds.PERSON: _person,
    Holds.MOBILE: _phone,
    Holds.PHONE: _phone,
    Holds.DATE: _date,
    Holds.FILING_KIND: _filing_kind,
}
