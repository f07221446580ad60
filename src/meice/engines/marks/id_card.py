"""Resident identity numbers: 18 digits (GB 11643-1999) and the 15 digits used before 1999."""

import re
from datetime import date

from meice.engines.marks.model import Kind, Mark
from meice.engines.marks.provinces import ABBREVIATIONS
from meice.engines.marks.widths import fold_widths

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_BIRTH_YEARS = range(1900, 2100)
_OLD_LENGTH = 15

_IN_TEXT = re.compile(
    r"[1-8](?<![0-9].)(?:"  # a class first: the search runs from one such digit to the next
    r"[0-9]{16}[0-9Xx]|[0-9]{14}"
    r"|[0-9]{5}(?P<gap>[ -])[0-9]{8}(?P=gap)[0-9]{3}[0-9Xx]"
    r")(?![0-9])"
)
_ALONE = re.compile(r"[1-8][0-9]{16}[0-9X]|[1-8][0-9]{14}")
_GAP = re.compile(r"[ -]")


def check_character(first_17: str) -> str:
    """Return the 18th character for 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def _is_birth_date(year: int, month: int, day: int) -> bool:
    if year not in _BIRTH_YEARS:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_old_number(number: str) -> bool:
    return _is_birth_date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))


def _is_new_number(number: str) -> bool:
    born = _is_birth_date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return born and number[17] == check_character(number[:17])


def is_id_card(text: str) -> bool:
    """Tell whether `text` is one identity number: province, a real birth date, check character."""
    number = fold_widths(text).strip().upper()
    if not _ALONE.fullmatch(number) or number[:2] not in ABBREVIATIONS:
        return False
    return _is_old_number(number) if len(number) == _OLD_LENGTH else _is_new_number(number)


def find_id_cards(text: str) -> list[Mark]:
    """Return the identity numbers in running text, in order; none inside a longer digit run."""
    return [
        Mark(Kind.ID_CARD, match.start(), match.end(), text[match.start() : match.end()], number)
        for match in _IN_TEXT.finditer(fold_widths(text))
        if is_id_card(number := _GAP.sub("", match[0]).upper())
    ]
