"""Why a file cannot be read: a value for the caller, an exception only inside one reader."""

from __future__ import annotations

from enum import Enum

from meice.engines.annexes.model import Code


class Cause(Enum):
    """A cause for the message, with the code it is reported under."""

    HTML = "html"
    TEXT = "text"
    WORD = "word"
    SLIDES = "slides"
    PDF = "pdf"
    RTF = "rtf"
    IMAGE = "image"
    XML_SHEET = "xml-sheet"
    XML = "xml"
    ARCHIVE = "archive"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    CUT_SHORT = "cut-short"
    TOO_MANY_CELLS = "too-many-cells"
    TOO_MUCH_TEXT = "too-much-text"
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_HARD = "too-hard"

    @property
    def code(self) -> Code:
        return CODES.get(self, Code.NOT_A_SPREADSHEET)


CODES = {
    Cause.ENCRYPTED: Code.ENCRYPTED,
    Cause.CORRUPT: Code.CORRUPT,
    Cause.CUT_SHORT: Code.CORRUPT,
    Cause.TOO_MANY_CELLS: Code.TOO_LARGE,
    Cause.TOO_MUCH_TEXT: Code.TOO_LARGE,
    Cause.TOO_MANY_BYTES: Code.TOO_LARGE,
    Cause.TOO_HARD: Code.TOO_LARGE,
}


class Refused(Exception):
    """Raised while a workbook is opened; never leaves the reader."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.value)
        self.cause = cause
