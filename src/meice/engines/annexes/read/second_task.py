"""The second parser's turn, as a task of its own with limits of its own."""

from __future__ import annotations

from meice.engines.annexes.model import Form
from meice.engines.annexes.read.refusal import Cause, Refused
from meice.engines.annexes.read.second import decrypted, open_again
from meice.engines.annexes.read.tasks import Source, forms_of, refused_form
from meice.engines.annexes.read.workbook import TryOther, open_workbook


def read_source_again(source: Source) -> tuple[Form, ...]:
    """The forms of one file read by the second parser; a refused file is one Form."""
    try:
        try:
            return forms_of(open_again(source.data), source)
        except Refused as refused:
            if refused.cause is not Cause.ENCRYPTED:
                raise
        data = decrypted(source.data)
        try:
            return forms_of(open_workbook(data), source)
        except TryOther:
            return forms_of(open_again(data), source)
    except Refused as refused:
        return refused_form(source, refused.cause)
