"""icp-missing: no ICP 备案号 at the foot of the home page (非经营性备案管理办法 13, 25).

Whatever the host, an address too. An empty shell filled by scripts is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

LAW = "依法应在主页底部中央标示备案号并链接到 beian.miit.gov.cn。"


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """A mark on inner pages only is named, and does not replace the one on the home page."""
    home = site.home
    if home is None or not home.readable or site.icp_on_home:
        return
    seen = "首页没有备案号"
    if site.icp is not None:
        seen += f"；内页有 {site.icp.text}（{site.icp.url}）"
    yield rules.finding(
        Code.ICP_MISSING,
        home.url,
        seen,
        f"首页没有标示 ICP 备案号。{LAW}请补上，未备案的请先备案。",
    )
