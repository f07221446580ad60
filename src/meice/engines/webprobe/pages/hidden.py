"""The elements of a page that no visitor sees, outermost first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from meice.engines.webprobe.pages.concealment import (
    background_of,
    concealed_by,
    concealing_selectors,
    foreground,
    plain_colour,
)
from meice.engines.webprobe.pages.model import Concealment, Hidden, Link

Node = LexborNode

_WRITTEN = re.compile(r"document\.write(?:ln)?\s*\(\s*[\"'](.{0,2000}?)[\"']\s*\)", re.DOTALL)
_STYLE_IN_TAG = re.compile(r"style\s*=\s*\\?[\"']?([^\"'>\\]{1,500})", re.IGNORECASE)
_HIDDEN_LATER = re.compile(
    r"getElementById\(\s*[\"']([\w-]{1,60})[\"']\s*\)\.style\.(?:display\s*=\s*[\"']none"
    r"|visibility\s*=\s*[\"']hidden)",
)
_CLOSING = re.compile(r"</\w+>")
_NUMBER = re.compile(r"\s*(\d{1,6})")
_FAST = 1000  # a marquee that runs by so many pixels at a time cannot be read
_ANCESTORS = 3  # how far up a background colour is looked for
_MOST = 200  # hidden elements kept of one page
_TEXT_LIMIT = 20_000
_MARKUP_LIMIT = 200
_MOST_SIBLINGS = 200
_BY_TAG = {
    "marquee": "marquee", "noscript": "noscript", "font": "font[color]", "iframe": "iframe[src]",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HiddenRoot:
    """A hidden element and how it is hidden."""

    node: Node
    how: Concealment


def hidden_roots(tree: LexborHTMLParser, html: str, names: frozenset[str]) -> list[HiddenRoot]:
    """The outermost hidden elements, at most 200.

    `html` and the tags in it (`names`) spare searches for what is not there.
    """
    body = tree.body
    if body is None:
        return []
    found: dict[int, HiddenRoot] = {}
    for node, how in _candidates(tree, html, names):
        if node.tag not in ("body", "html", "head"):
            found.setdefault(node.mem_id, HiddenRoot(node, how))
        if len(found) >= _MOST:
            break
    return [root for root in found.values() if not _within(root.node, found)]


def _within(node: Node, roots: dict[int, HiddenRoot]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in roots:
            return True
        parent = parent.parent
    return False


def _candidates(
    tree: LexborHTMLParser, html: str, names: frozenset[str]
) -> Iterator[tuple[Node, Concealment]]:
    there = [selector for tag, selector in _BY_TAG.items() if tag in names]
    for node in tree.css(",".join(("[style],[hidden]", *there))):
        if how := _by_itself(node):
            yield node, how
    if "style" in names:
        yield from _by_style_sheet(tree)
    if "document.write" in html or ".style." in html:
        yield from _by_script(tree)


def _by_itself(node: Node) -> Concealment | None:
    attributes = node.attributes
    style = attributes.get("style")
    if style and (how := concealed_by(style)):
        return how
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return Concealment.ATTRIBUTE
    if node.tag == "marquee":
        return Concealment.MARQUEE if _is_invisible_marquee(attributes, style or "") else None
    if node.tag == "noscript":
        return Concealment.NOSCRIPT if node.css_first("a[href]") else None
    if node.tag == "iframe":
        sizes = [_number(attributes.get(name)) for name in ("width", "height")]
        return Concealment.ZERO_SIZE if any(size in (0, 1) for size in sizes) else None
    colour = plain_colour(attributes.get("color") or "") or foreground(style or "")
    return Concealment.SAME_COLOUR if colour and colour == _behind(node) else None


def _is_invisible_marquee(attributes: dict[str, str | None], style: str) -> bool:
    sizes = [_number(attributes.get(name)) for name in ("width", "height")]
    sizes += [int(size) for size in re.findall(r"(?:width|height)\s*:\s*(\d{1,6})px", style)]
    speed = _number(attributes.get("scrollamount")) or 0
    return any(size is not None and size <= 2 for size in sizes) or speed >= _FAST


def _number(text: str | None) -> int | None:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else None


def _behind(node: Node) -> str:
    """The background declared on the element or a near ancestor; nothing where none is declared."""
    at: Node | None = node
    for _ in range(_ANCESTORS + 1):
        if at is None or at.tag in ("-document", "html"):
            break
        attributes = at.attributes
        style = attributes.get("style") or ""
        colour = background_of(style) or plain_colour(attributes.get("bgcolor") or "")
        if colour:
            return colour
        at = at.parent
    return ""


def _by_style_sheet(tree: LexborHTMLParser) -> Iterator[tuple[Node, Concealment]]:
    for sheet in tree.css("style"):
        for selector, how in concealing_selectors(sheet.text()[:100_000]):
            yield from ((node, how) for node in _select(tree, selector))


def _select(tree: LexborHTMLParser, selector: str) -> list[Node]:
    try:
        return list(tree.css(selector))
    except SelectolaxError:  # a name that CSS does not take
        return []


def _by_script(tree: LexborHTMLParser) -> Iterator[tuple[Node, Concealment]]:
    for script in tree.css("script"):
        code = script.text()[:50_000]
        if _opens_hidden_layer(code):
            yield from ((node, Concealment.SCRIPTED) for node in _until_closed(script))
        for found in _HIDDEN_LATER.finditer(code):
            yield from ((node, Concealment.SCRIPTED) for node in _select(tree, f"#{found[1]}"))


def _opens_hidden_layer(code: str) -> bool:
    """A script that writes an opening tag with a hiding style and leaves it open."""
    written = "".join(found[1] for found in _WRITTEN.finditer(code))
    if not written or _CLOSING.search(written):
        return False
    return any(concealed_by(found[1]) for found in _STYLE_IN_TAG.finditer(written))


def _until_closed(script: Node) -> Iterator[Node]:
    """The elements after a script, up to the script that writes the closing tag."""
    node = script.next
    for _ in range(_MOST_SIBLINGS):
        if node is None:
            return
        if node.tag == "script" and "document.write" in node.text() and "</" in node.text():
            return
        if node.is_element_node:
            yield node
        node = node.next


def describe(root: HiddenRoot, links: Iterable[Link]) -> Hidden:
    """The hidden element as a value; called before the tree is changed."""
    text = " ".join(root.node.text(separator=" ").split())[:_TEXT_LIMIT]
    markup = (root.node.html or "").partition(">")[0][:_MARKUP_LIMIT] + ">"
    return Hidden(root.how, text, tuple(links), markup)
