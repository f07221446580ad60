"""What is kept of a site while its pages come and go: enough for the checks at the end, no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from meice.engines.gate import Answer, Certificate
from meice.engines.webprobe.checks import (
    DeadLink,
    Home,
    Known,
    Reading,
    Site,
    check_page,
    fingerprint,
)
from meice.engines.webprobe.checks.days import china_day
from meice.engines.webprobe.column_notes import ColumnNotes
from meice.engines.webprobe.crawl import LinkState, SiteCrawl
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.pages import (
    Dated,
    HowDated,
    Link,
    Mark,
    Outbound,
    Page,
    Where,
    latest_update,
    outbound,
)
from meice.engines.webprobe.report import PageCopy

HOME_TEXT = 20_000  # characters of the home page that are kept
DATED_PAGES = 300  # pages whose dates are kept
DATES = 60  # of one page
OUTBOUND = 1_000
LINKS = 5_000  # that are remembered
LINK_TEXT = 40  # characters
BESIDE = -1  # depth of what was read beside the crawl
SHELL = 30  # characters; a page with less and without links is an empty shell
PARTS = frozenset({Where.FRAME, Where.REFRESH})


@dataclass(slots=True)
class Notes:
    """One site under way."""

    start: str
    options: Options
    pages: int = 0  # that were read
    home_url: str = ""
    home_answer: Answer | None = None
    home_page: Page | None = field(default=None, repr=False)
    parts: set[str] = field(default_factory=set)  # frames and moves of the home page
    part_text: str = ""
    part_links: int = 0
    icp: Mark | None = None
    icp_on_home: bool = False
    police: Mark | None = None
    certificate: Certificate | None = None
    columns: ColumnNotes = field(default_factory=ColumnNotes)
    dated: list[Page] = field(default_factory=list, repr=False)
    depths: dict[str, int] = field(default_factory=dict)
    outlets: dict[tuple[str, str], Outbound] = field(default_factory=dict)
    link_texts: dict[str, str] = field(default_factory=dict)
    findings: dict[tuple[Code, str], Finding] = field(default_factory=dict)
    counts: Counter[Code] = field(default_factory=Counter)
    copies: list[PageCopy] = field(default_factory=list, repr=False)

    def take_home(self, answer: Answer, page: Page) -> None:
        """The start page, whatever became of it."""
        self.home_answer = replace(answer, body=b"")
        self.home_url = answer.final_url
        self.certificate = answer.certificate
        if answer.ok:
            self.home_page = page
            self._note_parts(page)

    def take_page(self, answer: Answer, page: Page, depth: int) -> None:
        """One page that was read, the home page too: check it and keep what it says."""
        self.pages += 1
        is_home = depth == 0 or page.url in self.parts
        if depth and page.url in self.parts:
            self._take_part(page)
        self._note_marks(page, is_home=is_home)
        self._note_dates(page, depth)
        for column in page.columns:
            self.columns.add(column)
        reading = Reading(page.url, answer, page, is_home)
        before = len(self.findings)
        self.add(check_page(reading, self.options.rules, self.options.now))
        self._copy(answer, page.url, wanted=depth == 0 or len(self.findings) > before)

    def new_links(self, page: Page) -> tuple[Link, ...]:
        """The links of a page that no page before it had; where they lead is noted."""
        new = tuple(link for link in page.links if link.url not in self.link_texts)
        if len(self.link_texts) < LINKS:
            self.link_texts |= {link.url: link.text[:LINK_TEXT] for link in reversed(new)}
        if len(self.outlets) < OUTBOUND and not all(link.same_site for link in new):
            for one in outbound(replace(page, links=new)):
                self.outlets.setdefault((one.kind, one.identifier or one.url), one)
        return new

    def take_codes(self, led_to: Iterable[Outbound]) -> tuple[str, ...]:
        """What QR codes lead to, without the site itself; gives the addresses no link had named."""
        own = urlsplit(self.home_url).netloc.lower()
        fresh = []
        for one in led_to:
            key = (one.kind, one.identifier or one.url)
            if key not in self.outlets and key != ("website", own) and len(self.outlets) < OUTBOUND:
                self.outlets[key] = one
                fresh.append(one.url)
        return tuple(fresh)

    def take_dates(self, page: Page) -> None:
        """A feed or a site map: only its days count, as what the site says of its pages."""
        self._note_dates(page, BESIDE)

    def add(self, findings: Iterable[Finding]) -> None:
        """Keep findings, each claim once: a footer that stands on every page is one."""
        for finding in findings:
            key = (finding.code, finding.evidence)
            if key in self.findings or self.counts[finding.code] >= self.options.max_findings:
                continue
            self.findings[key] = finding
            self.counts[finding.code] += 1

    def latest(self) -> Dated | None:
        """The newest day anywhere on the site."""
        return latest_update(self.dated, china_day(self.options.now))

    def site(self, crawl: SiteCrawl) -> Site:
        """What the checks of the whole site look at; the rest is put in by those who asked."""
        published = {page.url: page.published for page in self.dated if page.published}
        return Site(
            start=self.start,
            finished=crawl.finished,
            failure=crawl.failure,
            home=self._home(),
            certificate=self.certificate,
            address=self.home_answer.address if self.home_answer else "",
            second_level_latest=self._latest_of(1),
            columns=self.columns.all(published),
            icp=self.icp,
            icp_on_home=self.icp_on_home,
            police_record=self.police,
            dead=tuple(
                DeadLink(check, self.link_texts.get(check.url, ""))
                for check in crawl.links
                if check.state is LinkState.DEAD
            ),
            campus=self.options.campus,
            known=self.options.known.get(self.start, Known()),
        )

    def _home(self) -> Home | None:
        page, answer = self.home_page, self.home_answer
        if page is None or answer is None:
            return None
        text = f"{page.text}\n{self.part_text}"
        return Home(
            url=self.home_url,
            answer=answer,
            title=page.title,
            text=text[:HOME_TEXT],
            readable=self.is_readable(),
            latest=self._latest_of(0),
            fingerprint=fingerprint(page),
            is_navigation=page.is_navigation,
        )

    def is_readable(self) -> bool:
        """Whether the home page, with its frames, says anything without scripts."""
        page = self.home_page
        if page is None:
            return False
        links = sum(link.where is Where.A for link in page.links) + self.part_links
        return links > 0 or len(page.text.strip()) + len(self.part_text.strip()) >= SHELL

    def _latest_of(self, depth: int) -> Dated | None:
        """The newest day on pages of this depth; the other pages only correct inferred years."""
        pages = [
            page if self.depths[page.url] == depth else replace(page, dates=())
            for page in self.dated
        ]
        return latest_update(pages, china_day(self.options.now))

    def _note_parts(self, page: Page) -> None:
        self.parts |= {link.url for link in page.links if link.where in PARTS and link.same_site}

    def _take_part(self, page: Page) -> None:
        self.part_text = f"{self.part_text}\n{page.text}"[:HOME_TEXT]
        self.part_links += sum(link.where is Where.A for link in page.links)

    def _note_marks(self, page: Page, *, is_home: bool) -> None:
        if page.marks.icp and (self.icp is None or (is_home and not self.icp_on_home)):
            self.icp = page.marks.icp[0]
            self.icp_on_home = is_home
        if page.marks.police and self.police is None:
            self.police = page.marks.police[0]

    def _note_dates(self, page: Page, depth: int) -> None:
        """The dates alone: a page without its text and links weighs little."""
        telling = [dated for dated in page.dates if dated.how is not HowDated.PROSE]
        if len(self.dated) >= DATED_PAGES or page.url in self.depths:
            return
        if telling or page.published:
            newest = sorted(telling, key=lambda dated: dated.day, reverse=True)[:DATES]
            self.depths[page.url] = depth
            self.dated.append(
                Page(page.url, page.kind, dates=tuple(newest), published=page.published)
            )

    def _copy(self, answer: Answer, url: str, *, wanted: bool) -> None:
        if wanted and len(self.copies) < self.options.copies:
            self.copies.append(PageCopy(url, answer.status, answer.headers, answer.body))


def folder_of(url: str) -> str:
    """The address of the folder that a file lies in; nothing for one in the root."""
    parts = urlsplit(url)
    folder = parts.path[: parts.path.rfind("/") + 1]
    return f"{parts.scheme}://{parts.netloc}{folder}" if len(folder) > 1 else ""
