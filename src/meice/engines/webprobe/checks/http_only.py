"""http-only: the home page comes in the clear and sends nobody on to HTTPS."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """Seen when the page was read over http in the end; whether HTTPS exists only changes words."""
    home = site.home
    if home is None or not home.url.startswith("http://"):
        return
    told = {True: "HTTPS 可用但没有跳转", False: "HTTPS 打不开", None: "HTTPS 未核实"}
    mend = "请让 HTTP 跳转到 HTTPS。" if site.secure_works else "请申请证书，启用 HTTPS 并跳转。"
    yield rules.finding(
        Code.HTTP_ONLY,
        home.url,
        f"首页以 HTTP 明文提供；{told[site.secure_works]}",
        f"网站没有用 HTTPS，内容可被篡改和窃听。{mend}",
    )
