"""stale-column: a column without news for longer than its kind allows (国办秘函〔2019〕19号 W4).

News in two weeks, notices and policies in six months, others as the rule set says. Undated columns
are unknown. A column of the site counts once, by the newest date seen of it on any page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.days import china_day
from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding a column; its ``url`` is the column's own page where one is known."""
    today = china_day(now)
    for column in site.columns:
        limit = rules.days_of(column.kind.value)
        if column.latest is None or limit is None:
            continue
        days = (today - column.latest.day).days
        if days > limit:
            yield rules.finding(
                Code.STALE_COLUMN,
                column.url or column.found_on,
                f"栏目“{column.name}”最近日期 {column.latest.day.isoformat()}"
                f"（{column.latest.how.value}：{column.latest.text}）",
                f"栏目“{column.name}”（{column.kind.value}）已 {days} 天没有更新，"
                f"此类栏目应在 {limit} 天内更新。请更新、合并或撤下。",
            )
