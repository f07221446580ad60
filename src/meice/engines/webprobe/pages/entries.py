"""Lists on a page: entries (a link with what stands around it) in their containers.

An entry is the nearest list item, row or definition around a link, or else the largest element
that holds links to one address only. Entries with the same parent make a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from selectolax.lexbor import LexborNode

from meice.engines.webprobe.pages.column_words import is_more
from meice.engines.webprobe.pages.days import Day
from meice.engines.webprobe.pages.entry_days import day_of_entry, entry_day
from meice.engines.webprobe.pages.model import Dated, HowDated, Link
from meice.engines.webprobe.pages.url_days import url_day

Node = LexborNode

_ITEMS = frozenset({"li", "tr", "dd", "article"})
_MOST_LINKS = 3  # of different addresses in one entry: picture, title, category
_LONGEST = 600  # characters of an entry; more is an article, not an entry
_MOST_ENTRIES = 2000


@dataclass(slots=True)
class Entry:
    """An element of a list with the first link in it that has words."""

    node: Node
    link: Link
    dated: Dated | None = None


@dataclass(slots=True)
class Listing:
    """Entries that have one parent."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def dated(self) -> list[Dated]:
        """The days of its entries."""
        return [entry.dated for entry in self.entries if entry.dated]


class _Box:
    """An element above links: the addresses in it, counted where one follows another."""

    __slots__ = ("changes", "known_up", "last", "node", "one_address", "tag", "up")

    def __init__(self, node: Node, tag: str | None) -> None:
        self.node = node
        self.tag = tag
        self.last = ""
        self.changes = 0
        self.one_address = True
        self.up: _Box | None = None
        self.known_up = False


class _Boxes:
    """The elements above the links of a page, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[int, _Box] = {}

    def of(self, node: Node | None) -> _Box | None:
        """The box of an element; none from the body upwards."""
        if node is None:
            return None
        identity = node.mem_id
        box = self._known.get(identity)
        if box is None:
            tag = node.tag
            if tag == "body":
                return None
            box = self._known[identity] = _Box(node, tag)
        return box

    def above(self, box: _Box) -> _Box | None:
        """The box around a box."""
        if not box.known_up:
            box.up = self.of(box.node.parent)
            box.known_up = True
        return box.up

    def take(self, node: Node, url: str) -> _Box | None:
        """Count a link in all elements above it; where one is full, so are those around it."""
        box = lowest = self.of(node.parent)
        while box is not None:
            full = box.changes > _MOST_LINKS
            if box.last != url:
                box.one_address = not box.last
                box.last = url
                box.changes += 1
            if full:
                break
            box = box.up if box.known_up else self.above(box)
        return lowest


def find_listings(anchors: Iterable[tuple[Node, Link]], today: date) -> list[Listing]:
    """Return the lists of a page, in the order of the page, with the day of each entry."""
    links = list(anchors)[:_MOST_ENTRIES]
    boxes = _Boxes()
    above = [boxes.take(node, link.url) for node, link in links]
    found: dict[int, Listing] = {}
    taken: set[int] = set()
    for (node, link), box in zip(links, above, strict=True):
        if not link.text or is_more(link.text):
            continue
        item = _item(node, box, boxes)
        identity = item.mem_id
        parent = item.parent
        if parent is None or identity in taken:
            continue
        taken.add(identity)
        listing = found.get(parent.mem_id)
        if listing is None:
            listing = found[parent.mem_id] = Listing()
        listing.entries.append(Entry(item, link))
    lists = [listing for listing in found.values() if _is_list(listing)]
    for listing in lists:
        _date(listing, today)
    return lists


def _is_list(listing: Listing) -> bool:
    """One link in a box is no list, unless it is marked up as one: it may stand in an article."""
    return len(listing.entries) > 1 or listing.entries[0].node.tag in (*_ITEMS, "dl")


def _item(node: Node, box: _Box | None, boxes: _Boxes) -> Node:
    item = node
    growing = True
    while box is not None and box.changes <= _MOST_LINKS:
        if box.tag in _ITEMS:
            return _whole_definition(box, boxes)
        growing = growing and box.one_address
        if growing:
            item = box.node
        box = boxes.above(box)
    return item


def _whole_definition(item: _Box, boxes: _Boxes) -> Node:
    """The dl around a dd when it holds no other link: a box of its own, its date in the dt."""
    above = boxes.above(item) if item.tag == "dd" else None
    if above is None or above.tag != "dl":
        return item.node
    return above.node if above.changes == item.changes else item.node


def cells_of(node: Node) -> list[str]:
    """The pieces of text of an element, trimmed, empty ones left out."""
    text = node.text(separator="\n")
    return [cell for part in text.split("\n") if (cell := part.strip())]


def _date(listing: Listing, today: date) -> None:
    without: list[Entry] = []
    for entry in listing.entries:
        entry.dated = _from_words(entry, entry.node.text(separator="\n"), today)
        if entry.dated is None:
            without.append(entry)
        elif not entry.dated.year_written:
            entry.dated = _with_year_of_address(entry.dated)
    if len(without) == len(listing.entries):
        without = _from_neighbours(listing, today)
    for entry in without:
        if (found := url_day(entry.link.url)) and found[0] <= today:
            entry.dated = Dated(found[0], found[1], HowDated.LINK_URL, entry.link.url)


def _with_year_of_address(dated: Dated) -> Dated:
    """[05-16] beside an address with /2012/0516/ has its year written there."""
    found = url_day(dated.url)
    if found is None or (found[0].month, found[0].day) != (dated.day.month, dated.day.day):
        return dated
    return Dated(found[0], dated.text, dated.how, dated.url)


def _from_words(entry: Entry, text: str, today: date) -> Dated | None:
    if len(text) > _LONGEST and len(text.strip()) > _LONGEST:
        return None
    found = day_of_entry(text, today)
    return _dated(found, entry.link.url) if found else None


def _dated(day: Day, url: str) -> Dated:
    return Dated(day.day, day.text, HowDated.LIST, url, day.year_written)


def _from_neighbours(listing: Listing, today: date) -> list[Entry]:
    """Where days stand beside the entries, not in them (dt beside dd, flat lists of a and span).

    Whether they stand before or after is told by the two ends of the list.
    """
    entries = listing.entries
    own = {entry.node.mem_id for entry in entries}
    before = bool(_between(entries[0].node, own, today, forward=False))
    after = bool(_between(entries[-1].node, own, today, forward=True))
    if before == after == False:  # noqa: E712 (a chain of three)
        return entries
    forward = after and not before
    for entry in entries:
        if found := _between(entry.node, own, today, forward=forward):
            entry.dated = _dated(found, entry.link.url)
    return [entry for entry in entries if entry.dated is None]


def _leads_on(node: Node) -> bool:
    return node.is_element_node and node.css_first("a[href]") is not None


def _between(node: Node, own: set[int], today: date, *, forward: bool) -> Day | None:
    """The day in the up to three siblings between an entry and the next one on that side."""
    cells: list[str] = []
    sibling = node.next if forward else node.prev
    for _ in range(6):
        if sibling is None or sibling.mem_id in own or _leads_on(sibling):
            break
        found = [sibling.text()] if sibling.is_text_node else cells_of(sibling)
        cells = cells + found if forward else found + cells
        sibling = sibling.next if forward else sibling.prev
    cells = [cell.strip() for cell in cells if cell.strip()]
    return entry_day(cells, today) if cells and sum(map(len, cells)) <= 80 else None
