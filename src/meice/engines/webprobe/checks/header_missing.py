"""header-missing: security headers that the home page does not send."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

ONLY_SECURE = frozenset({"strict-transport-security"})


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding names them all. ``frame-ancestors`` of the policy does what x-frame-options did."""
    home = site.home
    if home is None:
        return
    sent = {name for name, _ in home.answer.headers}
    if "frame-ancestors" in home.answer.header("content-security-policy"):
        sent.add("x-frame-options")
    wanted = [
        name
        for name in rules.thresholds.headers
        if name not in ONLY_SECURE or home.url.startswith("https://")
    ]
    missing = [name for name in wanted if name not in sent]
    if missing:
        yield rules.finding(
            Code.HEADER_MISSING,
            home.url,
            "缺少：" + "、".join(missing),
            f"首页没有发送 {len(missing)} 个安全响应头。请在服务器或网关上添加。",
        )
