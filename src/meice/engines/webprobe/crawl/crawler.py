"""The crawl itself: sites in turn, pages first, then the links that were not read."""

from __future__ import annotations

import logging
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from meice.engines.gate import (
    Answer,
    Failure,
    Fetcher,
    Policy,
    Request,
    Resolve,
    Target,
    read_target,
)
from meice.engines.webprobe.crawl.checking import LinkChecks
from meice.engines.webprobe.crawl.extract import find_links
from meice.engines.webprobe.crawl.permissions import Permissions
from meice.engines.webprobe.crawl.robots import NOTHING, Robots
from meice.engines.webprobe.crawl.sending import Sender
from meice.engines.webprobe.crawl.site import Site
from meice.engines.webprobe.crawl.visits import (
    CrawlOptions,
    Found,
    SiteCrawl,
    SiteState,
    Visit,
    Visitor,
)

logger = logging.getLogger(__name__)
LOOK_AROUND_S = 0.5  # how often time limits are looked at
RAW = 100_000  # links of one site, as written, are remembered; then no more are taken


def crawl(
    starts: Sequence[str],
    options: CrawlOptions,
    policy: Policy,
    visitor_of: Callable[[str], Visitor],
    *,
    resume: Mapping[str, SiteState] | None = None,
    stop: Callable[[], bool] | None = None,
    resolve: Resolve | None = None,
    roots: str | None = None,
) -> Iterator[tuple[SiteCrawl, Visitor]]:
    """Crawl every start; each site is given out as soon as it is done, with its visitor.

    ``stop`` is asked twice a second: once it says yes, what is open ends as not finished, with the
    state to go on from. Memory holds the sites under way, never their pages.
    """
    crawler = Crawler(starts, options, policy, visitor_of, resume or {}, resolve, roots)
    with crawler.sender.fetcher:
        yield from crawler.run(stop or (lambda: False))


