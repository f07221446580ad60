"""gambling-text: gambling, pornography and trades against the law on the school's own page.

Words beside which there is a warning (抵制网络赌博, 反诈宣传) do not count, nor does a page whose
title is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks import words
from meice.engines.webprobe.checks.site import Reading
from meice.engines.webprobe.findings import Code, Finding, Severity
from meice.engines.webprobe.pages import Page
from meice.engines.webprobe.rules.model import RuleSet

META = ("keywords", "description")
SHOWN = 5


def check(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """A title or two words are a veto, one word in the text a grave suspicion."""
    head = words.offers(_head(reading.page))
    body = _in_body(reading.page)
    found = tuple(dict.fromkeys((*head, *body)))
    if not found:
        return
    where = "标题或关键词" if head else "正文"
    yield rules.finding(
        Code.GAMBLING_TEXT,
        reading.url,
        f"{where}：{'、'.join(found[:SHOWN])}；"
        f"“{words.excerpt(_head(reading.page) if head else reading.page.text, found[0])}”",
        "页面出现博彩、色情等违法内容，可能已被入侵。请立即断开页面、保留日志，清除并查明入口，报告保卫处。",
        severity=None if head or len(found) > 1 else Severity.MAJOR,
    )


def _head(page: Page) -> str:
    return " ".join((page.title, *(page.meta_value(name) for name in META)))


def _in_body(page: Page) -> tuple[str, ...]:
    if words.AGAINST.search(page.title) or not words.has_any(page.text):
        return ()
    strong = words.offers(page.text)
    if strong:
        return strong
    weak = words.offers(page.text, words.WEAK)
    return weak if len(weak) >= words.WEAK_TOGETHER else ()
