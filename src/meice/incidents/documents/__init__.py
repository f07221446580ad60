"""What leaves the room on paper or as a file."""

from meice.incidents.documents.book import BookLine, book_lines, incidents_bytes
from meice.incidents.documents.letter import letter_docx
from meice.incidents.documents.response import Response, response_of

__all__ = [
    "BookLine",
    "Response",
    "book_lines",
    "incidents_bytes",
    "letter_docx",
    "response_of",
]
