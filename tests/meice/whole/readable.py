"""What a person can read in an answer: the text of a page, the cells of a workbook, the words
of a document."""

import re
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook
from tests.answers import body

CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|version)" value="[^"]*"'
    r'|\b(?:id|aria-describedby|for)="[a-z]+-[0-9a-f]{8}"'
    r"|逾期 [0-9天时分]+"
    r"|<time [^>]*>[^<]*</time>|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r"|[0-9A-Za-z]{64}"
)
"""Tokens, and the time of day: they differ from one answer to the next."""
TEXT = qn("w:t")
WORKBOOK, ARCHIVE = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


def readable(response):
    """Status and text."""
    return f"{response.status_code}\n{_text_of(body(response))}"


def _text_of(content):
    if content.startswith(WORKBOOK):
        return _cells(content)
    if not content.startswith(ARCHIVE):
        return CHANGING.sub("·", content.decode(errors="replace"))
    with ZipFile(BytesIO(content)) as archive:
        if "word/document.xml" in archive.namelist():
            return _words(content)
        if "[Content_Types].xml" in archive.namelist():
            return _cells(content)
        members = [(name, _text_of(archive.read(name))) for name in sorted(archive.namelist())]
    return "\n".join(f"{name}\n{text}" for name, text in members)


def _words(content):
    return "\n".join(node.text or "" for node in Document(BytesIO(content)).element.iter(TEXT))


def _cells(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return "\n".join(str(row) for rows in sheets for row in rows)
