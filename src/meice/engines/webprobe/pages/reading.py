"""One answer read into a `Page`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from meice.engines.documents.charset import Decoded, decode_page
from meice.engines.documents.nesting import tame_nesting
from meice.engines.documents.visible import tag_names, tidy, visible_text
from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.blanks import blank_boxes, blank_page, has_empty_list
from meice.engines.webprobe.pages.breadcrumb import read_breadcrumb
from meice.engines.webprobe.pages.columns import Around, NamedList, find_columns, named_lists
from meice.engines.webprobe.pages.days import bare_day
from meice.engines.webprobe.pages.entries import find_listings
from meice.engines.webprobe.pages.feeds import kind_of_markup, read_feed
from meice.engines.webprobe.pages.footer_marks import find_marks
from meice.engines.webprobe.pages.forms import read_forms
from meice.engines.webprobe.pages.hidden import HiddenRoot, describe, hidden_roots
from meice.engines.webprobe.pages.links import (
    feeds_of,
    link_nodes,
    pictures_of,
    read_link,
    refresh_links,
    script_moves,
)
from meice.engines.webprobe.pages.model import (
    Column,
    Concealment,
    Dated,
    Form,
    Hidden,
    HowDated,
    Link,
    Page,
    PageKind,
    Where,
)
from meice.engines.webprobe.pages.page_days import (
    address_day,
    linked_data_days,
    meta_days,
    published_day,
    tagged_days,
    text_days,
)
from meice.engines.webprobe.pages.tail import after_end

Headers = Mapping[str, str] | Iterable[tuple[str, str]]
Meta = list[tuple[str, str]]

_NO_TEXT = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip",
            "application/msword", "application/vnd.", "application/octet-stream",
            "application/x-rar")  # fmt: skip
_PLAIN = ("text/plain", "text/css", "text/javascript", "application/javascript")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TEXT_LIMIT = 1_000_000
_LONGEST_TITLE = 500
_LONGEST_META = 2000
_MOST_DATES = 600
_MOST_HEADINGS = 100
_MOST_LINKS = 3000  # a page with more is a trap, and each costs every other site its time
_SENTENCES = 200  # characters that are no link's words; a page with less is only ways on


def read_page(url: str, headers: Headers, body: bytes, *, now: date) -> Page:
    """Read an answer: its words, links, days, columns, forms, footer marks and what it hides.

    `url` is the final address; `headers` the answer's (mapping or pairs); `now` the day in China,
    after which no day counts. Pure, and never raises for what the body holds: an answer that is
    no page has kind `other` and nothing else.
    """
    content_type = _header(headers, "content-type").lower().strip()
    if _is_no_text(content_type, body):
        return Page(url, PageKind.OTHER)
    decoded = decode_page(body, content_type)
    charset, declared = decoded.charset, decoded.declared
    if content_type.startswith(_PLAIN):
        text = tidy(decoded.text[:_TEXT_LIMIT])
        return Page(url, PageKind.TEXT, text=text, charset=charset, declared=declared)
    kind = kind_of_markup(decoded.text)
    if kind is not PageKind.HTML:
        return read_feed(decoded, kind, Base(url, url), now)
    return _read_html(url, decoded, now)


def _header(headers: Headers, name: str) -> str:
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return next((value for key, value in pairs if key.lower() == name), "")


def _is_no_text(content_type: str, body: bytes) -> bool:
    """Neither by its type nor by its first bytes a text."""
    head = body[:512]
    if not head.strip():
        return True
    if content_type.startswith(_NO_TEXT):
        return head.lstrip()[:1] != b"<"
    return head.count(b"\x00") > 4 and not head.startswith(_UTF16)


@dataclass(frozen=True, slots=True)
class _Structure:
    """What is read while the tree is whole."""

    title: str
    meta: Meta
    links: tuple[Link, ...]
    hidden: tuple[Hidden, ...]
    lists: list[NamedList]
    boxes: tuple[Column, ...]
    entry_days: list[Dated]
    own_days: list[Dated]
    forms: tuple[Form, ...]
    headings: tuple[str, ...]
    feeds: tuple[str, ...]


def _read_html(url: str, decoded: Decoded, now: date) -> Page:
    html = tame_nesting(decoded.text)
    tree = LexborHTMLParser(html)
    meta = _meta(tree)
    base = Base(url, _base_address(tree, html, url), decoded.charset)
    names = tag_names(html)
    roots = hidden_roots(tree, html, names)
    structure = _structure(tree, html, names, meta, base, roots, now)
    empty = not any(one.dated for one in structure.lists) and has_empty_list(tree)
    text = visible_text(tree, [root.node for root in roots], names)[
        :_TEXT_LIMIT
    ]  # uses the tree up
    return _page(url, decoded, structure, text, now, empty)


def _structure(
    tree: LexborHTMLParser,
    html: str,
    names: frozenset[str],
    meta: Meta,
    base: Base,
    roots: Sequence[HiddenRoot],
    now: date,
) -> _Structure:
    pairs = _linked(tree, names, base, _hiding(roots))
    anchors = [pair for pair in pairs if pair[1].where is Where.A]
    listings = find_listings(anchors, now)
    moves = (*refresh_links(meta, base), *script_moves(tree, html, len(anchors), base))
    own_days = [
        *meta_days(meta, base.page, now),
        *linked_data_days(html, base.page, now),
        *tagged_days(tree, html, base.page, now),
        *address_day(base.page, now),
    ]
    return _Structure(
        title=_title(tree),
        meta=meta,
        links=(*(link for _, link in pairs), *moves),
        hidden=tuple(_hidden(html, base, roots, pairs)),
        lists=named_lists(listings, base),
        boxes=tuple(blank_boxes(anchors, base)),
        entry_days=[day for listing in listings for day in listing.dated],
        own_days=own_days,
        forms=read_forms(tree, base) if "form" in names else (),
        headings=_headings(tree, names),
        feeds=feeds_of(tree, base) if "application/" in html else (),
    )


def _page(
    url: str, decoded: Decoded, structure: _Structure, text: str, now: date, empty: bool
) -> Page:
    listed = {bare_day(day.text) for day in structure.entry_days}
    own = [*text_days(text, url, now, listed), *structure.own_days]
    published = published_day(own, url)
    is_article = published is not None and published.how is HowDated.LABEL
    around = Around(url, read_breadcrumb(text), text, is_article)
    columns = [*find_columns(structure.lists, around), *structure.boxes]
    if blank := blank_page(structure.lists, around, empty_list=empty):
        columns.append(blank)
    return Page(
        url=url,
        kind=PageKind.HTML,
        title=structure.title,
        text=text,
        charset=decoded.charset,
        declared=decoded.declared,
        links=structure.links,
        dates=tuple([*own, *structure.entry_days][:_MOST_DATES]),
        columns=tuple(columns),
        forms=structure.forms,
        meta=tuple(structure.meta),
        headings=structure.headings,
        breadcrumb=around.breadcrumb,
        pictures=pictures_of(structure.links),
        marks=find_marks(text, structure.links, decoded.text),
        hidden=structure.hidden,
        feeds=structure.feeds,
        published=published,
        is_navigation=_is_navigation(structure, text, published),
    )


def _is_navigation(structure: _Structure, text: str, published: Dated | None) -> bool:
    anchors = [link for link in structure.links if link.where is Where.A]
    if published or structure.entry_days or len(structure.links) == 0:
        return False
    return len(text) - sum(len(link.text) for link in anchors) < _SENTENCES


def _meta(tree: LexborHTMLParser) -> Meta:
    found: Meta = []
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
        name = name or attributes.get("itemprop")
        if name:
            content = (attributes.get("content") or "").strip()[:_LONGEST_META]
            found.append((name.strip().lower(), content))
    return found


def _base_address(tree: LexborHTMLParser, html: str, url: str) -> str:
    if "<base" not in html and "<BASE" not in html:
        return url
    node = tree.css_first("base[href]")
    reference = node.attributes.get("href") if node is not None else ""
    return Base(url, url).absolute(reference or "") or url


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return " ".join(node.text().split())[:_LONGEST_TITLE] if node is not None else ""


def _headings(tree: LexborHTMLParser, names: frozenset[str]) -> tuple[str, ...]:
    wanted = [name for name in ("h1", "h2", "h3") if name in names]
    if not wanted:
        return ()
    words = (" ".join(node.text().split())[:200] for node in tree.css(",".join(wanted)))
    return tuple([heading for heading in words if heading][:_MOST_HEADINGS])


def _hiding(roots: Sequence[HiddenRoot]) -> dict[int, Concealment]:
    """For each element that holds an address: by what it is hidden."""
    found: dict[int, Concealment] = {}
    for root in roots:
        found[root.node.mem_id] = root.how
        for node in root.node.css("a,area,iframe,frame,script,img,form,option"):
            found[node.mem_id] = root.how
    return found


def _linked(
    tree: LexborHTMLParser,
    names: frozenset[str],
    base: Base,
    hiding: Mapping[int, Concealment],
) -> list[tuple[LexborNode, Link]]:
    found = []
    for node in link_nodes(tree, names)[:_MOST_LINKS]:
        how = hiding.get(node.mem_id) if hiding else None
        link = read_link(node, base, how)
        if link is not None:
            found.append((node, link))
    return found


def _hidden(
    html: str,
    base: Base,
    roots: Sequence[HiddenRoot],
    pairs: Sequence[tuple[LexborNode, Link]],
) -> Iterator[Hidden]:
    """What is hidden, each with the links in it; frames of no size; what follows the end."""
    if roots:
        links = {node.mem_id: link for node, link in pairs if link.hidden_by}
        for root in roots:
            inside = dict.fromkeys((root.node.mem_id, *(n.mem_id for n in root.node.css("*"))))
            yield describe(root, [links[one] for one in inside if one in links])
    if tail := after_end(html, base):
        yield tail
