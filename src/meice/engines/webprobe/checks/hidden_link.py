"""hidden-link: links to other owners that a visitor does not see (暗链, domain.md 5.8).

Menus, tabs and share boxes are hidden with ``display:none`` as well: where the box is a list or is
named like one of these, only its words convict it. A link that is also shown openly on the page
hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks import words
from meice.engines.webprobe.checks.links import host_of, leaves
from meice.engines.webprobe.checks.site import Reading
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages import Concealment, Hidden, Link, Where
from meice.engines.webprobe.rules.model import RuleSet

ORDINARY = frozenset({Concealment.DISPLAY_NONE, Concealment.VISIBILITY, Concealment.ATTRIBUTE})
SHOWN = 3
_LIST = re.compile(r"<(?:ul|ol|dl|li|dd|select|option|table|form|nav)\b", re.IGNORECASE)
_WIDGET = re.compile(
    r"""(?:class|id|name)\s*=\s*["']?[^"'>]*(?:menu|nav|sub|drop|down|select|pop|modal|dialog|tab
    |layer|share|qr|code|mask|float|more|list|link|yqlj|tip|hover|panel|swiper|slide|mobile)""",
    re.IGNORECASE | re.VERBOSE,
)
_CLICKED = frozenset({Where.A, Where.AREA})


def check(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding for each hidden place; the whole page's hidden words are one place more."""
    page = reading.page
    if not page.hidden:
        return
    shown = {host_of(link.url) for link in page.links if link.hidden_by is None}
    for hidden in page.hidden:
        after = hidden.how is Concealment.AFTER_END  # a browser shows these at the very bottom
        links = [link for link in hidden.links if _suspect(link, set() if after else shown)]
        offered = words.offers(" ".join((hidden.text, *(link.text for link in links))))
        if _convicts(hidden, links, offered):
            yield _finding(reading, hidden, links, offered, rules)


def _suspect(link: Link, shown: set[str]) -> bool:
    host = host_of(link.url)
    apart = link.where in _CLICKED and leaves(link) and host not in shown
    return apart and not words.under(host, words.HARMLESS)


def _convicts(hidden: Hidden, links: list[Link], offered: tuple[str, ...]) -> bool:
    if offered:
        return True
    if not links or hidden.how is Concealment.NOSCRIPT:
        return False
    if hidden.how not in ORDINARY:
        return True
    return not (_LIST.match(hidden.markup) or _WIDGET.search(hidden.markup))


def _finding(
    reading: Reading, hidden: Hidden, links: list[Link], offered: tuple[str, ...], rules: RuleSet
) -> Finding:
    targets = "、".join(f"{link.text or '（无文字）'} → {link.url}" for link in links[:SHOWN])
    said = targets or f"“{words.excerpt(hidden.text, offered[0])}”"
    return rules.finding(
        Code.HIDDEN_LINK,
        reading.url,
        f"以 {hidden.how.value} 隐藏，{len(links)} 个外链：{said}；代码 {hidden.markup}",
        "页面里有访问者看不见的链接或文字，可能已被植入暗链。请保留证据后清除，查明入口并修补。",
    )
