"""What a limited child is asked: read one file's bytes into forms, with either parser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from meice.engines.annexes.model import Form
from meice.engines.annexes.read.forms import read_forms
from meice.engines.annexes.read.grid import Workbook
from meice.engines.annexes.read.ledger import refusal
from meice.engines.annexes.read.refusal import Cause, Refused
from meice.engines.annexes.read.workbook import TryOther, open_workbook


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path for the messages, its bytes, the day of reading (ISO)."""

    path: str
    data: bytes
    today: str
    package: str | None = None


class Turn(Enum):
    """What is to be done when the first parser gave no forms."""

    SECOND_PARSER = "second"


def read_source(source: Source) -> tuple[Form, ...] | Turn:
    """The forms of one file read by the first parser; a refused file is one Form."""
    try:
        return forms_of(open_workbook(source.data), source)
    except TryOther:
        return Turn.SECOND_PARSER
    except Refused as refused:
        if refused.cause is Cause.ENCRYPTED:
            return Turn.SECOND_PARSER  # it may be encrypted with the default password
        return refused_form(source, refused.cause)


def forms_of(book: Workbook, source: Source) -> tuple[Form, ...]:
    """The forms of an opened workbook."""
    forms = read_forms(book, source.path, source.today)
    return tuple(replace(form, package=source.package) for form in forms)


def refused_form(source: Source, cause: Cause) -> tuple[Form, ...]:
    """The one Form of a file that cannot be read."""
    return (Form(path=source.path, package=source.package, issues=(refusal(source.path, cause),)),)
