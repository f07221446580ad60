"""What leaves the room on paper or as a file."""

from meice.impersonations.documents.application import application_docx, application_of
from meice.impersonations.documents.docket import docket_zip, pack_zip
from meice.impersonations.documents.pack import Pack, pack_of
from meice.impersonations.documents.sheets import dockets_bytes

__all__ = [
    "Pack",
    "application_docx",
    "application_of",
    "docket_zip",
    "dockets_bytes",
    "pack_of",
    "pack_zip",
]
