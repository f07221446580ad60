"""Every address a page leads to or loads, in the order of the page."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.model import Concealment, Link, Picture, Where

# Element → where it stands and the attribute that holds the address.
_KINDS: Mapping[str, tuple[Where, str]] = {
    "a": (Where.A, "href"),
    "area": (Where.AREA, "href"),
    "frame": (Where.FRAME, "src"),
    "iframe": (Where.FRAME, "src"),
    "script": (Where.SCRIPT, "src"),
    "img": (Where.IMAGE, "src"),
    "link": (Where.STYLE, "href"),
    "form": (Where.FORM, "action"),
    "embed": (Where.MEDIA, "src"),
    "source": (Where.MEDIA, "src"),
    "video": (Where.MEDIA, "src"),
    "audio": (Where.MEDIA, "src"),
    "object": (Where.MEDIA, "data"),
    "option": (Where.OPTION, "value"),
}
_SELECTORS = {tag: f"{tag}[{attribute}]" for tag, (_, attribute) in _KINDS.items()}

_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?\s*([^\"'>]+)", re.IGNORECASE)
_MOVED_BY_SCRIPT = re.compile(
    r"\blocation(?:\.href)?\s*=\s*[\"']([^\"'\s]{1,2000})[\"']"
    r"|\blocation\.(?:replace|assign)\s*\(\s*[\"']([^\"'\s]{1,2000})[\"']"
)
_FEW_LINKS = 3  # a page that sends its visitor on by script has hardly any link of its own
_QR = re.compile(
    r"qr[_-]?code|erweima|ewm|二维码|扫一扫|扫码|weixin|wechat|公众号|微信|qrcode", re.IGNORECASE
)
_TEXT_LIMIT = 500

Node = LexborNode


def link_nodes(tree: LexborHTMLParser, names: frozenset[str]) -> list[Node]:
    """The elements that hold an address; `names` are the tags that the markup has."""
    wanted = [selector for tag, selector in _SELECTORS.items() if tag in names]
    return tree.css(",".join(wanted)) if wanted else []


def words_of(node: Node) -> str:
    """The words of an element on one line."""
    return " ".join(node.text().split())[:_TEXT_LIMIT]


def _words(node: Node, tag: str, attributes: Mapping[str, str | None]) -> str:
    if tag == "a":
        if text := node.text():
            text = " ".join(text.split())[:_TEXT_LIMIT]
        return text or (attributes.get("title") or "").strip()[:_TEXT_LIMIT]
    if tag in ("img", "area"):
        return (attributes.get("alt") or attributes.get("title") or "").strip()[:_TEXT_LIMIT]
    return words_of(node) if tag == "option" else ""


def read_link(node: Node, base: Base, hidden_by: Concealment | None) -> Link | None:
    """The link that an element holds, or None where it holds no http(s) address."""
    tag = node.tag or ""
    where, attribute = _KINDS[tag]
    attributes = node.attributes
    reference = attributes.get(attribute)
    if not reference or (where is Where.OPTION and "/" not in reference):
        return None
    resolved = base.resolve(reference)
    if resolved is None:
        return None
    rel = attributes.get("rel") or ""
    return Link(resolved[0], _words(node, tag, attributes), where, *resolved[1:], hidden_by, rel)


def refresh_links(meta: list[tuple[str, str]], base: Base) -> Iterator[Link]:
    """The address of a meta refresh."""
    for name, content in meta:
        if name == "refresh" and (found := _REFRESH.match(content)):
            yield from _moved(found[1], base)


def script_moves(tree: LexborHTMLParser, html: str, links: int, base: Base) -> Iterator[Link]:
    """Where a script sends the visitor, on a page that has hardly a link of its own."""
    if links > _FEW_LINKS or "location" not in html:
        return
    for script in tree.css("script"):
        for found in _MOVED_BY_SCRIPT.finditer(script.text()[:20_000]):
            yield from _moved(found[1] or found[2], base)


def _moved(reference: str, base: Base) -> Iterator[Link]:
    if url := base.absolute(reference):
        yield Link(url, "", Where.REFRESH, *base.stays(url))


def pictures_of(links: tuple[Link, ...]) -> tuple[Picture, ...]:
    """The images, with a guess which of them are QR codes; only reading the image can tell."""
    return tuple(
        Picture(link.url, link.text, bool(_QR.search(link.text) or _QR.search(link.url)))
        for link in links
        if link.where is Where.IMAGE
    )


def feeds_of(tree: LexborHTMLParser, base: Base) -> tuple[str, ...]:
    """The feeds that a page offers in its head."""
    found = []
    for node in tree.css("link[type][href]"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").lower()
        if kind in ("application/rss+xml", "application/atom+xml", "application/feed+json"):
            found.append(base.absolute(attributes.get("href") or ""))
    return tuple(url for url in found if url)
