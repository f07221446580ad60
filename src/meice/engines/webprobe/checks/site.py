"""What the checks look at: one page, one attachment, or the site at the end of its crawl.

Pages are checked as they come and let go, so that a site of any size takes the same memory; only
what the checks of the whole site need is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from meice.engines.gate import Answer, Certificate, Failure, Network
from meice.engines.webprobe.checks.prints import Fingerprint
from meice.engines.webprobe.crawl import LinkCheck
from meice.engines.webprobe.pages import Column, Dated, Mark, Page


@dataclass(frozen=True, slots=True)
class Reading:
    """One page: the answer and what was read from it. ``url`` is where it was in the end."""

    url: str
    answer: Answer = field(repr=False)
    page: Page = field(repr=False)
    is_home: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one attachment, and the page that links to it."""

    url: str
    name: str
    text: str = field(repr=False)
    found_on: str


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A dead link with the words it stands under."""

    check: LinkCheck
    text: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One page as one kind of visitor was shown it.

    ``failure`` or a status from 400 on: this visitor saw nothing, and nothing can be compared.
    ``words`` are the gambling words in it, ``domains`` the registrable domains it links to,
    ``shingles`` its text without digits.
    """

    url: str
    final_url: str
    status: int | None
    failure: Failure | None
    title: str = ""
    text_length: int = 0
    words: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    shingles: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def seen(self) -> bool:
        """A page was shown."""
        return self.failure is None and self.status is not None and self.status < 400


@dataclass(frozen=True, slots=True)
class ViewPair:
    """The same address for a person's browser (twice where it mattered) and a search engine."""

    browser: View
    engine: View
    again: View | None = None  # a browser's second visit: what differs here is no cloaking


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The page behind a link to another domain. ``text`` is its beginning."""

    url: str
    link_text: str
    found_on: str
    final_url: str
    status: int | None
    failure: Failure | None
    title: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Stray:
    """What the site answers for an address that does not exist."""

    url: str
    final_url: str
    status: int | None
    failure: Failure | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Campus:
    """What belongs to the school: domain suffixes, address ranges, names. Empty is not known."""

    domains: tuple[str, ...] = ()
    networks: tuple[Network, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the register and the last confirmed inspection say of the site. None is not known."""

    icp: str | None = None
    police_record: str | None = None
    confirmed: Fingerprint | None = None  # the state a person last confirmed
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The home page, with the frames it is made of; ``readable`` is False for an empty shell."""

    url: str
    answer: Answer = field(repr=False)
    title: str
    text: str = field(repr=False)  # its beginning
    readable: bool
    latest: Dated | None
    fingerprint: Fingerprint
    is_navigation: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A site at the end of its crawl. What could not be seen is None or empty."""

    start: str
    finished: bool
    failure: Failure | None
    home: Home | None
    certificate: Certificate | None = None
    address: str = ""
    second_level_latest: Dated | None = None
    columns: tuple[Column, ...] = ()
    icp: Mark | None = None
    icp_on_home: bool = False
    police_record: Mark | None = None
    dead: tuple[DeadLink, ...] = ()
    stray: Stray | None = None
    secure_works: bool | None = None  # the same home page over HTTPS; None: not tried or unknown
    backups: tuple[Answer, ...] = field(default=(), repr=False)
    views: tuple[ViewPair, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    campus: Campus = field(default_factory=Campus)
    known: Known = field(default_factory=Known)
