"""The name of a list and the address of its full list, looked for upwards from the list.

Nearest first: a title row with its 更多 link, or a row of tabs with one panel each (the usual
hd/bd boxes). Campus sites have hundreds of ways to mark this up; what holds is the order.
"""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.column_words import is_more, name_among, names_of_tabs
from meice.engines.webprobe.pages.entries import cells_of

Node = LexborNode

_DATE = re.compile(r"\d{1,2}\s?[-/.月]\s?\d{1,2}")
_LEVELS = 7  # how far above a list its name may stand
_SIBLINGS = 3  # how far before it
_HEADING_TEXT = 80  # characters; a longer element is no title row
_MOST_CHILDREN = 60
_MOST_PANELS = 12


def name_and_address(first: Node, base: Base) -> tuple[str, str, bool]:
    """The name of a list, where its full list stands, and whether a 更多 link says so.

    Looked for from its first entry upwards.
    """
    node: Node | None = first
    below = first
    more = ""
    for _ in range(_LEVELS):
        if node is None or node.tag in ("body", "html", None):
            break
        for row, panels in _before(node):
            lines = cells_of(row)
            if tabs := names_of_tabs(lines):
                place = panels if panels else (0 if below is node else _place(below))
                if place < len(tabs) and _are_panels(node, below, tabs, panels):
                    return tabs[place], _named_address(row, tabs[place], base), False
            if panels:
                continue
            more = more or _more_address(row, base)
            if name := name_among(lines):
                more = more or _more_after(node, base)
                return name, more or _named_address(row, name, base), bool(more)
        below, node = node, node.parent
    return "", "", False


def _are_panels(node: Node, below: Node, tabs: Sequence[str], panels: int) -> bool:
    """Panels stand beside each other after the tabs, or in one box after them."""
    if panels:
        return True
    inside = below is not node and _of_one_tag(below) == len(tabs)
    return inside or _followers(node) + 1 == len(tabs)


def _followers(node: Node) -> int:
    """How many elements with the same tag follow."""
    count, sibling = 0, node.next
    while sibling is not None and count < _MOST_CHILDREN:
        count += sibling.tag == node.tag
        sibling = sibling.next
    return count


def _before(node: Node) -> Iterator[tuple[Node, int]]:
    """The short elements before one, the nearest first, with the number of long ones between."""
    sibling = node.prev
    seen = panels = 0
    while sibling is not None and seen < _SIBLINGS and panels < _MOST_PANELS:
        if sibling.is_element_node and sibling.tag not in ("script", "style", "br", "hr"):
            if _is_panel(sibling):
                panels += 1
            else:
                yield sibling, panels
                seen += 1
        sibling = sibling.prev


def _is_panel(node: Node) -> bool:
    """Another list, not a title row: long, or with a date, or with more links than tabs have."""
    text = node.text().strip()
    return len(text) > _HEADING_TEXT or bool(_DATE.search(text)) or len(node.css("a[href]")) > 8


def _same_tag(node: Node) -> list[int]:
    parent = node.parent
    same: list[int] = []
    child = parent.first_child if parent is not None else None
    while child is not None and len(same) < _MOST_CHILDREN:
        if child.tag == node.tag:
            same.append(child.mem_id)
        child = child.next
    return same


def _of_one_tag(node: Node) -> int:
    """How many elements of its tag the parent of an element has."""
    return len(_same_tag(node))


def _place(node: Node) -> int:
    """The number of an element among those."""
    same = _same_tag(node)
    return same.index(node.mem_id) if node.mem_id in same else 0


def _more_address(row: Node, base: Base) -> str:
    """The address of 更多 in a title row; a link without words may be a picture of it."""
    for anchor in row.css("a[href]"):
        text = anchor.text().strip()
        if is_more(text) or (not text and "more" in (anchor.html or "").lower()):
            return base.absolute(anchor.attributes.get("href") or "") or ""
    return ""


def _named_address(row: Node, name: str, base: Base) -> str:
    """The address of the name itself, where it is a link."""
    for anchor in row.css("a[href]"):
        if name in anchor.text():
            return base.absolute(anchor.attributes.get("href") or "") or ""
    return ""


def _more_after(node: Node, base: Base) -> str:
    """更多 below a list."""
    sibling = node.next
    for _ in range(4):
        if sibling is None:
            return ""
        if sibling.is_element_node and len(sibling.text().strip()) <= 20:
            anchors = [sibling] if sibling.tag == "a" else sibling.css("a[href]")
            for anchor in anchors:
                if is_more(anchor.text().strip()):
                    return base.absolute(anchor.attributes.get("href") or "") or ""
        sibling = sibling.next
    return ""
