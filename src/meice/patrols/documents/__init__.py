"""The record book on paper and as a file."""

from meice.patrols.documents.book import Line, clock_words, line_of, lines_of, outcome_words
from meice.patrols.documents.workbook import workbook_of

__all__ = ["Line", "clock_words", "line_of", "lines_of", "outcome_words", "workbook_of"]
