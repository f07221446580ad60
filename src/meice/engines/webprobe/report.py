"""What a probe says of one site: the Site of contracts.md as values, to JSON and back.

Back again, so that a run that was killed goes on from its journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from meice.engines.gate import Certificate, Failure
from meice.engines.webprobe.checks.prints import Fingerprint
from meice.engines.webprobe.findings import Code, Finding, Severity
from meice.engines.webprobe.pages import Column, Dated, Mark, Outbound


class SiteVerdict(StrEnum):
    """``unknown``: what could not be observed is neither good nor bad."""

    OK = "ok"
    PROBLEM = "problem"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest day seen on the site and where: ``how`` it was told, in Chinese."""

    day: date
    url: str
    text: str
    how: str

    @classmethod
    def of(cls, dated: Dated | None) -> Latest | None:
        """From what was read of a page."""
        return cls(dated.day, dated.url, dated.text, dated.how.value) if dated else None


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """A column (栏目); ``items`` is the most seen of it on one page."""

    name: str
    url: str
    kind: str
    latest_update: date | None
    items: int

    @classmethod
    def of(cls, column: Column) -> ColumnReport:
        """From what was read of the pages."""
        day = column.latest.day if column.latest else None
        url = column.url or column.found_on
        return cls(column.name, url, column.kind.value, day, column.items)


@dataclass(frozen=True, slots=True)
class MarkReport:
    """A footer mark; ``url`` is where it leads, empty when it is no link."""

    text: str
    number: str
    url: str

    @classmethod
    def of(cls, mark: Mark | None) -> MarkReport | None:
        """From what was read of a page."""
        return cls(mark.text, mark.number, mark.url) if mark else None


@dataclass(frozen=True, slots=True)
class CertificateReport:
    """The certificate of the start address."""

    issuer: str
    subject: str
    names: tuple[str, ...]
    not_after: datetime
    days_left: int

    @classmethod
    def of(cls, shown: Certificate | None, now: datetime) -> CertificateReport | None:
        """From what the server showed."""
        if shown is None:
            return None
        return cls(shown.issuer, shown.subject, shown.names, shown.not_after, shown.days_left(now))


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """How many links were looked at, and what they are."""

    checked: int = 0
    ok: int = 0
    blocked: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A page as it came, for evidence; only when asked for."""

    url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SiteReport:
    """One site. ``finished`` is False for a crawl that ran out of time: its verdict is unknown
    unless something was found.

    ``fingerprint`` is the state to confirm, ``title`` and ``address`` are of the home page;
    ``copies`` are the home page and the pages with findings (``Options.copies``); ``by_code`` are
    the addresses of ``outbound`` that only QR codes named.
    """

    url: str
    final_url: str
    verdict: SiteVerdict
    failure: Failure | None = None
    detail: str = ""
    pages: int = 0
    latest: Latest | None = None
    columns: tuple[ColumnReport, ...] = ()
    icp: MarkReport | None = None
    police_record: MarkReport | None = None
    certificate: CertificateReport | None = None
    findings: tuple[Finding, ...] = ()
    links: LinkCounts = field(default_factory=LinkCounts)
    outbound: tuple[Outbound, ...] = ()
    elapsed_s: float = 0.0
    bytes: int = 0
    finished: bool = True
    home_status: int | None = None
    home_elapsed_s: float = 0.0
    home_dated: bool = False
    uncertain: bool = False
    title: str = ""
    address: str = ""
    fingerprint: Fingerprint | None = field(default=None, repr=False)
    copies: tuple[PageCopy, ...] = field(default=(), repr=False)
    by_code: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of the contract and no others."""
        latest = self.latest
        evidence = {"url": latest.url, "text": latest.text, "how": latest.how} if latest else None
        return {
            "url": self.url,
            "final_url": self.final_url,
            "verdict": self.verdict.value,
            "failure": self.failure.value if self.failure else None,
            "pages": self.pages,
            "latest_update": _iso(latest.day if latest else None),
            "latest_update_evidence": evidence,
            "columns": [_column_json(column) for column in self.columns],
            "icp": asdict(self.icp) if self.icp else None,
            "police_record": asdict(self.police_record) if self.police_record else None,
            "certificate": _certificate_json(self.certificate),
            "findings": [finding.as_json() for finding in self.findings],
            "links": asdict(self.links),
            "outbound": [asdict(each) for each in self.outbound],
            "elapsed_s": self.elapsed_s,
            "bytes": self.bytes,
        }

    def kept(self) -> dict[str, Any]:
        """``as_json`` and the rest, for the journal of a run; without ``copies``."""
        more = {
            "detail": self.detail,
            "finished": self.finished,
            "home_status": self.home_status,
            "home_elapsed_s": self.home_elapsed_s,
            "home_dated": self.home_dated,
            "uncertain": self.uncertain,
            "title": self.title,
            "address": self.address,
            "by_code": list(self.by_code),
            "fingerprint": self.fingerprint.as_json() if self.fingerprint else None,
        }
        return {**self.as_json(), "more": more}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> SiteReport:
        """The report that ``kept`` gave. Raises KeyError or ValueError for anything else."""
        more = dict(kept["more"])
        prints = more.pop("fingerprint")
        by_code = tuple(more.pop("by_code", ()))  # journals of before had none
        return cls(
            url=kept["url"],
            final_url=kept["final_url"],
            verdict=SiteVerdict(kept["verdict"]),
            failure=Failure(kept["failure"]) if kept["failure"] else None,
            pages=kept["pages"],
            latest=_latest(kept),
            columns=tuple(_column(row) for row in kept["columns"]),
            icp=MarkReport(**kept["icp"]) if kept["icp"] else None,
            police_record=MarkReport(**kept["police_record"]) if kept["police_record"] else None,
            certificate=_certificate(kept["certificate"]),
            findings=tuple(_finding(row) for row in kept["findings"]),
            links=LinkCounts(**kept["links"]),
            outbound=tuple(Outbound(**row) for row in kept["outbound"]),
            elapsed_s=kept["elapsed_s"],
            bytes=kept["bytes"],
            fingerprint=Fingerprint.from_json(prints) if prints else None,
            by_code=by_code,
            **more,
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _column_json(column: ColumnReport) -> dict[str, Any]:
    return {**asdict(column), "latest_update": _iso(column.latest_update)}


def _certificate_json(shown: CertificateReport | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    return {**asdict(shown), "names": list(shown.names), "not_after": shown.not_after.isoformat()}


def _latest(kept: Mapping[str, Any]) -> Latest | None:
    if kept["latest_update"] is None:
        return None
    return Latest(date.fromisoformat(kept["latest_update"]), **kept["latest_update_evidence"])


def _column(row: Mapping[str, Any]) -> ColumnReport:
    day = row["latest_update"]
    return ColumnReport(**{**row, "latest_update": date.fromisoformat(day) if day else None})


def _certificate(row: Mapping[str, Any] | None) -> CertificateReport | None:
    if row is None:
        return None
    until = datetime.fromisoformat(row["not_after"])
    return CertificateReport(**{**row, "names": tuple(row["names"]), "not_after": until})


def _finding(row: Mapping[str, Any]) -> Finding:
    plain = {**row, "code": Code(row["code"]), "severity": Severity(row["severity"])}
    return Finding(**plain)
