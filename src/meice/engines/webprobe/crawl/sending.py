"""Sends each request when it is its origin's turn, and tells the site of its answer."""

from __future__ import annotations

import time
from collections.abc import Callable

from meice.engines.gate import Answer, Fetcher, Request
from meice.engines.webprobe.crawl.lanes import Lane, Lanes
from meice.engines.webprobe.crawl.site import Site
from meice.engines.webprobe.crawl.visits import CrawlOptions

RETRY_AFTER = 60.0  # seconds that we are ready to wait when a server asks for it
BUSY = frozenset({429, 503})
OnAnswer = Callable[[Answer], None]


class Sender:
    """The gate and the turns of all origins; ``settled`` hears of each site after an answer."""

    def __init__(
        self, fetcher: Fetcher, options: CrawlOptions, settled: Callable[[Site], None]
    ) -> None:
        self.fetcher = fetcher
        self.concurrency = options.concurrency
        self.lanes = Lanes(1 / options.rate if options.rate else 0.0, options.per_origin)
        self.settled = settled
        self.now = time.monotonic()

    def step(self, longest: float) -> bool:
        """Begin what may begin, wait for something to come; False when nothing is left to do."""
        self.now = time.monotonic()
        while self.fetcher.pending < self.concurrency and self.lanes.begin(self.now):
            pass
        wait = self.lanes.wait(self.now)
        if wait is None and not self.fetcher.pending:
            return False
        full = self.fetcher.pending >= self.concurrency
        self.fetcher.step(longest if full or wait is None else min(wait, longest))
        return True

    def ask(
        self, site: Site, origin: str, request: Request, then: OnAnswer, pause: float = 0
    ) -> None:
        """Send ``request`` in its turn; ``then`` hears of the answer unless the site is closed."""
        site.flying += 1

        def begin(lane: Lane) -> bool:
            if site.closed:
                return False
            self.fetcher.submit(request, lambda answer: self.land(lane, site, answer, then))
            return True

        self.lanes.put(origin, begin, self.now, pause=pause)

    def land(self, lane: Lane, site: Site, answer: Answer, then: OnAnswer) -> None:
        """An answer has come."""
        self.now = time.monotonic()
        if lane.origin:
            lane.rest(self.now + asked_pause(answer))
        self.lanes.landed(lane, self.now)
        if not site.closed:
            site.flying -= 1
            then(answer)
            self.settled(site)


def asked_pause(answer: Answer) -> float:
    """The seconds that a busy server asks for, as far as we are ready to wait."""
    asked = answer.header("retry-after") if answer.status in BUSY else ""
    return min(float(asked), RETRY_AFTER) if asked.isdecimal() and len(asked) < 6 else 0.0
