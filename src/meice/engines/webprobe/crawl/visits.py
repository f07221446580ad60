"""What a crawl is told, what it shows its visitor, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from meice.engines.gate import Answer, Failure, Limits


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How far and how politely. ``rate`` is requests a second and origin, 0 for no limit."""

    max_pages: int = 50  # of one site
    rate: float = 1.0
    crawl_delay_cap: float = 30.0  # seconds; a longer Crawl-delay is cut to this
    robots: bool = True
    concurrency: int = 64  # requests at once, all sites together
    per_site: int = 4  # requests at once to one site when no rate is set
    link_checks: bool = True
    max_links: int = 1000  # checked for one site
    site_s: float = 900.0  # a site that takes longer ends as not finished
    limits: Limits = field(default_factory=Limits)
    agent: str = "MeiceProbe/1.0"


class LinkState(StrEnum):
    """Blocked is unknown, not bad; dead only after a second try."""

    OK = "ok"
    BLOCKED = "blocked"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """One link that was looked at but not read."""

    url: str
    state: LinkState
    status: int | None = None
    failure: Failure | None = None
    final_url: str = ""
    tries: int = 1
    found_on: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One page that was asked for; ``number`` counts from 0, the start page."""

    start: str
    url: str
    answer: Answer
    number: int
    depth: int
    found_on: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a visitor read on a page: URLs of the same site to read, and links only to check."""

    follow: tuple[str, ...] = ()
    check: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteState:
    """Where a site's crawl stands; plain values, so that it can be kept as JSON and resumed."""

    start: str
    pages: int = 0
    seen: tuple[str, ...] = ()
    queue: tuple[tuple[str, int, str], ...] = ()  # url, depth, found_on
    unchecked: tuple[tuple[str, str], ...] = ()  # link, found_on


@dataclass(frozen=True, slots=True)
class SiteCrawl:
    """A site's crawl at its end. ``finished`` is False when time ran out: never judge it as fine."""

    start: str
    finished: bool
    pages: int
    failure: Failure | None  # of the start page
    links: tuple[LinkCheck, ...] = ()
    robots_denied: int = 0
    sitemaps: tuple[str, ...] = ()
    bytes: int = 0
    elapsed_s: float = 0.0
    state: SiteState | None = field(default=None, repr=False)  # to go on with, when not finished


class Visitor(Protocol):
    """The caller's side of a crawl; one for each site, called in the order of the answers."""

    def page(self, visit: Visit) -> Found | None:
        """Read one answer. None: the crawl looks for links itself."""

    def conditions(self, url: str) -> Mapping[str, str]:
        """``{"etag": …, "modified": …}`` of the last visit of ``url``, or nothing."""
        return {}
