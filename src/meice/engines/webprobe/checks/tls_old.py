"""tls-old: TLS 1.0, 1.1 or SSL, which RFC 8996 has retired; or a key that is too short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

OLD = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"})
OLD_SIGNATURES = frozenset({"md5", "sha1"})
_RSA = re.compile(r"RSA (\d+)")
SHORTEST_RSA = 2048  # bits


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """What was negotiated with us, who offer the newest there is."""
    certificate = site.certificate
    if certificate is None:
        return
    faults = []
    if certificate.protocol in OLD:
        faults.append(f"协议 {certificate.protocol}")
    size = _RSA.search(certificate.key)
    if size is not None and int(size[1]) < SHORTEST_RSA:
        faults.append(f"密钥 {certificate.key}")
    if certificate.signature.lower() in OLD_SIGNATURES and not certificate.self_signed:
        faults.append(f"签名算法 {certificate.signature}")
    if faults:
        yield rules.finding(
            Code.TLS_OLD,
            site.start,
            "，".join(faults),
            f"加密方式过旧（{'，'.join(faults)}）。请启用 TLS 1.2 以上，更换过弱的密钥和证书。",
        )
