"""hijacked-domain: a link to a domain that lapsed, was sold, or now belongs to another trade.

Told from the page behind the link: gambling, a parking page, a trade that the link's words do not
speak of, or a redirect to another owner with nothing in common. No answer is no hijack.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks import words
from meice.engines.webprobe.checks.links import host_of, is_address
from meice.engines.webprobe.checks.site import Neighbour, Site
from meice.engines.webprobe.findings import Code, Finding, Severity
from meice.engines.webprobe.pages.addresses import registrable_domain
from meice.engines.webprobe.rules.model import RuleSet

PARKING_PAGE = 2000  # characters; an article about domain sales is longer
MEND = "请立即撤下该链接，并检查同类旧链接；确是合作单位的，请向其核实新地址。"


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding for each linked domain."""
    for neighbour in site.neighbours:
        if neighbour.failure is not None or neighbour.status is None or neighbour.status >= 400:
            continue
        reason, severity = _reason(neighbour)
        if reason:
            yield rules.finding(
                Code.HIJACKED_DOMAIN,
                neighbour.url,
                f"{reason}；链接文字“{neighbour.link_text}”，在 {neighbour.found_on}；"
                f"现为 {neighbour.final_url}，标题“{neighbour.title}”",
                f"链接的域名可能已易主：{reason}。{MEND}",
                severity=severity,
            )


def _reason(neighbour: Neighbour) -> tuple[str, Severity | None]:
    title, text = neighbour.title, neighbour.text
    offered = words.offers(title) or _two(words.offers(text))
    if offered:
        return f"页面是博彩等违法内容（{'、'.join(offered[:3])}）", None
    parked = words.PARKED.search(title) or (
        words.PARKED.search(text) if len(text) <= PARKING_PAGE else None
    )
    if parked:
        return f"域名已停放或待售（{parked[0]}）", Severity.MAJOR
    trade = words.TRADES.search(title)
    if trade and trade[0].lower() not in neighbour.link_text.lower():
        return f"页面已是别的行业（{trade[0]}）", Severity.MAJOR
    if _moved_away(neighbour):
        return "转到了另一个域名，标题与链接文字毫无共同之处", Severity.MINOR
    return "", None


def _two(offered: tuple[str, ...]) -> tuple[str, ...]:
    return offered if len(offered) > 1 else ()


def _moved_away(neighbour: Neighbour) -> bool:
    """Redirected to another registrable domain; neither names nor words have anything in common."""
    before, after = host_of(neighbour.url), host_of(neighbour.final_url)
    one, other = registrable_domain(before), registrable_domain(after)
    if one == other or is_address(before) or is_address(after):
        return False
    if words.under(after, words.HARMLESS) or one.split(".")[0] == other.split(".")[0]:
        return False
    said, shown = _pairs(neighbour.link_text), _pairs(neighbour.title)
    return bool(said) and bool(shown) and said.isdisjoint(shown)


def _pairs(text: str) -> set[str]:
    bare = "".join(character for character in text.lower() if character.isalnum())
    return {bare[at : at + 2] for at in range(len(bare) - 1)}
