"""Three states of a link, and how they are come by."""

from __future__ import annotations

from meice.engines.gate import Answer, Failure, Limits, Request
from meice.engines.webprobe.crawl.visits import LinkState

DEAD_STATUS = frozenset({404, 410})
DEAD_FAILURE = frozenset({Failure.DNS, Failure.REFUSED})
ANSWERED = frozenset({Failure.TOO_LARGE})  # there is something, and more than we wanted
LIMITS = Limits(connect_s=8, total_s=12, bytes_wire=65_536, bytes_body=262_144, redirects=8)


def first_try(url: str) -> Request:
    """Ask for the headers alone."""
    return Request(url, method="HEAD", limits=LIMITS)


def second_try(url: str) -> Request:
    """Ask for the first bytes: many servers answer HEAD wrongly."""
    return Request(url, headers=(("range", "bytes=0-1023"),), limits=LIMITS)


def judge(answer: Answer) -> LinkState:
    """What one answer says; a second one must agree before a link is called dead.

    401, 403, 412, 429, 503 and everything that may be a guard, a fault of ours or of the moment
    is blocked: unknown, not bad.
    """
    if answer.failure is not None:
        if answer.failure in ANSWERED:
            return LinkState.OK
        certain = answer.failure in DEAD_FAILURE and not answer.uncertain
        return LinkState.DEAD if certain else LinkState.BLOCKED
    if answer.status in DEAD_STATUS:
        return LinkState.DEAD
    good = answer.status is not None and (answer.status < 400 or answer.status == 416)
    return LinkState.OK if good else LinkState.BLOCKED
