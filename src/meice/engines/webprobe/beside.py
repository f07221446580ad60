"""The few questions asked beside the crawl: each is one polite request with one purpose.

A random address (soft 404), the usual addresses of backups, folders of files, the site map and
feeds, the search engine's view of three pages, the pages behind links to others, attachments, pictures that look like
QR codes, and whether HTTPS works.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from hashlib import sha256
from urllib.parse import urlsplit

from meice.engines.gate import Answer, Limits, Request
from meice.engines.webprobe.attachments import LIMITS as DOCUMENT_LIMITS
from meice.engines.webprobe.attachments import (
    PICTURE_LIMITS,
    Attachment,
    Attachments,
    is_attachment,
)
from meice.engines.webprobe.checks import (
    Document,
    Neighbour,
    Reading,
    Site,
    Stray,
    View,
    ViewPair,
)
from meice.engines.webprobe.checks.cloaking import difference_of
from meice.engines.webprobe.findings import Code
from meice.engines.webprobe.neighbours import Lead, Neighbourhood, owner_of
from meice.engines.webprobe.notes import folder_of
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.pages import Link, Outbound, Page, PageKind, Where, outbound
from meice.engines.webprobe.views import as_engine, as_person, view_of

VIEWED = 3  # pages that are compared: the home page and two more
FOLDERS = 2
SMALL = Limits(connect_s=8, total_s=12, bytes_wire=65_536, bytes_body=262_144)
FIRST_BYTES = (("range", "bytes=0-4095"),)


class Purpose(Enum):
    """Why a request beside the crawl was made."""

    STRAY = auto()
    BACKUP = auto()
    SECURE = auto()
    DATES = auto()
    FOLDER = auto()
    ENGINE = auto()
    AGAIN = auto()
    NEIGHBOUR = auto()
    ATTACHMENT = auto()
    PICTURE = auto()


NO_PAGES = frozenset({Purpose.BACKUP, Purpose.SECURE, Purpose.ATTACHMENT, Purpose.PICTURE})


@dataclass(frozen=True, slots=True)
class Question:
    """A request under way: ``lead`` and ``attachment`` where it is about one."""

    purpose: Purpose
    url: str
    lead: Lead | None = None
    attachment: Attachment | None = None


@dataclass(slots=True)
class Beside:
    """The questions of one site and what came of them."""

    options: Options
    neighbourhood: Neighbourhood
    attachments: Attachments
    asked: dict[Request, Question] = field(default_factory=dict)
    stray: Stray | None = None
    secure_works: bool | None = None
    backups: list[Answer] = field(default_factory=list)
    views: dict[str, ViewPair] = field(default_factory=dict)
    browser_views: dict[str, View] = field(default_factory=dict)
    browser_bodies: dict[str, bytes] = field(default_factory=dict)  # digests
    folders: set[str] = field(default_factory=set)
    leads: dict[str, Lead] = field(default_factory=dict)
    documents: dict[str, Future[Document | None]] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)
    pictures: dict[str, str] = field(default_factory=dict)  # of QR codes: address, found on
    codes: dict[str, Future[tuple[str, ...]]] = field(default_factory=dict)  # by address

    def at_home(self, home: str, page: Page) -> Iterator[Request]:
        """What is asked once for a site, when its home page was read; ``home`` is its address."""
        parts = urlsplit(home)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self.options.rules
        if rules.wants(Code.SOFT_404):
            url = f"{origin}/{secrets.token_hex(8)}.htm"
            yield self._ask(Request(url, insecure=True, limits=SMALL), Purpose.STRAY)
        if rules.wants(Code.BACKUP_EXPOSED):
            for path in rules.thresholds.backup_paths:
                yield self._ask(_first_bytes(origin + path), Purpose.BACKUP)
        if parts.scheme == "http" and parts.port in (None, 80):
            request = Request(f"https://{parts.hostname}/", insecure=True, limits=SMALL)
            yield self._ask(request, Purpose.SECURE)
        for url in (f"{origin}/sitemap.xml", *page.feeds[:1]):
            yield self._ask(Request(url, insecure=True), Purpose.DATES)

    def at_page(
        self, url: str, answer: Answer, page: Page, new: tuple[Link, ...]
    ) -> Iterator[Request]:
        """What a page gives reason to ask; ``url`` is as it was asked for, ``new`` the links of
        the page that none before it had."""
        if self._to_compare(page):
            self.browser_views[url] = view_of(url, answer, page)
            self.browser_bodies[url] = _digest(answer)
            yield self._ask(as_engine(url), Purpose.ENGINE)
        yield from self._folders(new)
        yield from self._documents(page.url, new)
        yield from self._pictures(page, new)
        yield from self._neighbours(page.url, new)

    def take(self, request: Request, answer: Answer, page: Page) -> Iterator[Request]:
        """An answer; another question may follow from it."""
        question = self.asked.pop(request, None)
        if question is None:
            return
        if question.purpose is Purpose.ENGINE:
            yield from self._compare(question.url, self._engine_view(question, answer, page))
        elif question.purpose is Purpose.AGAIN:
            self._compare_again(question.url, view_of(question.url, answer, page))
        elif question.purpose is Purpose.STRAY:
            self.stray = Stray(
                request.url, answer.final_url, answer.status, answer.failure, page.title
            )
        elif question.purpose is Purpose.BACKUP:
            self.backups.append(replace(answer, body=answer.body[:4096]))
        elif question.purpose is Purpose.SECURE:
            self.secure_works = answer.ok
        elif question.lead is not None:
            self.neighbourhood.take(question.lead, answer, page)
        elif question.attachment is not None and answer.ok and answer.body:
            self.read(question.attachment, answer.body)
        elif question.purpose is Purpose.PICTURE and answer.ok and answer.body:
            self.codes[question.url] = self.attachments.read_codes(answer.body)

    def is_the_same(self, url: str, answer: Answer) -> bool:
        """Whether the browser was shown this very answer: then it need not be read again."""
        return self.browser_bodies.get(url) == _digest(answer)

    def _engine_view(self, question: Question, answer: Answer, page: Page) -> View:
        if self.is_the_same(question.url, answer):
            return self.browser_views[question.url]
        return view_of(question.url, answer, page)

    def purpose_of(self, request: Request) -> Purpose | None:
        """Why this request was made."""
        question = self.asked.get(request)
        return question.purpose if question else None

    def read(self, attachment: Attachment, body: bytes) -> None:
        """Have the text of a document read."""
        if attachment.url not in self.documents:
            self.documents[attachment.url] = self.attachments.read(attachment, body)

    def awaited(self) -> bool:
        """Whether a document is being read, or a neighbour that another site asked for is silent."""
        if any(not future.done() for future in self.documents.values()):
            return True
        if any(not future.done() for future in self.codes.values()):
            return True
        return any(self.neighbourhood.awaited(lead) for lead in self.leads.values())

    def texts(self) -> Iterator[Document]:
        """The attachments that could be read, when they are."""
        for future in self.documents.values():
            document = future.result()
            if document is not None:
                yield document

    def led_to(self) -> Iterator[Outbound]:
        """The outlets that the QR codes of the site name, with the page where each code stood."""
        for url, future in self.codes.items():
            page = Page(self.pictures[url], PageKind.HTML)
            yield from outbound(page, qr_texts=future.result())

    def told(self, site: Site) -> Site:
        """The site with what these questions brought."""
        return replace(
            site,
            stray=self.stray,
            secure_works=self.secure_works,
            backups=tuple(self.backups),
            views=tuple(self.views.values()),
            neighbours=tuple(self._answered()),
        )

    def _answered(self) -> Iterator[Neighbour]:
        for lead in self.leads.values():
            told = self.neighbourhood.told.get(lead.url)
            if told is not None:
                yield replace(told, link_text=lead.text, found_on=lead.found_on)

    def _ask(
        self,
        request: Request,
        purpose: Purpose,
        *,
        lead: Lead | None = None,
        attachment: Attachment | None = None,
    ) -> Request:
        self.asked[request] = Question(purpose, request.url, lead, attachment)
        return request

    def _to_compare(self, page: Page) -> bool:
        wanted = self.options.rules.wants(Code.CLOAKING) and len(self.browser_views) < VIEWED
        return wanted and page.kind is PageKind.HTML and bool(page.text)

    def _compare(self, url: str, engine: View) -> Iterator[Request]:
        """Where the two differ, a browser looks once more: what wavers is no cloaking."""
        self.views[url] = pair = ViewPair(self.browser_views[url], engine)
        if difference_of(pair):
            yield self._ask(as_person(url), Purpose.AGAIN)

    def _compare_again(self, url: str, again: View) -> None:
        self.views[url] = replace(self.views[url], again=again)

    def _folders(self, new: tuple[Link, ...]) -> Iterator[Request]:
        if not self.options.rules.wants(Code.LISTING_EXPOSED):
            return
        for link in new:
            if len(self.folders) >= FOLDERS:
                return
            if link.same_site and (link.where is Where.IMAGE or is_attachment(link.url)):
                folder = folder_of(link.url)
                if folder and folder not in self.folders:
                    self.folders.add(folder)
                    request = Request(folder, insecure=True, limits=SMALL)
                    yield self._ask(request, Purpose.FOLDER)

    def _documents(self, page: str, new: tuple[Link, ...]) -> Iterator[Request]:
        for link in new:
            if len(self.fetched) >= self.options.max_attachments:
                return
            wanted = link.where is Where.A and link.same_domain and is_attachment(link.url)
            if wanted and link.url not in self.fetched:
                self.fetched.add(link.url)
                request = Request(link.url, insecure=True, limits=DOCUMENT_LIMITS)
                attachment = Attachment(link.url, link.text, page)
                yield self._ask(request, Purpose.ATTACHMENT, attachment=attachment)

    def _pictures(self, page: Page, new: tuple[Link, ...]) -> Iterator[Request]:
        """Pictures of this domain that speak of a QR code; only reading them can tell."""
        likely = {picture.url for picture in page.pictures if picture.likely_qr}
        for link in new:
            if len(self.pictures) >= self.options.max_codes:
                return
            if link.url in likely and link.same_domain and link.url not in self.pictures:
                self.pictures[link.url] = page.url
                request = Request(link.url, insecure=True, limits=PICTURE_LIMITS)
                yield self._ask(request, Purpose.PICTURE)

    def _neighbours(self, page: str, new: tuple[Link, ...]) -> Iterator[Request]:
        if not self.options.rules.wants(Code.HIJACKED_DOMAIN):
            return
        for link in new:
            if len(self.leads) >= self.options.max_neighbours:
                return
            owner = "" if link.same_site else owner_of(link)
            if owner and owner not in self.leads:
                lead = self.leads[owner] = Lead(link.url, link.text, page)
                request = self.neighbourhood.ask(lead)
                if request is not None:
                    yield self._ask(request, Purpose.NEIGHBOUR, lead=lead)


def _digest(answer: Answer) -> bytes:
    """The same for two answers only if what is read of them is the same."""
    told = (answer.final_url, answer.status, answer.failure, answer.header("content-type"))
    return sha256(repr(told).encode("utf-8", "replace") + answer.body).digest()


def _first_bytes(url: str) -> Request:
    return Request(url, headers=FIRST_BYTES, follow=False, insecure=True, limits=SMALL)


def folder_reading(answer: Answer, page: Page) -> Reading:
    """A folder's answer as a page to be looked at for a list."""
    return Reading(page.url, answer, page)
