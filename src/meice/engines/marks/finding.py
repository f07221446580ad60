"""All finders over one text, and the text with its personal numbers masked."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from meice.engines.marks.bank_card import find_bank_cards
from meice.engines.marks.filings import find_icp_numbers, find_police_records
from meice.engines.marks.id_card import find_id_cards
from meice.engines.marks.masking import mask_bank_card, mask_id_card, mask_mobile
from meice.engines.marks.mobile import find_mobiles
from meice.engines.marks.model import PERSONAL, Kind, Mark
from meice.engines.marks.secrecy import find_secret_marks, find_secret_words

# In order of certainty: where two marks overlap, the earlier kind stands. A Gansu identity number
# begins with 62 as UnionPay cards do, but a check character and a birth date prove more.
FINDERS: Mapping[Kind, Callable[[str], list[Mark]]] = MappingProxyType(
    {
        Kind.SECRET_MARK: find_secret_marks,
        Kind.ICP: find_icp_numbers,
        Kind.POLICE_RECORD: find_police_records,
        Kind.ID_CARD: find_id_cards,
        Kind.BANK_CARD: find_bank_cards,
        Kind.MOBILE: find_mobiles,
        Kind.SECRET_WORD: find_secret_words,
    }
)
_MASKS: Mapping[Kind, Callable[[str], str]] = MappingProxyType(
    {
        Kind.ID_CARD: mask_id_card,
        Kind.BANK_CARD: mask_bank_card,
        Kind.MOBILE: mask_mobile,
    }
)


def find_marks(text: str, kinds: Iterable[Kind] = tuple(Kind)) -> list[Mark]:
    """Return the marks of these kinds in order of place; no two overlap."""
    wanted = frozenset(kinds)
    kept: list[Mark] = []
    taken: set[int] = set()
    for kind, find in FINDERS.items():
        for mark in find(text) if kind in wanted else ():
            if taken.isdisjoint(range(mark.start, mark.end)):
                taken.update(range(mark.start, mark.end))
                kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def mask_mark(mark: Mark) -> str:
    """Return the value of a personal mark masked, any other mark as written."""
    mask = _MASKS.get(mark.kind)
    return mask(mark.value) if mask else mark.text


def mask_personal(text: str) -> str:
    """Return the text with identity, card and mobile numbers masked: for evidence and messages."""
    parts: list[str] = []
    end = 0
    for mark in find_marks(text, PERSONAL):
        parts += [text[end : mark.start], mask_mark(mark)]
        end = mark.end
    return "".join([*parts, text[end:]])
