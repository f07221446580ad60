"""Marks in text: personal numbers, 密级, footer filings; how they are found and how masked."""

from meice.engines.marks.masking import mask_bank_card, mask_id_card, mask_mobile, mask_name
from meice.engines.marks.mobile import find_mobiles, is_mobile, mobile_digits
from meice.engines.marks.model import PERSONAL, Fault, Kind, Mark
from meice.engines.marks.widths import fold_widths

__all__ = [
    "PERSONAL",
    "Fault",
    "Kind",
    "Mark",
    "find_mobiles",
    "fold_widths",
    "is_mobile",
    "mask_bank_card",
    "mask_id_card",
    "mask_mobile",
    "mask_name",
    "mobile_digits",
]
