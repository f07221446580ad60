"""Reads a website politely and says what is wrong with it, with evidence.

``probe`` and ``probe_one`` are the doors; a report is a claim of the machine, never a verdict.
"""

from meice.engines.webprobe.checks import (
    Attempt,
    Campus,
    Known,
    Reachability,
    measure,
    opened,
    unreachable,
)
from meice.engines.webprobe.checks.prints import Fingerprint
from meice.engines.webprobe.crawl import CrawlOptions
from meice.engines.webprobe.findings import CODE_NAMES, SEVERITY_NAMES, Code, Finding, Severity
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.probe import probe, probe_one
from meice.engines.webprobe.report import (
    CertificateReport,
    ColumnReport,
    Latest,
    LinkCounts,
    MarkReport,
    PageCopy,
    SiteReport,
    SiteVerdict,
)

__all__ = [
    "CODE_NAMES", "SEVERITY_NAMES", "Attempt", "Campus", "CertificateReport", "Code",
    "ColumnReport", "CrawlOptions", "Finding", "Fingerprint", "Known", "Latest", "LinkCounts",
    "MarkReport", "Options", "PageCopy", "Reachability", "Severity", "SiteReport", "SiteVerdict",
    "measure", "opened", "probe", "probe_one", "unreachable",
]  # fmt: skip
