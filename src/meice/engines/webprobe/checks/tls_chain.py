"""tls-chain: the certificate is not trusted: self-signed, or a link of the chain is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """None: no roots to tell by, then only a self-signed one is known. One that is only out of
    date has a sound chain."""
    certificate = site.certificate
    if certificate is None or certificate.chain_ok:
        return
    if certificate.chain_ok is None and not certificate.self_signed:
        return
    why = "证书是自签名的" if certificate.self_signed else "证书链不完整，或签发者不受信任"
    yield rules.finding(
        Code.TLS_CHAIN,
        site.start,
        f"签发者 {certificate.issuer}；{certificate.reason}",
        f"网站{why}，浏览器会拦下访问者。请换用受信任机构签发的证书，并在服务器上装齐中间证书。",
    )
