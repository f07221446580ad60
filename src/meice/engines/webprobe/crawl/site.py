"""One site while it is being crawled: what is known, what is open, what is still to do."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from meice.engines.gate import Answer, Failure, Refused, Target, read_target
from meice.engines.webprobe.crawl.robots import Robots
from meice.engines.webprobe.crawl.visits import (
    CrawlOptions,
    LinkCheck,
    SiteCrawl,
    SiteState,
    Visitor,
)

SESSION = re.compile(r";jsessionid=[^?#]*|(?<=[?&])(?:jsessionid|phpsessid|sid)=[^&#]*&?", re.I)
SEEN = 200  # addresses are remembered for each page that may be read


@dataclass(slots=True)
class Site:
    """Everything about one site; it is gone from memory when its ``SiteCrawl`` is given out."""

    start: str
    visitor: Visitor
    options: CrawlOptions
    began: float
    hosts: set[str] = field(default_factory=set)
    robots: dict[str, Robots | list[Callable[[Robots], None]]] = field(default_factory=dict)
    raw: set[str] = field(default_factory=set)  # links as they were written
    seen: set[str] = field(default_factory=set)
    open: dict[str, tuple[int, str]] = field(default_factory=dict)  # depth, found_on
    over: dict[str, tuple[int, str]] = field(default_factory=dict)  # beyond the number of pages
    to_check: dict[str, str] = field(default_factory=dict)  # found_on
    checked: dict[str, LinkCheck] = field(default_factory=dict)
    pages: int = 0
    extras: int = 0  # requests of the visitor's own so far
    flying: int = 0  # requests without an answer, of every kind
    silent: int = 0  # pages in a row that gave no answer
    failure: Failure | None = None
    error: str = ""
    denied: int = 0
    received: int = 0
    tried: set[str] = field(default_factory=set)  # links that were dead as pages
    checking: bool = False
    filling: bool = False
    closed: bool = False

    def target(self, url: str) -> Target | None:
        """The place ``url`` names, without a session's number; None when it may not be asked."""
        found = read_target(SESSION.sub("", url) if ";" in url or "?" in url else url)
        return None if isinstance(found, Refused) else found

    def is_ours(self, target: Target) -> bool:
        """True for a page of this site: one of its hosts, with or without ``www``."""
        return bare(target) in self.hosts

    def adopt(self, url: str) -> None:
        """The site's own host: of its start page, and of where that redirects to."""
        target = self.target(url)
        if target is not None:
            self.hosts.add(bare(target))

    def may_open(self, url: str) -> bool:
        """True once for each page, while there is room to remember it."""
        if url in self.seen or len(self.seen) >= SEEN * self.options.max_pages:
            return False
        self.seen.add(url)
        return True

    def has_room(self) -> bool:
        """True while fewer pages are read or open than may be read."""
        return self.pages + len(self.open) < self.options.max_pages

    def note_link(self, url: str, found_on: str) -> None:
        """A link to check when the pages are done."""
        if url not in self.checked and len(self.to_check) < self.options.max_links:
            self.to_check.setdefault(url, found_on)

    def is_done(self) -> bool:
        """True when no page is open and no request is under way."""
        return not self.open and not self.flying

    def weigh(self, answer: Answer) -> bool:
        """Count what an answer cost; False when the site has been silent too often."""
        self.received += answer.received
        silent = answer.failure is not None and answer.status is None
        self.silent = self.silent + 1 if silent else 0
        return self.silent < self.options.silent_pages

    def state(self) -> SiteState:
        """What is needed to go on from here; what is under way will be asked for again."""
        waiting = self.open | self.over
        links = {url: found for url, found in self.to_check.items() if url not in self.checked}
        return SiteState(
            start=self.start,
            hosts=tuple(sorted(self.hosts)),
            pages=self.pages,
            seen=tuple(url for url in self.seen if url not in waiting),
            queue=tuple((url, depth, found_on) for url, (depth, found_on) in waiting.items()),
            links=tuple(links.items()),
        )

    def report(self, *, finished: bool) -> SiteCrawl:
        """The end of the crawl."""
        known = [each for each in self.robots.values() if isinstance(each, Robots)]
        return SiteCrawl(
            start=self.start,
            finished=finished,
            pages=self.pages,
            failure=self.failure,
            links=tuple(self.checked.values()),
            denied=self.denied,
            sitemaps=tuple(dict.fromkeys(url for each in known for url in each.sitemaps)),
            received=self.received,
            elapsed_s=time.monotonic() - self.began,
            error=self.error,
            state=None if finished else self.state(),
        )


def bare(target: Target) -> str:
    """The host, without ``www``, and the port where it is not the usual one."""
    host = target.host.removeprefix("www.")
    return host if target.port in (80, 443) else f"{host}:{target.port}"
