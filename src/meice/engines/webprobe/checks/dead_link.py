"""dead-link: a link that leads nowhere, after a second try (404, 410, no such name, refused).

What answers 401, 403, 412, 429 or a challenge is blocked: unknown, not dead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from meice.engines.gate import Failure
from meice.engines.webprobe.checks.site import DeadLink, Site
from meice.engines.webprobe.crawl import LinkState
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

FAILURES: Mapping[Failure, str] = MappingProxyType(
    {Failure.DNS: "域名不存在", Failure.REFUSED: "服务器拒绝连接"}
)


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding for each address, whatever number of pages link to it."""
    for link in site.dead:
        if link.check.state is LinkState.DEAD:
            yield rules.finding(
                Code.DEAD_LINK,
                link.check.url,
                f"{_outcome(link)}，试了 {link.check.tries} 次；"
                f"链接文字“{link.text}”，在 {link.check.found_on}",
                "链接打不开。请改正地址，或撤下这个链接。",
            )


def _outcome(link: DeadLink) -> str:
    if link.check.failure is not None:
        return FAILURES.get(link.check.failure, link.check.failure.value)
    return f"应答 {link.check.status}"
