"""A form as the table that people know: letters, row numbers, faults in their cells."""

from meice.surveys.grid.layout import Fact, Heading, Holds, Layout, layout_of, windows_of
from meice.surveys.grid.sheet import SheetView, view

__all__ = [
    "Fact",
    "Heading",
    "Holds",
    "Layout",
    "SheetView",
    "layout_of",
    "view",
    "windows_of",
]
