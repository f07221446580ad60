"""Checking links: headers first, then a second try before anything is called dead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from meice.engines.gate import Answer, Failure, Request
from meice.engines.webprobe.crawl.links import first_try, judge, second_try
from meice.engines.webprobe.crawl.robots import Robots
from meice.engines.webprobe.crawl.site import Site
from meice.engines.webprobe.crawl.visits import LinkCheck, LinkState

REMEMBERED = 20_000  # links out of their sites, so that one in every footer is asked for once
FINAL = frozenset({Failure.ADDRESS_REFUSED, Failure.REDIRECT_REFUSED})  # by ourselves


class Ask(Protocol):
    """How a request is sent when its origin's turn has come."""

    def __call__(
        self,
        site: Site,
        origin: str,
        request: Request,
        then: Callable[[Answer], None],
        pause: float = 0,
    ) -> None: ...


class LinkChecks:
    """The links of all sites of a crawl."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.known: dict[str, LinkCheck] = {}

    def note_page(self, site: Site, url: str, answer: Answer, found_on: str) -> None:
        """A page that was read is a link that was tried; a dead one is tried again later."""
        state = judge(answer)
        if state is LinkState.DEAD:
            site.tried.add(url)
            site.to_check.setdefault(url, found_on)
        elif len(site.checked) < site.options.max_links:
            site.checked[url] = make(url, state, answer, found_on, tries=1)

    def begin(self, site: Site) -> None:
        """Ask for every link that is still to check; pages beyond the limit are links too."""
        for url, (_, found_on) in site.over.items():
            site.note_link(url, found_on)
        site.over.clear()
        for url, found_on in list(site.to_check.items()):
            known = self.known.get(url)
            if is_denied(site, url):
                denied = Failure.ROBOTS_DENIED
                site.checked[url] = LinkCheck(
                    url, LinkState.BLOCKED, None, denied, url, 0, found_on
                )
            elif known is not None:
                site.checked[url] = replace(known, found_on=found_on)
            elif url in site.tried:
                self.try_again(site, url, found_on)
            else:
                self.try_first(site, url, found_on)

    def try_first(self, site: Site, url: str, found_on: str) -> None:
        """Ask for the headers alone."""

        def landed(answer: Answer) -> None:
            site.received += answer.received
            state = judge(answer)
            if state is LinkState.OK or answer.failure in FINAL:
                self.keep(site, make(url, state, answer, found_on, tries=1))
            else:
                self.try_again(site, url, found_on)

        self.send(site, first_try(url), landed, 0)

    def try_again(self, site: Site, url: str, found_on: str) -> None:
        """Ask for the first bytes, after a pause; this answer counts."""

        def landed(answer: Answer) -> None:
            site.received += answer.received
            self.keep(site, make(url, judge(answer), answer, found_on, tries=2))

        self.send(site, second_try(url), landed, site.options.again_s)

    def send(
        self, site: Site, request: Request, landed: Callable[[Answer], None], pause: float
    ) -> None:
        """Ask in the lane of the link's origin."""
        target = site.target(request.url)
        self.ask(site, target.origin if target else "", request, landed, pause)

    def keep(self, site: Site, check: LinkCheck) -> None:
        """The link's state, for this site and for others with the same link."""
        site.checked[check.url] = check
        target = site.target(check.url)
        if target and not site.is_ours(target) and len(self.known) < REMEMBERED:
            self.known[check.url] = check


def is_denied(site: Site, url: str) -> bool:
    """True when a robots.txt that we know keeps us from the link."""
    target = site.target(url)
    robots = site.robots.get(target.origin) if target else None
    return target is not None and isinstance(robots, Robots) and not robots.allows(target.path)


def make(url: str, state: LinkState, answer: Answer, found_on: str, *, tries: int) -> LinkCheck:
    """A link's state as the last answer shows it."""
    return LinkCheck(
        url, state, answer.status, answer.failure, answer.final_url, tries=tries, found_on=found_on
    )
