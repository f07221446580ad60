"""What a file is, told from its first bytes and its containers, never from its name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from enum import Enum
from typing import Any

import olefile


class Kind(Enum):
    """A kind of file: its Chinese name as a person would call it."""

    XLS = "Excel 97-2003 工作簿"
    XLSX = "Excel 工作簿（.xlsx）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    ODS = "OpenDocument 表格（.ods）"
    OLD_XLS = "Excel 95 以前的工作表"
    ENCRYPTED = "加了密码的 Office 文件"
    WORD = "Word 文档"
    SLIDES = "演示文稿"
    PDF = "PDF"
    HTML = "网页"
    XML_SHEET = "XML 表格"
    XML = "XML 文件"
    RTF = "RTF 文档"
    TEXT = "纯文本（CSV）"
    IMAGE = "图片"
    ZIP = "zip 压缩包"
    RAR = "rar 压缩包"
    SEVEN_ZIP = "7z 压缩包"
    EMPTY = "空文件"
    BROKEN_OLE = "损坏的 Office 97-2003 文件"
    BROKEN_ZIP = "损坏的压缩格式文件"
    UNKNOWN = "认不出的文件"


SPREADSHEETS = frozenset({Kind.XLS, Kind.XLSX, Kind.XLSB, Kind.ODS, Kind.OLD_XLS})
ARCHIVES = frozenset({Kind.ZIP, Kind.RAR, Kind.SEVEN_ZIP})

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
)
OLD_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")  # BOF without an OLE container
OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("WordDocument", Kind.WORD),
    ("PowerPoint Document", Kind.SLIDES),
)
ZIP_MEMBERS: tuple[tuple[str, Kind], ...] = (
    ("xl/workbook.xml", Kind.XLSX),
    ("xl/workbook.bin", Kind.XLSB),
    ("word/document.xml", Kind.WORD),
    ("ppt/presentation.xml", Kind.SLIDES),
)
OFFICE_MARKERS = (
    b"[Content_Types]",
    b"docProps/",
    b"_rels/",
    b"workbook.",
    b"document.xml",
    b"mimetype",
    b"content.xml",
)
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.spreadsheet-template": Kind.ODS,
    b"application/vnd.oasis.opendocument.text": Kind.WORD,
    b"application/vnd.oasis.opendocument.presentation": Kind.SLIDES,
}
MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|table|div|style|script|title)\b", re.IGNORECASE
)
MHTML = re.compile(rb"^MIME-Version:", re.IGNORECASE)
HEAD = 4096
MANY_MEMBERS = 20_000


@dataclass(frozen=True, slots=True)
class Container:
    """A file's kind, and the OLE container it was opened as (to be read on, then closed)."""

    kind: Kind
    ole: Any = None


def kind_of(data: bytes) -> Kind:
    """The kind of the file ``data``; never raises for what the bytes hold."""
    found = open_container(data)
    if found.ole is not None:
        found.ole.close()
    return found.kind


def open_container(data: bytes) -> Container:
    """The same, keeping an OLE container open for its reader."""
    if not data.strip(b"\x00 \r\n\t"):
        return Container(Kind.EMPTY)
    if data.startswith(OLE_MAGIC):
        return _ole_kind(data)
    if data.startswith(ZIP_MAGIC):
        return Container(_zip_kind(data))
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return Container(kind)
    if OLD_BIFF.match(data):
        return Container(Kind.OLD_XLS)
    return Container(_text_kind(data[:HEAD]))


def _ole_kind(data: bytes) -> Container:
    try:
        ole = olefile.OleFileIO(io.BytesIO(data))
        for stream, kind in OLE_STREAMS:
            if ole.exists(stream):
                return Container(kind, ole)
        ole.close()
    except Exception:  # olefile raises whatever a broken directory leads it to
        return Container(Kind.BROKEN_OLE)
    return Container(Kind.UNKNOWN)


def _zip_kind(data: bytes) -> Kind:
    if not any(marker in data for marker in OFFICE_MARKERS):
        return Kind.ZIP  # the names of an office file's parts stand unpacked in its directory
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.NameToInfo}
            for member, kind in ZIP_MEMBERS:
                if member in names:
                    return kind
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    return OPEN_DOCUMENTS.get(stream.read(200).strip(), Kind.ZIP)
            return Kind.ODS if "content.xml" in names else Kind.ZIP
    except Exception:  # zipfile raises more than BadZipFile on a hostile directory
        return Kind.BROKEN_ZIP


def _text_kind(head: bytes) -> Kind:
    text = _decode(head)
    if text is None:
        return Kind.UNKNOWN
    flat = text.lstrip("\ufeff \r\n\t").encode("utf-8", "replace")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in flat:
        return Kind.XML_SHEET
    if MARKUP.search(flat) or MHTML.match(flat):
        return Kind.HTML
    return Kind.XML if flat.startswith((b"<?xml", b"<")) else Kind.TEXT


def _decode(head: bytes) -> str | None:
    """Text of the usual encodings, or None: a control character says that it is no text."""
    encodings = ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030")
    for encoding in encodings:
        text = head[: len(head) // 2 * 2].decode(encoding, "ignore")
        lost = len(head) - len(text.encode(encoding, "ignore"))
        controls = sum(character < " " and character not in "\r\n\t\f" for character in text)
        if lost <= 8 and not controls:
            return text
    return None
