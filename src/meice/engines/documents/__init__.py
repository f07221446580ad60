"""Files as documents: what kind a file is, told from its bytes."""

from meice.engines.documents.kinds import (
    ARCHIVES,
    SPREADSHEETS,
    Container,
    Kind,
    kind_of,
    open_container,
)

__all__ = ["ARCHIVES", "SPREADSHEETS", "Container", "Kind", "kind_of", "open_container"]
