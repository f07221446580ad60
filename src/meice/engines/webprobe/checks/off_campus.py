"""off-campus: 双非 sites: outside address or outside domain with the school's content.

(1) school domain on an outside address; (2) another domain on a campus address; (3) both outside,
with the school's content (西北工业大学 2018, 陕西师大 2021, both 按教育部文件要求). Without the
school's domains and networks nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address

from meice.engines.webprobe.checks.links import host_of
from meice.engines.webprobe.checks.site import Campus, Site
from meice.engines.webprobe.checks.words import under
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

MEND = "请迁入校内并使用学校域名，由信息化部门统一管理；逾期应停止解析或关闭。"


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """``site`` was given as one of ours; where names are known, the third case needs one of them."""
    campus = site.campus
    host = host_of(site.home.url if site.home else site.start)
    ours = under(host, [each.lower().lstrip(".") for each in campus.domains])
    own_name = ours if campus.domains else None
    own_address = _on_campus(site.address, campus)
    reason = _reason(own_name, own_address)
    if not reason or (own_name is False and own_address is False and not _speaks_for(site)):
        return
    yield rules.finding(
        Code.OFF_CAMPUS,
        site.home.url if site.home else site.start,
        f"域名 {host}，地址 {site.address or '未知'}",
        f"{reason}，属“双非”网站。{MEND}",
    )


def _on_campus(address: str, campus: Campus) -> bool | None:
    if not campus.networks or not address:
        return None
    try:
        number = ip_address(address)
    except ValueError:
        return None
    return any(number in network for network in campus.networks)


def _reason(own_name: bool | None, own_address: bool | None) -> str:
    """None is not known, and alone gives no reason."""
    if own_name is False and own_address is False:
        return "校外地址、校外域名，却以学校名义提供内容"
    if own_name is False:
        return "校内地址、非学校域名" if own_address else "非学校域名"
    if own_address is False:
        return "学校域名、校外地址" if own_name else "校外地址"
    return ""


def _speaks_for(site: Site) -> bool:
    """Whether the home page names the school; assumed where its names are not known."""
    if not site.campus.names:
        return True
    home = site.home
    return home is not None and any(
        name in home.title or name in home.text for name in site.campus.names
    )
