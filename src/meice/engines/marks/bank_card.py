"""Bank card numbers: issuer prefix and length (ISO/IEC 7812) and the Luhn check digit.

Fourteen and fifteen digits (Diners, American Express) are left out on purpose: 公安备案 numbers,
old identity numbers and old registration numbers have those lengths and pass Luhn one time in ten.
"""

import re

from meice.engines.marks.model import Kind, Mark
from meice.engines.marks.widths import fold_widths

# Issuer prefix → lengths in use. 62 and 81 UnionPay; 4 Visa and old CCB; 51–55, 2221–2720
# Mastercard; 3528–3589 JCB; 9558, 9559 and 6013 domestic cards from before UnionPay.
_ISSUERS: tuple[tuple[int, int, frozenset[int]], ...] = (
    (62, 62, frozenset({16, 17, 18, 19})),
    (81, 81, frozenset({16, 17, 18, 19})),
    (4, 4, frozenset({16, 19})),
    (51, 55, frozenset({16})),
    (2221, 2720, frozenset({16})),
    (3528, 3589, frozenset({16})),
    (9558, 9559, frozenset({16, 19})),
    (6013, 6013, frozenset({16, 19})),
)
_IN_TEXT = re.compile(
    r"[2-9](?<![0-9].)(?:[0-9]{15,18}"  # a class first: the search runs from digit to digit
    r"|[0-9]{3}(?P<gap>[ -])[0-9]{4}(?P=gap)[0-9]{4}(?P=gap)[0-9]{4}(?:(?P=gap)[0-9]{1,3})?"
    r"|[0-9]{5}(?P<pause>[ -])[0-9]{10,13}"
    r")(?![0-9])"
)
_ALONE = re.compile(r"[2-9][0-9]{15,18}")
_GAP = re.compile(r"[ -]")


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit is the Luhn check digit of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _has_issuer(digits: str) -> bool:
    return any(
        len(digits) in lengths and low <= int(digits[: len(str(low))]) <= high
        for low, high, lengths in _ISSUERS
    )


def is_bank_card(text: str) -> bool:
    """Tell whether `text` is one card number: known issuer prefix, its length, Luhn."""
    digits = fold_widths(text).strip()
    return bool(_ALONE.fullmatch(digits)) and _has_issuer(digits) and passes_luhn(digits)


def find_bank_cards(text: str) -> list[Mark]:
    """Return the card numbers in running text, in order; none inside a longer digit run."""
    return [
        Mark(Kind.BANK_CARD, match.start(), match.end(), text[match.start() : match.end()], digits)
        for match in _IN_TEXT.finditer(fold_widths(text))
        if is_bank_card(digits := _GAP.sub("", match[0]))
    ]
