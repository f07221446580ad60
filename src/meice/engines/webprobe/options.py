"""What a probe is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from meice.engines.gate import Policy, Resolve
from meice.engines.webprobe.checks.site import Campus, Known
from meice.engines.webprobe.crawl import CrawlOptions
from meice.engines.webprobe.rules import RuleSet, shipped

BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)
SPIDER = "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"
FROM_SEARCH = "https://www.baidu.com/s?wd=%E5%AD%A6%E6%A0%A1"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Options:
    """How to probe. ``now`` is aware; ``known`` is what the register says, by start address.

    ``beside``: also ask the few questions beside the crawl (a random address, backups, the search
    engine's view, the pages behind links to others, attachments, QR codes). ``processes`` above 1 spreads
    many sites over the cores. ``copies``: keep this many pages a site as evidence, the home page
    first. ``resolve`` and ``roots`` (a PEM file) replace the system's, in one process only.
    """

    policy: Policy = field(default_factory=Policy)
    crawl: CrawlOptions = field(default_factory=CrawlOptions)
    rules: RuleSet = field(default_factory=shipped)
    now: datetime = field(default_factory=_now)
    campus: Campus = field(default_factory=Campus)
    known: Mapping[str, Known] = field(default_factory=dict)
    beside: bool = True
    max_attachments: int = 20
    max_codes: int = 5  # pictures of one site that are looked at for QR codes
    max_neighbours: int = 30
    max_findings: int = 500  # of one site and code
    copies: int = 0
    processes: int = 1
    resolve: Resolve | None = None
    roots: str | None = None
