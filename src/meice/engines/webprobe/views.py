"""One page as one visitor was shown it, small enough to compare later."""

from __future__ import annotations

from meice.engines.gate import Answer, Limits, Request
from meice.engines.webprobe.checks import View
from meice.engines.webprobe.checks.links import host_of, leaves
from meice.engines.webprobe.checks.prints import shingles
from meice.engines.webprobe.checks.words import STRONG, offers
from meice.engines.webprobe.options import BROWSER, FROM_SEARCH, SPIDER
from meice.engines.webprobe.pages import Page, Where, registrable_domain

COMPARED = 2_000  # characters of text
LIMITS = Limits(bytes_wire=2_000_000, bytes_body=4_000_000)
ENGINE = (("user-agent", SPIDER), ("referer", FROM_SEARCH))
PERSON = (("user-agent", BROWSER),)


def as_engine(url: str) -> Request:
    """The page as a search engine's visitor asks for it, coming from its results."""
    return Request(url, headers=ENGINE, insecure=True, limits=LIMITS)


def as_person(url: str) -> Request:
    """The page as a browser asks for it."""
    return Request(url, headers=PERSON, insecure=True, limits=LIMITS)


def view_of(url: str, answer: Answer, page: Page) -> View:
    """What was shown. A page that moves on by itself to another owner counts as its target."""
    hidden = " ".join(each.text for each in page.hidden)
    moves = (link for link in page.links if link.where is Where.REFRESH and leaves(link))
    moved = next((link.url for link in moves), "")
    return View(
        url=url,
        final_url=moved or answer.final_url,
        status=answer.status,
        failure=answer.failure,
        title=page.title,
        text_length=len(page.text),
        words=frozenset(offers(f"{page.title} {page.text} {hidden}", STRONG)),
        domains=frozenset(
            registrable_domain(host_of(link.url))
            for link in page.links
            if link.where is Where.A and leaves(link)
        ),
        shingles=shingles(page.text[:COMPARED]),
    )
