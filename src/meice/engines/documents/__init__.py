"""Files as documents: what kind a file is, told from its bytes, and its text with positions."""

from meice.engines.documents.kinds import (
    ARCHIVES,
    SPREADSHEETS,
    Container,
    Kind,
    kind_of,
    open_container,
)
from meice.engines.documents.model import Segment, Text
from meice.engines.documents.sandboxed import read_text

__all__ = [
    "ARCHIVES",
    "SPREADSHEETS",
    "Container",
    "Kind",
    "Segment",
    "Text",
    "kind_of",
    "open_container",
    "read_text",
]
