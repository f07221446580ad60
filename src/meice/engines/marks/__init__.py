"""Marks in text: personal numbers, 密级, footer filings; how they are found and how masked."""

from meice.engines.marks.bank_card import find_bank_cards, is_bank_card, passes_luhn
from meice.engines.marks.filings import find_icp_numbers, find_police_records
from meice.engines.marks.finding import find_marks, mask_mark, mask_personal
from meice.engines.marks.id_card import check_character, find_id_cards, is_id_card
from meice.engines.marks.masking import mask_bank_card, mask_id_card, mask_mobile, mask_name
from meice.engines.marks.mobile import find_mobiles, is_mobile, mobile_digits
from meice.engines.marks.model import PERSONAL, Fault, Kind, Mark
from meice.engines.marks.secrecy import find_secret_marks, find_secret_words
from meice.engines.marks.widths import fold_widths

__all__ = [
    "PERSONAL",
    "Fault",
    "Kind",
    "Mark",
    "check_character",
    "find_bank_cards",
    "find_icp_numbers",
    "find_id_cards",
    "find_marks",
    "find_mobiles",
    "find_police_records",
    "find_secret_marks",
    "find_secret_words",
    "fold_widths",
    "is_bank_card",
    "is_id_card",
    "is_mobile",
    "mask_bank_card",
    "mask_id_card",
    "mask_mark",
    "mask_mobile",
    "mask_name",
    "mask_personal",
    "mobile_digits",
    "passes_luhn",
]
