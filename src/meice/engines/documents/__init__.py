"""Files as documents: what kind a file is, told from its bytes, and its text with positions."""

from meice.engines.documents.kinds import (
    ARCHIVES,
    SPREADSHEETS,
    Container,
    Kind,
    kind_of,
    open_container,
)
from meice.engines.documents.member_names import is_junk, is_unsafe, shown
from meice.engines.documents.model import Segment, Text
from meice.engines.documents.sandboxed import read_text
from meice.engines.documents.zips import (
    MOST_FILE,
    MOST_UNPACKED,
    Budget,
    Member,
    RefusedZip,
    Unread,
    is_archive_name,
    members_of,
)

__all__ = [
    "ARCHIVES",
    "MOST_FILE",
    "MOST_UNPACKED",
    "SPREADSHEETS",
    "Budget",
    "Container",
    "Kind",
    "Member",
    "RefusedZip",
    "Segment",
    "Text",
    "Unread",
    "is_archive_name",
    "is_junk",
    "is_unsafe",
    "kind_of",
    "members_of",
    "open_container",
    "read_text",
    "shown",
]
