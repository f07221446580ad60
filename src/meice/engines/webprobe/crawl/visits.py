"""What a crawl is told, what it shows its visitor, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from meice.engines.gate import Answer, Failure, Limits, Request


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How far and how politely. ``rate`` is requests a second and origin, 0 for no limit."""

    max_pages: int = 50  # of one site
    max_depth: int = 12  # clicks from the start page
    rate: float = 1.0
    crawl_delay_cap: float = 10.0  # seconds; a site that asks for more gets one visit
    robots: bool = True
    concurrency: int = 128  # requests at once, all sites together
    per_origin: int = 4  # requests at once to one origin when there is no rate
    sites_at_once: int = 1000
    max_links: int = 500  # links checked for one site
    max_extra: int = 200  # requests of its own that a visitor may add for one site
    again_s: float = 1.0  # before the second try of a link
    site_s: float = 900.0  # a site that takes longer ends as not finished
    silent_pages: int = 3  # pages in a row without an answer, then the site is left
    limits: Limits = field(default_factory=Limits)
    agent: str = "Mozilla/5.0 (compatible; MeiceProbe/1.0)"
    robots_name: str = "MeiceProbe"

    def room(self) -> int:
        """Sites under way: many while each waits for its turn, few while none has to."""
        return self.sites_at_once if self.rate else min(self.sites_at_once, 2 * self.concurrency)


class LinkState(StrEnum):
    """Blocked is unknown, not bad; dead only after a second try."""

    OK = "ok"
    BLOCKED = "blocked"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """One link and how it stands; ``tries`` counts the requests made for it."""

    url: str
    state: LinkState
    status: int | None = None
    failure: Failure | None = None
    final_url: str = ""
    tries: int = 1
    found_on: str = ""


@dataclass(frozen=True, slots=True)
class SiteState:
    """Where a site's crawl stands; plain values, so that it can be kept as JSON and resumed."""

    start: str
    hosts: tuple[str, ...] = ()
    pages: int = 0
    seen: tuple[str, ...] = ()  # pages that need not be read again
    queue: tuple[tuple[str, int, str], ...] = ()  # url, depth, found_on
    links: tuple[tuple[str, str], ...] = ()  # link still to check, found_on


@dataclass(frozen=True, slots=True)
class Visit:
    """One answer. ``number`` counts pages from 0, the start page; an extra request has its own.

    ``checkpoint`` gives the state to keep for a later ``resume``; called from within ``page`` it
    asks for this page again, so what was read on it must be kept together with a later one.
    """

    start: str
    url: str
    answer: Answer
    number: int
    depth: int
    found_on: str
    extra: Request | None = None  # the request the visitor itself had added
    checkpoint: Callable[[], SiteState] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """What a visitor read on a page.

    ``follow``: pages to read, the most telling first; those of other sites are only checked.
    ``check``: links to check. ``extra``: requests of the visitor's own (attachments, another
    visitor's headers), answered as visits with ``extra`` set.
    """

    follow: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    extra: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteCrawl:
    """A site's crawl at its end; ``finished`` False: time ran out, never judge it as fine."""

    start: str
    finished: bool
    pages: int = 0
    failure: Failure | None = None  # of the start page
    links: tuple[LinkCheck, ...] = ()
    denied: int = 0  # pages that robots.txt keeps from us
    sitemaps: tuple[str, ...] = ()
    received: int = 0  # bytes on the wire
    elapsed_s: float = 0.0
    error: str = ""  # the exception that its visitor raised, by name: our fault, not the site's
    state: SiteState | None = field(default=None, repr=False)  # to go on with, when not finished


class Visitor(Protocol):
    """The caller's side of a crawl, one for each site; called in the order of the answers."""

    def page(self, visit: Visit) -> Found | None:
        """Read one answer, failures too. None: the crawl looks for links itself."""

    def request(self, url: str) -> Request:
        """The request for a page: with the validators of the last visit, where there was one."""
