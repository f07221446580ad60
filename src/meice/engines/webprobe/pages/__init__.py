"""Reads pages: pure functions from bytes to what a page says. No network is used.

QR codes are read in the sandbox only: `Named("meice.engines.webprobe.pages.qr:read_qr")`.
"""

from meice.engines.webprobe.pages.addresses import registrable_domain
from meice.engines.webprobe.pages.latest import latest_update
from meice.engines.webprobe.pages.model import (
    Column,
    ColumnKind,
    Concealment,
    Dated,
    Field,
    Form,
    Hidden,
    HowDated,
    Link,
    Mark,
    Marks,
    Outbound,
    Page,
    PageKind,
    Picture,
    Where,
)
from meice.engines.webprobe.pages.outbound import outbound
from meice.engines.webprobe.pages.reading import read_page

__all__ = [
    "Column",
    "ColumnKind",
    "Concealment",
    "Dated",
    "Field",
    "Form",
    "Hidden",
    "HowDated",
    "Link",
    "Mark",
    "Marks",
    "Outbound",
    "Page",
    "PageKind",
    "Picture",
    "Where",
    "latest_update",
    "outbound",
    "read_page",
    "registrable_domain",
]
