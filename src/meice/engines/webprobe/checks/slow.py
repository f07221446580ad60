"""slow: the home page takes longer than the line of quality (国办发〔2017〕47号: 3 seconds)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One visit is one measurement: it says what it saw, not that the site is always slow."""
    limit = rules.thresholds.slow_seconds
    if site.home is None or site.home.answer.elapsed_s <= limit:
        return
    seconds = site.home.answer.elapsed_s
    yield rules.finding(
        Code.SLOW,
        site.home.url,
        f"首页用时 {seconds:.1f} 秒",
        f"首页打开用了 {seconds:.1f} 秒，超过 {limit:g} 秒。请检查服务器和带宽，压缩图片和脚本。",
    )
