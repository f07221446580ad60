"""Tables of days, workbooks, the tally of a period, calendars."""

from meice.duty.documents.ical import calendar_text
from meice.duty.documents.month import Table, month_of, table_of, week_of
from meice.duty.documents.sheets import XLSX, month_xlsx, tally_xlsx
from meice.duty.documents.tally import HEADS, Tally, tallies_of

__all__ = [
    "HEADS",
    "XLSX",
    "Table",
    "Tally",
    "calendar_text",
    "month_of",
    "month_xlsx",
    "table_of",
    "tallies_of",
    "tally_xlsx",
    "week_of",
]
