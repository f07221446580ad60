"""A file's text: by its bytes what it is, then the reader for that. Runs only in the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from meice.engines.documents.kinds import SPREADSHEETS, Kind, open_container
from meice.engines.documents.model import Collector, Text, Unreadable
from meice.engines.documents.office import read_office
from meice.engines.documents.old_word import read_old_word
from meice.engines.documents.pdf import read_pdf
from meice.engines.documents.plain import read_markup, read_plain, read_rtf, read_xml
from meice.engines.documents.sheets import address, read_sheets

MOST_BYTES = 30_000_000
MOST_CHARACTERS = 5_000_000

_REFUSALS: Mapping[Kind, str] = {
    Kind.ENCRYPTED: "文件加了密码，读不出文字",
    Kind.EMPTY: "是空文件",
    Kind.BROKEN_OLE: "文件已损坏，打不开",
    Kind.BROKEN_ZIP: "文件已损坏，打不开",
    Kind.IMAGE: "是图片，没有可读的文字",
    Kind.ZIP: "是压缩包，请解开后再读",
    Kind.RAR: "是压缩包，请解开后再读",
    Kind.SEVEN_ZIP: "是压缩包，请解开后再读",
    Kind.UNKNOWN: "认不出是什么文件",
}
_FLAT: Mapping[Kind, Callable[[bytes], str]] = {
    Kind.HTML: read_markup,
    Kind.XML: read_xml,
    Kind.XML_SHEET: read_xml,
    Kind.RTF: read_rtf,
}
_PLAIN_NAMES = (".txt", ".md", ".markdown", ".csv", ".tsv", ".json", ".log")


def extract(given: tuple[bytes, str]) -> Text:
    """Return the text of a file (bytes, name); one without readable text is a refusal.

    The name only tells a text apart that looks like something else.
    """
    data, name = given
    kind = Kind.EMPTY
    try:
        if len(data) > MOST_BYTES:
            raise Unreadable("文件超过 30 MB，未读取")
        container = open_container(data)
        kind = _by_name(container.kind, name)
        return _read(kind, data, container.ole)
    except Unreadable as unreadable:
        return Text(kind, refusal=str(unreadable))


def _by_name(kind: Kind, name: str) -> Kind:
    """A text file stays one though it begins with a tag: .md and .txt may show markup."""
    looks = kind in (Kind.HTML, Kind.XML, Kind.XML_SHEET, Kind.TEXT, Kind.UNKNOWN)
    return Kind.TEXT if looks and name.lower().endswith(_PLAIN_NAMES) else kind


def _read(kind: Kind, data: bytes, ole: object) -> Text:
    if refusal := _REFUSALS.get(kind):
        raise Unreadable(refusal)
    collector = Collector(MOST_CHARACTERS)
    if kind in SPREADSHEETS:
        _collect_cells(collector, data)
    elif kind is Kind.TEXT:
        _collect_lines(collector, read_plain(data))
    elif kind in _FLAT:
        _collect_paragraphs(collector, _FLAT[kind](data))
    else:
        _collect(collector, _pieces(kind, data, ole))
    return collector.result(kind)


def _pieces(kind: Kind, data: bytes, ole: object) -> Iterable[tuple[str, str]]:
    if kind is Kind.PDF:
        return read_pdf(data)
    if ole is None:
        return read_office(data)
    if kind is Kind.SLIDES:
        raise Unreadable("旧版演示文稿（.ppt），请另存为 .pptx")
    return _old_word(ole)


def _old_word(ole: object) -> Iterator[tuple[str, str]]:
    number = 0
    try:
        for part, text in read_old_word(ole):
            number += not part
            yield part or f"第{number}段", text
    except (OSError, ValueError, IndexError):  # olefile, on streams that lead nowhere
        raise Unreadable("文件已损坏，读不出文字") from None


def _collect(collector: Collector, pieces: Iterable[tuple[str, str]]) -> None:
    for where, text in pieces:
        if not collector.add(text, where):
            return


def _collect_cells(collector: Collector, data: bytes) -> None:
    """Cells of a row on one line, tabs between."""
    before: tuple[str, int] | None = None
    for sheet, row, column, text in read_sheets(data):
        separator = "\t" if before == (sheet, row) else "\n"
        before = sheet, row
        if not collector.add(text, f"{sheet}!{address(row, column)}", separator):
            return


def _collect_lines(collector: Collector, text: str) -> None:
    """Plain text untouched: offsets are those of the file. Lines with words are numbered."""
    number = 0
    for line in text.splitlines(keepends=True):
        number += bool(line.strip())
        if not collector.add(line, f"第{max(1, number)}段", ""):
            return


def _collect_paragraphs(collector: Collector, text: str) -> None:
    lines = (line.strip() for line in text.split("\n"))
    numbered = enumerate((line for line in lines if line), 1)
    _collect(collector, ((f"第{number}段", line) for number, line in numbered))
