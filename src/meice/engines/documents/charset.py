"""From bytes to text: what the page declares, unless the bytes say that it lies.

Order of the HTML standard: byte order mark, header, meta. gb2312 and gbk are read as gb18030, their
superset, as browsers do. A page that is UTF-8 through and through is read as that whatever it says;
one that says UTF-8 and is not is looked at; one that says nothing is given to chardetng.
"""

import codecs
import re
from dataclasses import dataclass

from chardetng_py import detect

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_IN_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_IN_XML = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I)
_META_WITHIN = 4096  # bytes; the standard says 1,024, real pages put a banner before it
_DETECT_WITHIN = 1 << 16
_SPOILT = 0.02  # share of unreadable characters up to which a declaration is believed
_FEW = 8  # bytes beyond ASCII below which valid UTF-8 may be chance: 联通 in GBK is valid UTF-8

_CODECS = {
    **dict.fromkeys(
        ("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "ms936", "gb_2312-80", "gb_2312", "gb2312-80",
         "chinese", "euc-cn", "windows-936", "iso-ir-58", "utf-gb2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8", "utf-16", "utf-16le",
                     "utf-16be", "utf_8"), "utf-8"),
    **dict.fromkeys(("shift_jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "cp949"), "cp949"),
    "euc-jp": "euc_jp", "windows-1251": "cp1251", "koi8-r": "koi8_r",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text; the codec that made it; what was declared (lower case, empty when nothing was)."""

    text: str
    charset: str
    declared: str


def declared_charset(body: bytes, content_type: str = "") -> str:
    """Return the charset that header or meta name, in lower case, or nothing."""
    if found := _IN_HEADER.search(content_type):
        return found[1].lower()
    head = body[:_META_WITHIN]
    within = _IN_META.search(head) or _IN_XML.match(head.lstrip())
    return within[1].decode("ascii").lower() if within else ""


def decode_page(body: bytes, content_type: str = "") -> Decoded:
    """Decode a page; `content_type` is the header as sent. Never raises; bad bytes become U+FFFD."""
    declared = declared_charset(body, content_type)
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(codec, "replace"), codec, declared)
    codec = _CODECS.get(declared, "")
    if body.isascii():
        return Decoded(body.decode("ascii"), codec or "utf-8", declared)
    if (text := _strict_utf8(body)) is not None and not _by_chance(text, body, codec):
        return Decoded(text, "utf-8", declared)
    if codec:
        text = body.decode(codec, "replace")
        if text.count("\ufffd") <= _SPOILT * _foreign(text):
            return Decoded(text, codec, declared)
    return _detected(body, declared)


def _strict_utf8(body: bytes) -> str | None:
    """The text if the bytes are UTF-8; a last character cut in two by a size limit is forgiven."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(body) - error.start > 3 or error.reason != "unexpected end of data":
            return None
        return body[: error.start].decode("utf-8") + "\ufffd"


def _by_chance(text: str, body: bytes, codec: str) -> bool:
    return codec not in ("", "utf-8") and len(body) - len(text) < _FEW


def _foreign(text: str) -> int:
    """Characters beyond ASCII, counted quickly."""
    return max(1, len(text) - len(text.encode("ascii", "ignore")))


def _detected(body: bytes, declared: str) -> Decoded:
    """What chardetng says of the first 64 KB, or the readable one of the two usual charsets."""
    name = str(detect(body[:_DETECT_WITHIN])).lower()
    codec = _CODECS.get(name, name)
    candidates = [codec, "gb18030", "utf-8"]
    best, chosen = body.decode("utf-8", "replace"), "utf-8"
    fewest = best.count("\ufffd")
    for candidate in candidates:
        try:
            text = body.decode(candidate, "replace")
        except LookupError:
            continue
        if (count := text.count("\ufffd")) < fewest or (candidate == codec and count == fewest):
            best, chosen, fewest = text, candidate, count
        if candidate == codec and count <= _SPOILT * _foreign(text):
            return Decoded(text, candidate, declared)
    return Decoded(best, chosen, declared)
