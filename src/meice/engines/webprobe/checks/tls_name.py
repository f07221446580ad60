"""tls-name: the certificate is for another name than the one asked for (RFC 9525)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.links import host_of
from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

SHOWN = 5


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """Whether a name fits was told by the gate."""
    certificate = site.certificate
    if certificate is None or certificate.name_ok:
        return
    names = "、".join(certificate.names[:SHOWN]) or certificate.subject
    yield rules.finding(
        Code.TLS_NAME,
        site.start,
        f"证书的名称：{names}",
        f"证书不是为 {host_of(site.start)} 签发的，浏览器会拦下访问者。"
        "请换用包含本域名的证书，或改用证书上的域名。",
    )
