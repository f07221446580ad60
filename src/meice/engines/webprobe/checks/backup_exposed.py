"""backup-exposed: backups, repositories and settings that anyone can fetch (CWE-530).

A short list of addresses is asked for, the first bytes only. The content must be what the name
says: a site that answers 200 to everything has no backup by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from meice.engines.gate import Answer, Failure
from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

CONTENT: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        ".zip": re.compile(rb"PK\x03\x04|PK\x05\x06"),
        ".rar": re.compile(rb"Rar!\x1a\x07"),
        ".7z": re.compile(rb"7z\xbc\xaf\x27\x1c"),
        ".gz": re.compile(rb"\x1f\x8b"),
        ".tar": re.compile(rb"[\s\S]{257}ustar"),
        ".sql": re.compile(
            rb"[\s\S]{0,2000}?(?:CREATE TABLE|INSERT INTO|DROP TABLE|-- MySQL)", re.I
        ),
        ".bak": re.compile(rb"\s*(?:\xef\xbb\xbf)?<(?:\?xml|configuration|\?php|%)"),
        "/head": re.compile(rb"ref: refs/|[0-9a-f]{40}\s*$"),
        "/entries": re.compile(rb"\d{1,2}\r?\n"),
        ".env": re.compile(rb"(?:#[^\n]*\n|\s)*[A-Z][A-Z0-9_]{2,}\s*="),
    }
)
PACKED = frozenset(
    {"application/zip", "application/x-zip-compressed", "application/x-rar-compressed",
     "application/vnd.rar", "application/octet-stream", "application/gzip", "application/sql"}
)  # fmt: skip


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding for each address; nothing of the content is kept."""
    for answer in site.backups:
        if is_exposed(answer):
            kind = answer.header("content-type") or "未注明类型"
            size = answer.header("content-range").rpartition("/")[2]
            size = size or answer.header("content-length")
            yield rules.finding(
                Code.BACKUP_EXPOSED,
                answer.url,
                f"应答 {answer.status}，{kind}，{size or '未知'} 字节，内容与文件名相符",
                "备份或配置文件可被任何人下载，可能含口令和个人信息。"
                "请立即移出网站目录，更换其中的口令，查看访问日志。",
            )


def is_exposed(answer: Answer) -> bool:
    """The file itself was served: 200 or 206, at its own address, with the content of its kind."""
    if answer.status not in (200, 206) or answer.final_url != answer.url:
        return False
    if answer.failure is Failure.TOO_LARGE:
        return answer.header("content-type").partition(";")[0].strip().lower() in PACKED
    path = urlsplit(answer.url).path.lower()
    shape = next((each for end, each in CONTENT.items() if path.endswith(end)), None)
    return answer.failure is None and shape is not None and bool(shape.match(answer.body))
