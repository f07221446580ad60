"""Feeds (RSS, Atom, JSON Feed) and site maps: entries with their days.

Read by patterns, not by an XML parser: real feeds are often not well-formed, and what is never
parsed cannot be expanded. A time in a site map is written by machines, often for all pages at
once: it is told apart as such.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from meice.engines.documents.charset import Decoded
from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.model import Dated, HowDated, Link, Page, PageKind, Where
from meice.engines.webprobe.pages.page_days import CHINA, day_of_stamp

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<html[\s>]|<body[\s>]|<!doctype html", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:item|entry|url|sitemap)[\s>]", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,2000}?)</title>", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(
    r"<(?:link|loc|guid)(?:\s[^>]{0,500})?>(.{0,4000}?)</(?:link|loc|guid)>"
    r"|<link\s[^>]{0,500}?href\s*=\s*[\"']([^\"']{1,4000})[\"']",
    re.IGNORECASE | re.DOTALL,
)
_DAY = re.compile(
    r"<(pubDate|published|updated|dc:date|lastmod|lastBuildDate)[^>]{0,200}>(.{0,80}?)</",
    re.IGNORECASE,
)
_CDATA = re.compile(r"^\s*<!\[CDATA\[(.*?)\]\]>\s*$", re.DOTALL)
_TAGS = re.compile(r"<[^>]{0,500}>")
_LOOK = 2000  # characters looked at to tell what it is
_MOST = 5000  # entries read
_LONGEST_ENTRY = 20_000


def kind_of_markup(text: str) -> PageKind:
    """What a text is: a feed, a site map or a page."""
    head = text[:_LOOK].lstrip("\ufeff \r\n\t")
    if head.startswith("{") and "jsonfeed.org/version" in head:
        return PageKind.FEED
    if not head.startswith("<") or _HTML.search(head):
        return PageKind.HTML
    if _SITEMAP.search(head):
        return PageKind.SITEMAP
    return PageKind.FEED if _FEED.search(head) else PageKind.HTML


def read_feed(decoded: Decoded, kind: PageKind, base: Base, today: date) -> Page:
    """Return a feed or site map as a page: its entries are links, each with its day."""
    text = decoded.text
    is_json = text.lstrip("\ufeff \r\n\t").startswith("{")
    entries = _json_entries(text) if is_json else _entries(text)
    how = HowDated.SITEMAP if kind is PageKind.SITEMAP else HowDated.FEED
    links: list[Link] = []
    dates: list[Dated] = []
    for title, address, label, stamp in entries:
        url = base.absolute(address)
        if url:
            links.append(Link(url, title, Where.ITEM, *base.stays(url)))
        day = _day(stamp)
        if day and day <= today:
            dates.append(Dated(day, stamp, how, url or base.page, label=label))
    head = text[: match.start()] if (match := _ENTRY.search(text)) else text[:_LOOK]
    title = _plain(found[1]) if (found := _TITLE.search(head)) else ""
    return Page(
        base.page,
        kind,
        title=title,
        charset=decoded.charset,
        declared=decoded.declared,
        links=tuple(links),
        dates=tuple(dates),
    )


def _entries(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Title, address, name and text of the day of each entry."""
    starts = [match.start() for match in _ENTRY.finditer(text)][: _MOST + 1]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        part = text[start : min(end, start + _LONGEST_ENTRY)]
        title, address, day = _TITLE.search(part), _ADDRESS.search(part), _DAY.search(part)
        yield (
            _plain(title[1]) if title else "",
            _plain(address[1] or address[2] or "") if address else "",
            day[1] if day else "",
            _plain(day[2]) if day else "",
        )


def _json_entries(text: str) -> Iterator[tuple[str, str, str, str]]:
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    items = document.get("items") if isinstance(document, dict) else None
    for item in items[:_MOST] if isinstance(items, list) else ():
        if isinstance(item, dict):
            label = "date_published" if "date_published" in item else "date_modified"
            values = (str(item.get(key) or "") for key in ("title", "url", label))
            title, address, stamp = values
            yield title, address, label, stamp


def _plain(text: str) -> str:
    """Text out of CDATA, markup and entities."""
    found = _CDATA.match(text)
    text = unescape(found[1] if found else text)
    return " ".join(_TAGS.sub(" ", text).split())[:500]


def _day(stamp: str) -> date | None:
    """A day as feeds write it: ISO 8601, or the form of e-mail (Tue, 29 Jun 2021 08:00:00 +0800)."""
    if not stamp[:1].isalpha():
        return day_of_stamp(stamp[:60])
    try:
        moment = parsedate_to_datetime(stamp[:60])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (moment.astimezone(CHINA) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None
