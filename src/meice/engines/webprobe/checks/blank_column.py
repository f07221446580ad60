"""blank-column: a column that is named and lists nothing (国办秘函〔2019〕19号 W4 ③)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """Blank only when it is blank wherever it was seen, on the home page and on its own."""
    for column in site.columns:
        if column.is_blank:
            yield rules.finding(
                Code.BLANK_COLUMN,
                column.url or column.found_on,
                f"栏目“{column.name}”下没有条目（见于 {column.found_on}）",
                f"栏目“{column.name}”是空白栏目。请补充内容，没有内容的栏目请撤下。",
            )
