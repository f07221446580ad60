"""Asks each origin once for its robots.txt, and keeps to the pace it wants."""

from __future__ import annotations

from collections.abc import Callable

from meice.engines.gate import Answer, Failure, Limits, Request, Target
from meice.engines.webprobe.crawl.robots import EVERYTHING, NOTHING, Robots, read_robots
from meice.engines.webprobe.crawl.sending import Sender
from meice.engines.webprobe.crawl.site import Site
from meice.engines.webprobe.crawl.visits import CrawlOptions

LIMITS = Limits(connect_s=4, total_s=4, bytes_wire=600_000, bytes_body=600_000, redirects=5)


class Permissions:
    """What the robots.txt files say, site by site."""

    def __init__(self, sender: Sender, options: CrawlOptions) -> None:
        self.sender = sender
        self.options = options

    def ask(self, site: Site, target: Target, then: Callable[[Robots], None]) -> None:
        """Call ``then`` with the rules of the target's origin, at once when they are known."""
        if not self.options.robots:
            then(EVERYTHING)
            return
        origin = target.origin
        known = site.robots.get(origin)
        if isinstance(known, Robots):
            then(known)
        elif known is not None:
            known.append(then)
        else:
            site.robots[origin] = [then]
            # a bad certificate is for the pages to tell, not a reason to read none
            request = Request(f"{origin}/robots.txt", limits=LIMITS, insecure=True)
            self.sender.ask(site, origin, request, lambda answer: self.take(site, origin, answer))

    def take(self, site: Site, origin: str, answer: Answer) -> None:
        """The file has come: keep its rules and its pace, and tell all who wait."""
        site.received += answer.received
        waiting = site.robots[origin]
        robots = site.robots[origin] = judge(answer, self.options.robots_name)
        if robots.crawl_delay:
            pause = min(robots.crawl_delay, self.options.crawl_delay_cap)
            self.sender.lanes.lane(origin).slow(pause)
        if not isinstance(waiting, Robots):
            for each in waiting:
                each(robots)


def judge(answer: Answer, name: str) -> Robots:
    """RFC 9309 2.3.1: no such file allows all; a server in trouble allows nothing more.

    The start page that a person asked for is still read then, and its own failure tells.
    """
    if answer.failure is Failure.TOO_LARGE:
        return EVERYTHING
    if answer.failure is not None or answer.status is None:
        return NOTHING
    if answer.status < 400:
        return read_robots(answer.body, name)
    return EVERYTHING if answer.status < 500 and answer.status != 429 else NOTHING
