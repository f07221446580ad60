"""What a file is by its first bytes; the name and the browser's word count for nothing."""

from django.db.models import TextChoices

HEAD_BYTES = 4096


class FileKind(TextChoices):
    """Kinds the house tells apart; everything else is `OTHER`."""

    OLE = "ole", "旧版 Office"
    OOXML = "ooxml", "新版 Office"
    ODF = "odf", "ODF 文档"
    ZIP = "zip", "zip 压缩包"
    RAR = "rar", "rar 压缩包"
    SEVEN_ZIP = "7z", "7z 压缩包"
    PDF = "pdf", "PDF"
    PNG = "png", "PNG 图片"
    JPEG = "jpeg", "JPEG 图片"
    GIF = "gif", "GIF 图片"
    OTHER = "other", "其他"


ARCHIVES = frozenset({FileKind.ZIP, FileKind.RAR, FileKind.SEVEN_ZIP})

_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF8", FileKind.GIF),
)
_OFFICE_PARTS = (
    (b"mimetypeapplication/vnd.oasis.opendocument", FileKind.ODF),
    (b"[Content_Types].xml", FileKind.OOXML),
    (b"_rels/", FileKind.OOXML),
    (b"docProps/", FileKind.OOXML),
    (b"xl/", FileKind.OOXML),
    (b"word/", FileKind.OOXML),
)
_FIRST_NAME = 30  # bytes of a zip's local header before the name of its first member


def kind_of(head: bytes) -> FileKind:
    """The kind by the first `HEAD_BYTES` of a file."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _first_match(_OFFICE_PARTS, head[_FIRST_NAME:], FileKind.ZIP)
    return _first_match(_MAGIC, head, FileKind.OTHER)


def _first_match(
    table: tuple[tuple[bytes, FileKind], ...], text: bytes, otherwise: FileKind
) -> FileKind:
    return next((kind for sign, kind in table if text.startswith(sign)), otherwise)
