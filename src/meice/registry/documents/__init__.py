"""The register on paper and in spreadsheets."""

from meice.registry.documents.annex3 import Cell, Paper, annex3_bytes, annex3_form, paper_of
from meice.registry.documents.ledger import annex4_bytes, ledger_bytes, ledger_rows

__all__ = [
    "Cell",
    "Paper",
    "annex3_bytes",
    "annex3_form",
    "annex4_bytes",
    "ledger_bytes",
    "ledger_rows",
    "paper_of",
]
