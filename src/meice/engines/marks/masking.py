"""Masking of personal data for lists, evidence and messages (domain.md 5.3)."""

from meice.engines.marks.mobile import mobile_digits

_STAR = "*"
_NAME_KEPT_BOTH_ENDS = 3


def keep_ends(value: str, head: int, tail: int) -> str:
    """Keep `head` and `tail` characters; a value too short to hide anything is hidden whole."""
    hidden = len(value) - head - tail
    if hidden <= 0:
        return _STAR * len(value)
    return value[:head] + _STAR * hidden + value[len(value) - tail :]


def mask_mobile(text: str) -> str:
    """138****0001. What is no mobile (a landline, a short number) keeps at most two digits."""
    digits = mobile_digits(text)
    return keep_ends(digits, 3, 4) if digits else keep_ends(text.strip(), 0, 2)


def mask_id_card(number: str) -> str:
    """Keep the first 6 and the last 4."""
    return keep_ends(number, 6, 4)


def mask_bank_card(number: str) -> str:
    """Keep the first 6 and the last 4."""
    return keep_ends(number, 6, 4)


def mask_name(name: str) -> str:
    """Two characters keep the first; three and more keep the first and the last."""
    name = name.strip()
    if len(name) < _NAME_KEPT_BOTH_ENDS:
        return keep_ends(name, 1, 0)
    return keep_ends(name, 1, 1)
