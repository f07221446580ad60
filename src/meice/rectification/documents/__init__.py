"""What leaves the room on paper or as a file."""

from meice.rectification.documents.circular import circular_docx, circular_xlsx
from meice.rectification.documents.orders import orders_bytes
from meice.rectification.documents.paper import Paper, order_docx, paper_of
from meice.rectification.documents.report import Report, report_of

__all__ = [
    "Paper",
    "Report",
    "circular_docx",
    "circular_xlsx",
    "order_docx",
    "orders_bytes",
    "paper_of",
    "report_of",
]
