"""Text of .pdf files, page by page. Runs only in the sandbox."""

import io
import logging
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from meice.engines.documents.model import Unreadable

_MOST_PAGES = 1000

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity of a file


def read_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (第N页, text) of the pages with words; a page that cannot be read is left out.

    Raises Unreadable for a locked or broken file and for one without any words (a scan).
    """
    reader = _open(data)
    found = broken = False
    for number, page in enumerate(_pages(reader), 1):
        try:
            text = page.extract_text()
        except Exception:  # pypdf raises many kinds on broken fonts and streams
            broken = True
            continue
        if text.strip():
            found = True
            yield f"第{number}页", text
    if not found:
        raise Unreadable("文件已损坏，读不出文字" if broken else "是扫描件或图片，没有可读的文字")


def _open(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("文件加了密码，读不出文字")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise Unreadable("文件已损坏，打不开") from None
    return reader


def _pages(reader: PdfReader) -> list:  # type: ignore[type-arg]
    try:
        return [reader.pages[i] for i in range(min(len(reader.pages), _MOST_PAGES))]
    except Exception:  # a page tree that goes in circles or nowhere
        raise Unreadable("文件已损坏，打不开") from None
