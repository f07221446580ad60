"""tampered: the home page is no longer the one that a person last confirmed.

Compared by what it says and how it is built, not byte by byte: news, dates and counters may change,
a redesign will be found too and is then confirmed as the new state. A page that boasts of the
break-in is found without any earlier state.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks import words
from meice.engines.webprobe.checks.prints import Fingerprint, likeness
from meice.engines.webprobe.checks.site import Home, Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

REPLACED = 0.15  # likeness of text and of structure below which it is another page
NEARLY_EMPTY = 400  # characters
MEND = "请与上次确认的页面对照：确被篡改的，断开、取证、恢复并修补；是改版的，请确认为新的状态。"


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding with all that changed."""
    home = site.home
    if home is None or not home.readable:
        return
    reasons = [*_boasts(home), *_changes(site.known.confirmed, home.fingerprint)]
    if reasons:
        since = site.known.confirmed_on
        told = f"（上次确认 {since.isoformat()}）" if since else ""
        yield rules.finding(
            Code.TAMPERED,
            home.url,
            f"{'；'.join(reasons)}{told}",
            f"首页疑被篡改：{'；'.join(reasons)}。{MEND}",
        )


def _boasts(home: Home) -> Iterator[str]:
    found = words.DEFACED.search(home.title) or (
        words.DEFACED.search(home.text) if len(home.text) <= NEARLY_EMPTY else None
    )
    if found:
        yield f"页面写着“{found[0]}”"


def _changes(before: Fingerprint | None, after: Fingerprint) -> Iterator[str]:
    if before is None:
        return
    text = likeness(before.text, after.text)
    built = likeness(before.structure, after.structure)
    if text < REPLACED and built < REPLACED:
        yield f"文字和结构都已不同（相同 {text:.0%}、{built:.0%}），标题“{before.title}”变为“{after.title}”"
    called = sorted(after.called - before.called)
    foreign = [host for host in called if not words.under(host, words.HARMLESS)]
    if foreign:
        yield f"新引用了外部脚本或框架：{'、'.join(foreign)}"
