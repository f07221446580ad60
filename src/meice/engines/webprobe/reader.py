"""Reads one site as the crawl brings its pages, and says at the end what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from meice.engines.gate import Answer, Failure, Request
from meice.engines.webprobe.attachments import Attachment, Attachments, is_page
from meice.engines.webprobe.beside import NO_PAGES, Beside, Purpose, folder_reading
from meice.engines.webprobe.checks import check_document, check_site, listing_exposed
from meice.engines.webprobe.checks.days import china_day
from meice.engines.webprobe.crawl import Found, LinkCheck, LinkState, SiteCrawl, Visit
from meice.engines.webprobe.findings import Finding, Severity
from meice.engines.webprobe.neighbours import Neighbourhood
from meice.engines.webprobe.notes import Notes
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.pages import Link, Page, PageKind, Where, read_page
from meice.engines.webprobe.report import (
    CertificateReport,
    ColumnReport,
    Latest,
    LinkCounts,
    MarkReport,
    SiteReport,
    SiteVerdict,
)

FOLLOWED = frozenset({Where.A, Where.AREA, Where.FRAME, Where.REFRESH})
FIRST = frozenset({Where.FRAME, Where.REFRESH})
GUARDED = frozenset({401, 403, 407, 412, 429, 503})  # says nothing about the page behind
READ = 1_500_000  # bytes of a page that are read: the other sites wait meanwhile
GRAVE = frozenset({Severity.VETO, Severity.MAJOR})


@dataclass(slots=True)
class SiteReader:
    """The visitor of one site (``crawl.Visitor``)."""

    start: str
    options: Options
    neighbourhood: Neighbourhood
    attachments: Attachments
    on_page: Callable[[int, int, str], None] | None = None
    notes: Notes = field(init=False)
    beside: Beside = field(init=False)

    def __post_init__(self) -> None:
        self.notes = Notes(self.start, self.options)
        self.beside = Beside(self.options, self.neighbourhood, self.attachments)

    def request(self, url: str) -> Request:
        """A bad certificate is a finding, and the page behind it is read all the same."""
        return Request(url, insecure=True)

    def page(self, visit: Visit) -> Found:
        """One answer of the crawl."""
        if visit.extra is not None:
            return Found(extra=tuple(self._take_extra(visit.extra, visit.answer)))
        page = self._read(visit.answer)
        if self.on_page is not None:
            self.on_page(visit.number + 1, self.options.crawl.max_pages, visit.url)
        if visit.number == 0:
            self.notes.take_home(visit.answer, page)
        if not visit.answer.ok:
            return Found()
        if page.kind is PageKind.OTHER:
            return self._take_file(visit)
        self.notes.take_page(visit.answer, page, visit.depth)
        return self._found(visit, page)

    def awaited(self) -> bool:
        """Whether something that was asked for is still to come."""
        return self.beside.awaited()

    def report(self, crawl: SiteCrawl) -> SiteReport:
        """The end: run the checks of the whole site and put everything together."""
        notes, options = self.notes, self.options
        for document in self.beside.texts():
            notes.add(check_document(document, options.rules, options.now))
        by_code = notes.take_codes(self.beside.led_to())
        site = self.beside.told(notes.site(crawl))
        notes.add(check_site(site, options.rules, options.now))
        failure = crawl.failure or _refusal(notes.home_answer)
        findings = tuple(notes.findings.values())
        home = notes.home_answer
        return SiteReport(
            url=self.start,
            final_url=notes.home_url or self.start,
            verdict=self._verdict(crawl, failure, findings),
            failure=failure,
            detail=home.detail if home else "",
            pages=notes.pages,
            latest=Latest.of(notes.latest()),
            columns=tuple(ColumnReport.of(column) for column in site.columns),
            icp=MarkReport.of(notes.icp),
            police_record=MarkReport.of(notes.police),
            certificate=CertificateReport.of(notes.certificate, options.now),
            findings=findings,
            links=_counts(crawl.links),
            outbound=tuple(notes.outlets.values()),
            by_code=by_code,
            elapsed_s=round(crawl.elapsed_s, 3),
            bytes=crawl.received,
            finished=crawl.finished,
            home_status=home.status if home else None,
            home_elapsed_s=home.elapsed_s if home else 0.0,
            home_dated=site.home is not None and site.home.latest is not None,
            uncertain=home.uncertain if home else False,
            title=site.home.title if site.home else "",
            address=site.address,
            fingerprint=site.home.fingerprint if site.home else None,
            copies=tuple(notes.copies),
        )

    def _read(self, answer: Answer) -> Page:
        today = china_day(self.options.now)
        return read_page(answer.final_url, answer.headers, answer.body[:READ], now=today)

    def _take_extra(self, request: Request, answer: Answer) -> Iterator[Request]:
        purpose = self.beside.purpose_of(request)
        page = Page(answer.final_url, PageKind.OTHER)
        known = purpose is Purpose.ENGINE and self.beside.is_the_same(request.url, answer)
        if purpose not in NO_PAGES and not known:
            page = self._read(answer)
        if purpose is Purpose.DATES and answer.ok and page.kind is not PageKind.HTML:
            self.notes.take_dates(page)
        elif purpose is Purpose.FOLDER and answer.ok:
            rules, now = self.options.rules, self.options.now
            self.notes.add(listing_exposed.check(folder_reading(answer, page), rules, now))
        yield from self.beside.take(request, answer, page)

    def _take_file(self, visit: Visit) -> Found:
        """A page that turned out to be a document (download.jsp?id=…)."""
        if self.options.beside and visit.answer.body:
            name = self.notes.link_texts.get(visit.url, "")
            attachment = Attachment(visit.answer.final_url, name, visit.found_on)
            if len(self.beside.documents) < self.options.max_attachments:
                self.beside.read(attachment, visit.answer.body)
        return Found()

    def _found(self, visit: Visit, page: Page) -> Found:
        new = self.notes.new_links(page)
        links = [link for link in new if link.where in FOLLOWED]
        first = [link.url for link in links if link.where in FIRST]
        columns = [column.url for column in page.columns if column.url]
        addresses = dict.fromkeys((*first, *columns, *(link.url for link in links)))
        pages = tuple(url for url in addresses if is_page(url))
        extra = self._extra(visit, page, new) if self.options.beside else ()
        return Found(
            follow=pages,
            check=tuple(url for url in addresses if not is_page(url)),
            extra=tuple(extra),
        )

    def _extra(self, visit: Visit, page: Page, new: tuple[Link, ...]) -> Iterator[Request]:
        if visit.number == 0:
            yield from self.beside.at_home(visit.answer.final_url, page)
        yield from self.beside.at_page(visit.url, visit.answer, page, new)

    def _verdict(
        self, crawl: SiteCrawl, failure: Failure | None, findings: tuple[Finding, ...]
    ) -> SiteVerdict:
        """Nothing is said of what could not be read; what was found stands."""
        if failure is not None or not self.notes.is_readable():
            return SiteVerdict.UNKNOWN
        if any(finding.severity in GRAVE for finding in findings):
            return SiteVerdict.PROBLEM
        return SiteVerdict.OK if crawl.finished else SiteVerdict.UNKNOWN


def _refusal(home: Answer | None) -> Failure | None:
    """The start page was answered, but not given: turned away, or an error."""
    if home is None or home.failure is not None or home.ok:
        return None
    return Failure.BLOCKED if home.status in GUARDED else Failure.BAD_RESPONSE


def _counts(links: tuple[LinkCheck, ...]) -> LinkCounts:
    states = [link.state for link in links]
    return LinkCounts(
        checked=len(states),
        ok=states.count(LinkState.OK),
        blocked=states.count(LinkState.BLOCKED),
        dead=states.count(LinkState.DEAD),
    )
