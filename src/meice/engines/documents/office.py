"""Text of zipped office documents: .docx, .pptx, .odt. XML without entities, sizes looked at first."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from meice.engines.documents.model import Unreadable

_MOST_UNPACKED = 60_000_000  # bytes of one part
_WORD_PARTS = (
    (re.compile(r"word/document\d*\.xml"), ""),
    (re.compile(r"word/header\d*\.xml"), "页眉"),
    (re.compile(r"word/footer\d*\.xml"), "页脚"),
    (re.compile(r"word/footnotes\.xml"), "脚注"),
    (re.compile(r"word/endnotes\.xml"), "尾注"),
    (re.compile(r"word/comments\.xml"), "批注"),
)
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_UNSEEN = frozenset({"delText", "instrText", "Fallback"})  # deleted, field codes, second copies
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive. Raises Unreadable for a broken one."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # zipfile raises more than BadZipFile on a hostile directory
        raise Unreadable("文件已损坏，打不开") from None


def read_office(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of each paragraph of a .docx, .pptx or .odt."""
    with open_archive(data) as archive:
        names = archive.namelist()
        if any(_SLIDE.fullmatch(name) for name in names):
            yield from _slides(archive, names)
        elif "content.xml" in names:
            yield from _numbered(_open_document(_part(archive, "content.xml")))
        else:
            yield from _word(archive, names)


def _word(archive: zipfile.ZipFile, names: list[str]) -> Iterator[tuple[str, str]]:
    for pattern, part in _WORD_PARTS:
        for name in sorted(name for name in names if pattern.fullmatch(name)):
            paragraphs = _paragraphs(_part(archive, name), {"p"}, "tbl")
            if not part:
                yield from _numbered(paragraphs)
                continue
            yield from ((part, text) for _, text in paragraphs)


def _slides(archive: zipfile.ZipFile, names: list[str]) -> Iterator[tuple[str, str]]:
    numbered = sorted((int(m[1]), name) for name in names if (m := _SLIDE.fullmatch(name)))
    for number, name in numbered:
        for _, text in _paragraphs(_part(archive, name), {"p"}, "tbl"):
            yield f"第{number}张", text


def _open_document(xml: bytes) -> Iterator[tuple[str, str]]:
    """Paragraphs and headings of an .odt, those of tables among them."""
    try:
        root = fromstring(xml)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unreadable("文件内容已损坏，读不出文字") from None
    for element in root.iter():
        if _local(element) in ("p", "h") and (text := "".join(element.itertext())).strip():
            yield "", text


def _numbered(paragraphs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Paragraphs outside of tables get their number; only those with words are counted."""
    number = 0
    for where, text in paragraphs:
        number += not where
        yield where or f"第{number}段", text


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        member = archive.getinfo(name)
        if member.file_size > _MOST_UNPACKED:
            raise Unreadable("文件展开后过大，未读取")
        with archive.open(member) as stream:
            content = stream.read(_MOST_UNPACKED + 1)
    except Unreadable:
        raise
    except RuntimeError:
        raise Unreadable("文件加了密码，读不出文字") from None
    except Exception:  # a member that is not what the directory says
        raise Unreadable("文件已损坏，打不开") from None
    if len(content) > _MOST_UNPACKED:
        raise Unreadable("文件展开后过大，未读取")
    return content


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _paragraphs(xml: bytes, ends: set[str], table: str) -> Iterator[tuple[str, str]]:
    """Yield (place in a table, or nothing; text) of the paragraphs with words in them."""
    reader = _Paragraphs(ends, table)
    try:
        for event, element in iterparse(io.BytesIO(xml), events=("start", "end")):
            if event == "start":
                reader.start(_local(element))
                continue
            yield from reader.end(_local(element), element.text or "")
            element.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unreadable("文件内容已损坏，读不出文字") from None


class _Paragraphs:
    """Follows the events of an XML reader: where it is in tables, what the paragraph holds."""

    def __init__(self, ends: set[str], table: str) -> None:
        self.ends = ends
        self.table = table
        self.buffers: list[list[str]] = []  # a text box holds paragraphs within a paragraph
        self.unseen = 0
        self.tables = 0
        self.places: list[list[int]] = []  # number, row, column of each table we are in

    def start(self, name: str) -> None:
        """An element begins."""
        if name in _UNSEEN:
            self.unseen += 1
        elif name in self.ends:
            self.buffers.append([])
        elif name == self.table:
            self.tables += not self.places
            self.places.append([self.tables, 0, 0])
        elif name in ("tr", "table-row") and self.places:
            self.places[-1][1:] = [self.places[-1][1] + 1, 0]
        elif name in ("tc", "table-cell") and self.places:
            self.places[-1][2] += 1

    def end(self, name: str, words: str) -> Iterator[tuple[str, str]]:
        """An element ends; yields the paragraph that ended with it."""
        if name in _UNSEEN:
            self.unseen -= 1
        elif name in self.ends and self.buffers:
            text = "".join(self.buffers.pop())
            if text.strip() and not self.unseen:
                yield self._where(), text
        elif name == self.table and self.places:
            self.places.pop()
        elif self.buffers and not self.unseen:
            if name == "t":
                self.buffers[-1].append(words)
            elif name in _SIGNS:
                self.buffers[-1].append(_SIGNS[name])

    def _where(self) -> str:
        if not self.places:
            return ""
        number, row, column = self.places[0]
        return f"表格{number}第{row}行第{column}列"