class Crawler:
    """The state of one crawl."""

    def __init__(
        self,
        starts: Sequence[str],
        options: CrawlOptions,
        policy: Policy,
        visitor_of: Callable[[str], Visitor],
        resume: Mapping[str, SiteState],
        resolve: Resolve | None,
        roots: str | None,
    ) -> None:
        self.options = options
        self.visitor_of = visitor_of
        self.resume = resume
        self.waiting = deque(dict.fromkeys(starts))
        fetcher = Fetcher(
            policy,
            options.limits,
            concurrency=options.concurrency,
            agent=options.agent,
            resolve=resolve,
            roots=roots,
        )
        self.sender = Sender(fetcher, options, self.settle)
        self.permissions = Permissions(self.sender, options)
        self.links = LinkChecks(self.sender.ask)
        self.sites: dict[str, Site] = {}
        self.done: deque[tuple[SiteCrawl, Visitor]] = deque()

    def run(self, stop: Callable[[], bool]) -> Iterator[tuple[SiteCrawl, Visitor]]:
        """Work until every site is done."""
        look_at = 0.0
        while self.waiting or self.sites:
            self.admit_sites()
            if not self.sender.step(LOOK_AROUND_S) and not self.done:
                self.leave_stuck()
            now = time.monotonic()
            if now >= look_at:
                look_at = now + LOOK_AROUND_S
                self.look_around(now, stop)
            while self.done:
                yield self.done.popleft()

    def leave_stuck(self) -> None:
        """Nothing is under way or due: what is still open has been forgotten by a fault of ours."""
        for site in list(self.sites.values()):
            logger.error("a site was left open with nothing to do for it")
            site.error = "Stuck"
            self.end(site, finished=False)

    def admit_sites(self) -> None:
        """Begin sites while there is room."""
        while self.waiting and len(self.sites) < self.options.room():
            start = self.waiting.popleft()
            site = Site(start, self.visitor_of(start), self.options, time.monotonic())
            self.sites[start] = site
            state = self.resume.get(start)
            if state is None:
                self.begin(site)
            else:
                self.go_on(site, state)

    def look_around(self, now: float, stop: Callable[[], bool]) -> None:
        """End the sites whose time is over, or all of them."""
        stopped = stop()
        if stopped:
            self.waiting.clear()
        for site in list(self.sites.values()):
            if stopped or now - site.began > self.options.site_s:
                self.end(site, finished=False)

    def begin(self, site: Site) -> None:
        """A site's first request: its robots.txt, then its start page."""
        site.adopt(site.start)
        target = site.target(site.start)
        url = site.start if target is None else target.url
        site.seen.add(url)
        site.open[url] = (0, "")
        if target is None:
            self.sender.ask(
                site, "", site.visitor.request(url), lambda answer: self.first(site, url, answer)
            )
            return
        site.flying += 1  # until robots.txt has spoken

        def permitted(robots: Robots) -> None:
            site.flying -= 1
            if not robots.allows(target.path) and robots is not NOTHING:
                self.deny_start(site, url)
                return
            limits = replace(self.options.limits, total_s=self.time_left(site))
            request = replace(site.visitor.request(url), url=url, limits=limits)
            self.sender.ask(
                site, target.origin, request, lambda answer: self.first(site, url, answer)
            )

        self.permissions.ask(site, target, permitted)

    def time_left(self, site: Site) -> float:
        """For the start page: what a silent robots.txt has left of the time for one page."""
        total = self.options.limits.total_s
        return max(total - (time.monotonic() - site.began), total * 0.7) if total > 8 else total

    def deny_start(self, site: Site, url: str) -> None:
        """robots.txt keeps us from the start page itself."""
        site.denied += 1
        site.failure = Failure.ROBOTS_DENIED
        site.open.pop(url, None)
        answer = Answer(url, url, failure=Failure.ROBOTS_DENIED, detail="robots.txt 不允许访问")
        self.show(site, Visit(site.start, url, answer, 0, 0, ""))
        self.settle(site)

    def go_on(self, site: Site, state: SiteState) -> None:
        """Take a site up where it was left."""
        site.hosts.update(state.hosts)
        site.adopt(site.start)
        site.pages = state.pages
        site.seen.update(state.seen)
        site.to_check.update(state.links)
        if not state.pages:
            self.begin(site)
            return
        for url, depth, found_on in state.queue:
            self.open_page(site, url, depth, found_on)
        self.settle(site)

    def first(self, site: Site, url: str, answer: Answer) -> None:
        """The start page: it says which host the site really has."""
        site.adopt(answer.final_url)
        site.failure = answer.failure
        site.seen.add(answer.final_url)
        self.take_page(site, url, answer)

    def open_page(self, site: Site, url: str, depth: int, found_on: str) -> None:
        """Read a page of this site, if its robots.txt lets us; beyond the limit it is only kept."""
        target = read_target(url)
        if not isinstance(target, Target):
            return
        if not site.has_room():
            site.over.setdefault(url, (depth, found_on))
            return
        site.open[url] = (depth, found_on)

        def permitted(robots: Robots) -> None:
            if not self.welcomes(robots, target):
                site.denied += 1
                site.open.pop(url, None)
                self.fill(site)
                self.settle(site)
                return
            request = replace(site.visitor.request(url), url=url)
            self.sender.ask(
                site, target.origin, request, lambda answer: self.take_page(site, url, answer)
            )

        self.permissions.ask(site, target, permitted)

    def welcomes(self, robots: Robots, target: Target) -> bool:
        """Whether robots.txt lets us go on: this path, and at a pace that ever ends."""
        slow = robots.crawl_delay > self.options.crawl_delay_cap
        return not slow and robots.allows(target.path)

    def fill(self, site: Site) -> None:
        """A page fell away: the next one that was beyond the limit takes its place."""
        if site.filling:
            return
        site.filling = True
        while site.over and site.has_room() and not site.closed:
            url, (depth, found_on) = next(iter(site.over.items()))
            del site.over[url]
            self.open_page(site, url, depth, found_on)
        site.filling = False

    def take_page(self, site: Site, url: str, answer: Answer) -> None:
        """One page's answer: show it to the visitor, and open what it leads to."""
        depth, found_on = site.open.get(url, (0, ""))
        lasting = site.weigh(answer)
        number = site.pages
        if number and self.leads_elsewhere(site, url, answer, found_on):
            site.open.pop(url, None)
            self.fill(site)
            return
        if number:
            self.links.note_page(site, url, answer, found_on)
        visit = Visit(site.start, url, answer, number, depth, found_on, None, site.state)
        found = self.show(site, visit)
        site.open.pop(url, None)  # only now: a checkpoint from within asks for the page again
        site.pages += 1
        self.spread(site, visit, found)
        if not lasting:
            self.end(site, finished=False)

    def show(self, site: Site, visit: Visit) -> Found | None:
        """Let the visitor read; one that raises ends its own site and no other."""
        try:
            return site.visitor.page(visit)
        except Exception as error:
            site.error = type(error).__name__
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("visitor raised %s at %s:%s", site.error, place.filename, place.lineno)
            self.end(site, finished=False)
            return Found()

    def leads_elsewhere(self, site: Site, url: str, answer: Answer, found_on: str) -> bool:
        """True for a page that redirected to one already read, or out of the site."""
        if not answer.hops:
            return False
        target = site.target(answer.final_url)
        elsewhere = target is None or not site.is_ours(target)
        if not elsewhere and site.may_open(answer.final_url):
            return False
        self.links.note_page(site, url, answer, found_on)
        return True

    def spread(self, site: Site, visit: Visit, found: Found | None) -> None:
        """Open, note and ask for what the visitor found."""
        if found is None:
            found = find_links(visit.answer)
        page = visit.answer.final_url
        for request in found.extra:
            self.ask_extra(site, request, visit)
        if len(site.raw) > RAW:
            return
        for url in found.follow:
            if url not in site.raw:
                self.follow(site, url, visit.depth + 1, page)
        for url in found.check:
            if url not in site.raw:
                site.raw.add(url)
                self.check_later(site, url, page)

    def follow(self, site: Site, url: str, depth: int, page: str) -> None:
        """One link of a page: read it, or only check it when it leads out of the site."""
        site.raw.add(url)
        target = site.target(url)
        if target is None:
            return
        if not site.is_ours(target) or depth > self.options.max_depth:
            self.check_later(site, url, page)
        elif site.may_open(target.url):
            self.open_page(site, target.url, depth, page)

    def check_later(self, site: Site, url: str, page: str) -> None:
        """Note a link to check; what is or will be read as a page needs none."""
        target = site.target(url)
        if target is not None and target.url not in site.seen:
            site.note_link(target.url, page)

    def ask_extra(self, site: Site, request: Request, visit: Visit) -> None:
        """A request of the visitor's own; robots.txt binds it as it binds pages."""
        target = site.target(request.url)
        if target is None or site.extras >= self.options.max_extra:
            return
        robots = site.robots.get(target.origin)
        if isinstance(robots, Robots) and not self.welcomes(robots, target):
            site.denied += 1
            return
        site.extras += 1
        number, page = site.extras, visit.answer.final_url

        def take(answer: Answer) -> None:
            site.received += answer.received
            shown = Visit(site.start, request.url, answer, number, visit.depth, page, request)
            self.spread(site, shown, self.show(site, shown) or Found())

        self.sender.ask(site, target.origin, request, take)

    def settle(self, site: Site) -> None:
        """When the pages are done, check the links; when those are done, the site is."""
        if site.closed or not site.is_done():
            return
        if not site.checking:
            site.checking = True
            self.links.begin(site)
        if site.is_done():
            self.end(site, finished=True)

    def end(self, site: Site, *, finished: bool) -> None:
        """Give the site out and forget it."""
        if site.closed:
            return
        site.closed = True
        self.sites.pop(site.start, None)
        self.done.append((site.report(finished=finished), site.visitor))
