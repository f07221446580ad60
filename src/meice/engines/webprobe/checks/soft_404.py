"""soft-404: an address that does not exist is answered as if it did.

Once a host a random address is asked for. A page of the site that says 页面不存在 and answers 200
is found as well: its link is dead, only no machine can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks import words
from meice.engines.webprobe.checks.site import Reading, Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages import PageKind
from meice.engines.webprobe.rules.model import RuleSet

SHORT = 300  # characters; an article about 404 pages is longer
MEND = "请让服务器对不存在的地址应答 404，否则死链无法查出，搜索引擎也会收录错误页。"


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """Only a 200 counts: 403, a failure or a redirect that ends in 404 says nothing or is right."""
    stray = site.stray
    if stray is None or stray.failure is not None or stray.status != 200:
        return
    turned = f"，转到 {stray.final_url}" if stray.final_url != stray.url else ""
    yield rules.finding(
        Code.SOFT_404,
        stray.url,
        f"随机地址应答 200{turned}，标题“{stray.title}”",
        f"访问不存在的地址得到正常状态{turned}。{MEND}",
    )


def check_page(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """A short page that was answered with 200 and says of itself that it does not exist."""
    page = reading.page
    if reading.is_home or reading.answer.status != 200 or page.kind is not PageKind.HTML:
        return
    body = words.MISSING.search(page.text) if len(page.text) <= SHORT else None
    if body is None or (body[0] == "404" and not words.MISSING.search(page.title)):
        return
    yield rules.finding(
        Code.SOFT_404,
        reading.url,
        f"应答 200，页面写着“{words.excerpt(page.text, body[0], 12)}”",
        f"页面说自己不存在，却应答正常状态。请撤下指向它的链接。{MEND}",
    )
