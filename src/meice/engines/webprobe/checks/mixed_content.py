"""mixed-content: an HTTPS page that draws scripts, styles, frames or pictures over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Reading
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages import Where
from meice.engines.webprobe.rules.model import RuleSet

DRAWN = frozenset({Where.SCRIPT, Where.STYLE, Where.FRAME, Where.IMAGE, Where.MEDIA, Where.FORM})
SHOWN = 3


def check(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """A plain link to an http page is no mixed content."""
    if not reading.url.startswith("https://"):
        return
    drawn = dict.fromkeys(
        link.url
        for link in reading.page.links
        if link.where in DRAWN and link.url.startswith("http://")
    )
    if drawn:
        yield rules.finding(
            Code.MIXED_CONTENT,
            reading.url,
            f"{len(drawn)} 处：{'、'.join(list(drawn)[:SHOWN])}",
            "HTTPS 页面引用了 HTTP 的内容，会被浏览器拦下或被篡改。请改成 HTTPS 地址。",
        )
