"""The rows of a submission: what their texts mean, what is wrong with them, how they differ from
the register. Pure reading; only `actions` write.

`texts` cells ↔ the engine's rows · `checking` faults by cell · `prefill` rows from the register ·
`difference` rows against the register · `counting` annex 2.
"""

from meice.surveys.rows.checking import CellFault, Examined, examine
from meice.surveys.rows.counting import counts_of, office_holders_of, own_counts
from meice.surveys.rows.difference import Difference, FieldDifference, differences_of
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
    "Difference",
    "Examined",
    "FieldDifference",
    "SheetColumn",
    "counts_of",
    "differences_of",
    "engine_rows",
    "examine",
    "header_of",
    "is_blank",
    "office_holders_of",
    "own_counts",
    "row_of",
    "tidy_text",
]
