"""Mobile numbers of mainland China.

`is_mobile` is the rule of the annexes (11 digits, 1[3-9]…): a form must not be refused because a
new segment was opened. `find_mobiles` looks into running text and keeps to the opened segments.
"""

import re
from collections.abc import Iterator

from meice.engines.marks.model import Kind, Mark
from meice.engines.marks.widths import fold_widths

# Opened three-digit segments, the Internet-of-things ones (140, 141, 144, 146, 148) left out.
SEGMENTS = frozenset(
    [f"13{n}" for n in range(10)]
    + ["145", "147", "149"]
    + [f"15{n}" for n in (0, 1, 2, 3, 5, 6, 7, 8, 9)]
    + ["162", "165", "166", "167"]
    + [f"17{n}" for n in (0, 1, 2, 3, 4, 5, 6, 7, 8)]
    + [f"18{n}" for n in range(10)]
    + ["190", "191", "192", "193", "195", "196", "197", "198", "199"]
)

_COUNTRY = r"(?:(?:\(\+86\)|\+86|(?<![0-9])0086)[ -]?|(?<![0-9])86[ -])"
_SOLID = r"1[3-9][0-9]{9}"
_GROUPED = (
    r"1[3-9][0-9](?P<gap>[ -])[0-9]{4}(?P=gap)[0-9]{4}"
    r"|1[3-9][0-9]{2}(?P<pause>[ -])[0-9]{3}(?P=pause)[0-9]{4}"
)
# The search runs from one literal 1 to the next; what stands before it is looked at afterwards.
_IN_TEXT = re.compile(
    r"1(?:(?<![0-9]1)|(?<=861))[3-9](?:[0-9]{9}"
    r"|(?:[0-9](?P<gap>[ -])[0-9]{4}(?P=gap)|[0-9]{2}(?P<pause>[ -])[0-9]{3}(?P=pause))"
    r"[0-9]{4}(?!-[0-9]))(?![0-9])"
)
_LED_BY_COUNTRY = re.compile(rf"{_COUNTRY}\Z")
_COUNTRY_LENGTH = len("(+86) ")
# A grouped number is refused as a part of a longer hyphenated one; a solid one needs no such care.
_PART_OF_LONGER = re.compile(r"[0-9]-\Z")
_ALONE = re.compile(rf"{_COUNTRY}?(?P<number>{_SOLID}|{_GROUPED})(?:\.0+)?")
_NOT_DIGIT = re.compile(r"[^0-9]")
_DIGITS = frozenset("0123456789")


def mobile_digits(text: str) -> str | None:
    """Return the 11 digits that `text` is, or None.

    Reads full-width digits, spaces and hyphens between groups, +86, and a number that a
    spreadsheet stored as `13800000000.0`.
    """
    match = _ALONE.fullmatch(fold_widths(text).strip())
    return _NOT_DIGIT.sub("", match["number"]) if match else None


def is_mobile(text: str) -> bool:
    """Tell whether `text` is one mobile number and nothing else (annexes.md, cross checks)."""
    return mobile_digits(text) is not None


def find_mobiles(text: str) -> list[Mark]:
    """Return the mobile numbers in running text, in order; none inside a longer digit run."""
    folded = fold_widths(text)
    return [
        Mark(Kind.MOBILE, start, end, text[start:end], digits)
        for start, number, end in _numbers(folded)
        if (digits := _NOT_DIGIT.sub("", folded[number:end]))[:3] in SEGMENTS
    ]


def _numbers(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each mark begins (with its country code), its number begins, and both end."""
    taken = 0
    match = _IN_TEXT.search(text)
    while match:
        start = _start(text, match, taken)
        if start is not None:
            taken = match.end()
            yield start, match.start(), taken
        match = _IN_TEXT.search(text, taken if start is not None else match.start() + 1)


def _start(text: str, match: re.Match[str], taken: int) -> int | None:
    """Where the country code before a number begins, or the number; None for a part of more."""
    number = match.start()
    country = _LED_BY_COUNTRY.search(text, max(taken, number - _COUNTRY_LENGTH), number)
    if country:
        return country.start()
    is_grouped = match["gap"] or match["pause"]
    if number and text[number - 1] in _DIGITS:
        return None
    if is_grouped and _PART_OF_LONGER.search(text, max(0, number - 2), number):
        return None
    return number
