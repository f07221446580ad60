"""cloaking: a search engine is shown another page than a person (domain.md 5.8).

Dates, counters and rotating news differ between any two visits: only another owner's address,
illegal words, a handful of foreign domains or a page with little in common count, and never what a
second visit of the browser saw as well. A visitor who was turned away saw nothing: unknown.
A script that sends on those who come from a search engine is read in the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from meice.engines.webprobe.checks.links import host_of, is_address
from meice.engines.webprobe.checks.prints import likeness
from meice.engines.webprobe.checks.site import Reading, Site, View, ViewPair
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages.addresses import registrable_domain
from meice.engines.webprobe.rules.model import RuleSet

NEW_DOMAINS = 3
ANOTHER_PAGE = 0.3  # likeness below which two texts are different pages
SAME_PAGE = 0.7  # likeness that two visits of one browser must reach for the text to count
ENOUGH_TEXT = 120  # characters
_ENGINES = rb"baidu|sogou|so\\?\.com|360|google|bing|toutiao|sm\\?\.cn|spider|bot"
_ASKS = re.compile(
    rb"(?:document\.referrer.{0,200}?(?:%(e)s)|(?:%(e)s).{0,200}?document\.referrer"
    rb"|navigator\.userAgent.{0,200}?spider|spider.{0,200}?navigator\.userAgent)"
    % {b"e": _ENGINES},
    re.IGNORECASE | re.DOTALL,
)
_SENDS = re.compile(rb"location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\s*\(")
_SCRIPT = re.compile(rb"<script\b[^>]*>(.{0,20000}?)</script", re.IGNORECASE | re.DOTALL)


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding for each address that was compared."""
    for pair in site.views:
        difference = difference_of(pair)
        if difference:
            yield rules.finding(
                Code.CLOAKING,
                pair.browser.url,
                f"浏览器与搜索引擎（百度）所见不同：{difference}",
                "网站对搜索引擎另给内容，多为被入侵后植入。"
                "请检查服务器配置、入口文件和计划任务，清除后请搜索引擎重新收录。",
            )


def check_page(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """A script of the page that asks where a visitor comes from and sends some elsewhere."""
    body = reading.answer.body
    if b"document.referrer" not in body and b"navigator.userAgent" not in body:
        return
    for script in _SCRIPT.finditer(body):
        asks = _ASKS.search(script[1])
        if asks and _SENDS.search(script[1], asks.start()):
            yield rules.finding(
                Code.CLOAKING,
                reading.url,
                f"脚本按来路跳转：{' '.join(script[1][:200].decode('utf-8', 'replace').split())}",
                "页面脚本把从搜索引擎来的访问者转到别处，多为被入侵后植入。"
                "请删除该脚本，检查模板和入口文件。",
            )
            return


def difference_of(pair: ViewPair) -> str:
    """What the search engine was shown and no browser was, in words; nothing when alike."""
    persons = [view for view in (pair.browser, pair.again) if view is not None]
    if not all(view.seen for view in persons):
        return ""
    owner = _owner(pair.engine.final_url)
    if owner and owner not in {_owner(view.final_url) for view in persons}:
        return f"搜索引擎被转到 {pair.engine.final_url}"
    if not pair.engine.seen:
        return ""
    return _by_words(pair.engine, persons) or _by_text(pair)


def _owner(url: str) -> str:
    """The registrable domain; for a bare address its port as well."""
    host = host_of(url)
    return urlsplit(url).netloc if is_address(host) else registrable_domain(host)


def _by_words(engine: View, persons: list[View]) -> str:
    words = engine.words.difference(*(view.words for view in persons))
    if words:
        return f"只有搜索引擎看到：{'、'.join(sorted(words))}"
    domains = engine.domains.difference(*(view.domains for view in persons))
    alike = max(likeness(engine.shingles, view.shingles) for view in persons)
    if len(domains) >= NEW_DOMAINS and alike < SAME_PAGE:
        return f"只有搜索引擎看到外链：{'、'.join(sorted(domains)[:5])}"
    return ""


def _by_text(pair: ViewPair) -> str:
    browser, engine = pair.browser, pair.engine
    if min(browser.text_length, engine.text_length) < ENOUGH_TEXT:
        return ""
    if pair.again is not None and likeness(browser.shingles, pair.again.shingles) < SAME_PAGE:
        return ""
    alike = likeness(browser.shingles, engine.shingles)
    if alike >= ANOTHER_PAGE:
        return ""
    return f"正文只有 {alike:.0%} 相同；搜索引擎看到的标题“{engine.title}”"
