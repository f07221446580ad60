"""Values as the forms print them, each so that reading it gives the same value back."""

from __future__ import annotations

import re

from meice.engines.annexes import columns
from meice.engines.annexes.model import Header

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
BLANK_DATE = "　　年　月　日"
_HEADER_DATE = "填表时间："
_WHOLE_DATE = len("2021-06-29")


def printed_date(iso: str) -> str:
    """``2021-06-29`` is 2021年6月29日, ``2021-06`` 2021年6月; what is no ISO date stays."""
    match = _ISO.match(iso)
    if not match:
        return iso
    parts = zip(match.groups(), "年月日", strict=True)
    return "".join(f"{int(part)}{unit}" for part, unit in parts if part)


def printed_answer(answer: bool | None) -> str:
    """是, 否, or blank where nobody said."""
    if answer is None:
        return ""
    return columns.YES if answer else columns.NO


def unit_line(header: Header, label: str) -> str:
    return f"{label}（盖章）：{header.unit}"


def date_line(header: Header, *, labelled: bool) -> str:
    """The date with the label of annexes 3 and 4, or bare as annexes 1 and 2 print it; there only
    a whole date can stand bare, any other needs the label to be known as one."""
    date = printed_date(header.date) or BLANK_DATE
    bare = not header.date or len(header.date) == _WHOLE_DATE
    return date if bare and not labelled else f"{_HEADER_DATE}{date}"
