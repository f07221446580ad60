"""police-record-missing: no 公安联网备案 number on the home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """A mark anywhere on the site counts; an empty shell filled by scripts is unknown."""
    home = site.home
    if home is None or not home.readable or site.police_record is not None:
        return
    yield rules.finding(
        Code.POLICE_RECORD_MISSING,
        home.url,
        "没有公安备案号",
        "没有看到公安联网备案号。网站开通后30日内应办理，获准后30日内在页脚标示编号和图标。",
    )
