"""Text of plain files, web pages and .rtf."""

import email
import re
from collections.abc import Iterator
from email import policy

from selectolax.lexbor import LexborHTMLParser

from meice.engines.documents.charset import decode_page
from meice.engines.documents.nesting import tame_nesting
from meice.engines.documents.visible import tag_names, visible_text

_MARKUP_TAG = re.compile(r"<[^<>]{0,2000}>")
_CONTROL = re.compile(
    r"\\'(?P<byte>[0-9a-fA-F]{2})|\\u(?P<code>-?\d{1,6})\??|\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\(?P<sign>[^a-z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_SKIPPED = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore",
     "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "latentstyles", "fldinst"}
)  # fmt: skip
_BREAKS = {
    "par": "\n",
    "line": "\n",
    "row": "\n",
    "sect": "\n",
    "page": "\n",
    "tab": "\t",
    "cell": "\t",
}


def read_plain(data: bytes) -> str:
    """The file decoded, without byte order mark, line ends untouched."""
    return decode_page(data, "").text.removeprefix("\ufeff")


def read_markup(data: bytes) -> str:
    """What a person sees of a web page saved as a file (.html, .mht, or renamed to .doc, .xls)."""
    if data[:13].lower().startswith(b"mime-version:") or b"\nmime-version:" in data[:500].lower():
        data = _html_part(data) or data
    html = tame_nesting(decode_page(data).text)
    return visible_text(LexborHTMLParser(html), (), tag_names(html))


def _html_part(data: bytes) -> bytes:
    """The page in an .mht file."""
    message = email.message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    return b""


def read_xml(data: bytes) -> str:
    """The words of an XML file, its tags left out."""
    return _MARKUP_TAG.sub("\n", decode_page(data).text)


def read_rtf(data: bytes) -> str:
    """The words of an .rtf file; bytes in the code page of Chinese Windows."""
    return "".join(_rtf_pieces(data.decode("latin-1")))


def _rtf_pieces(text: str) -> Iterator[str]:
    waiting = bytearray()  # bytes of two-byte characters come one by one
    skipping: list[bool] = [False]
    for token in _CONTROL.finditer(text):
        if token["byte"]:
            if not skipping[-1]:
                waiting.append(int(token["byte"], 16))
            continue
        if waiting:
            yield waiting.decode("gb18030", "replace")
            waiting.clear()
        if token["brace"] == "{":
            skipping.append(skipping[-1])
        elif token["brace"]:
            if len(skipping) > 1:
                skipping.pop()
        elif token["sign"] == "*" or token["word"] in _SKIPPED:
            skipping[-1] = True
        elif not skipping[-1]:
            yield _rtf_piece(token)
    yield waiting.decode("gb18030", "replace")


def _rtf_piece(token: re.Match[str]) -> str:
    if token["code"]:
        code = int(token["code"]) % 65536
        return "" if 0xD800 <= code < 0xE000 else chr(code)
    if token["word"]:
        return _BREAKS.get(token["word"], "")
    if token["sign"]:
        return {"~": " ", "_": "-"}.get(
            token["sign"], token["sign"] if token["sign"] in "\\{}" else ""
        )
    return token["text"] or ""
