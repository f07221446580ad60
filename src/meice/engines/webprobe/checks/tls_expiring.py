"""tls-expiring: the certificate ends within the days of the rule set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """An expired certificate is ``tls-expired`` and not this as well."""
    certificate = site.certificate
    if certificate is None or not certificate.not_before <= now < certificate.not_after:
        return
    days = certificate.days_left(now)
    if days <= rules.thresholds.certificate_days:
        yield rules.finding(
            Code.TLS_EXPIRING,
            site.start,
            f"证书 {certificate.subject} 到期日 {certificate.not_after.date().isoformat()}",
            f"网站证书还有 {days} 天到期。请及时续期。",
        )
