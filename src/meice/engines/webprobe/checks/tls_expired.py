"""tls-expired: the certificate's time is over, or has not begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """Compared with ``now``, not with the clock of the machine."""
    certificate = site.certificate
    if certificate is None or certificate.not_before <= now < certificate.not_after:
        return
    early = now < certificate.not_before
    when = certificate.not_before if early else certificate.not_after
    words = "尚未生效" if early else "已过期"
    yield rules.finding(
        Code.TLS_EXPIRED,
        site.start,
        f"证书 {certificate.subject} {words}：{when.date().isoformat()}，"
        f"签发者 {certificate.issuer}",
        f"网站证书{words}，浏览器会拦下访问者。请更换证书并设置自动续期。",
    )
