"""Reads pages: pure functions from bytes to what a page says. No network is used."""

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
]
