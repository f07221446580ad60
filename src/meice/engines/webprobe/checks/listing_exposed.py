"""listing-exposed: a server shows the list of a folder (CWE-548)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Reading
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages import Page, Where
from meice.engines.webprobe.rules.model import RuleSet

_TITLE = re.compile(r"(?:Index of|Directory listing (?:for|of)|Directory:?) /", re.IGNORECASE)
_UP = re.compile(
    r"Parent Directory|\[To Parent Directory\]|\[转到父目录\]|上级目录|(?:^|\s)\.\./?(?:\s|$)",
    re.IGNORECASE,
)
_SURE = re.compile(r"Directory listing for /", re.IGNORECASE)  # Python, Tomcat
SHOWN = 4


def check(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """By the form that Apache, nginx, IIS, Tomcat and Python give their lists."""
    page = reading.page
    if not is_listing(page):
        return
    names = [link.text for link in page.links if link.where is Where.A and link.text]
    names = [name for name in names if not _UP.search(name)]
    yield rules.finding(
        Code.LISTING_EXPOSED,
        reading.url,
        f"标题“{page.title}”，{len(names)} 项：{'、'.join(names[:SHOWN])}",
        "服务器列出了目录内容，内部文件可被一览。请关闭目录浏览（Apache：Options -Indexes；"
        "nginx：autoindex off；IIS：停用目录浏览），并清理不应公开的文件。",
    )


def is_listing(page: Page) -> bool:
    """A title of a list with a way up, or IIS's way up on a page of bare links."""
    if _TITLE.match(page.title.strip()):
        return bool(_UP.search(page.text) or _SURE.match(page.title.strip()))
    return "[To Parent Directory]" in page.text or "[转到父目录]" in page.text
