"""The rows of a submission: what their texts mean and what is wrong with them. Pure reading;
only `actions` write. (How they differ from the register: `sheet.register`.)

`texts` cells ↔ the engine's rows · `checking` faults by cell · `prefill` rows from the register ·
`counting` annex 2 · `packing` the four `.xls` and the zip.
"""

from meice.surveys.rows.checking import CellFault, Examined, examine
from meice.surveys.rows.counting import counts_of, office_holders_of, own_counts
from meice.surveys.rows.texts import (
    SHEET_COLUMNS,
    SheetColumn,
    engine_rows,
    header_of,
    is_blank,
    row_of,
    tidy_text,
)

__all__ = [
    "SHEET_COLUMNS",
    "CellFault",
    "Examined",
    "SheetColumn",
    "counts_of",
    "engine_rows",
    "examine",
    "header_of",
    "is_blank",
    "office_holders_of",
    "own_counts",
    "row_of",
    "tidy_text",
]
