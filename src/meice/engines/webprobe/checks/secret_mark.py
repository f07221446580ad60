"""secret-mark: a 密级 with its star (机密★10年) in a page or an attachment (domain.md 5.6).

The star is reserved for state secrets, so this is no guess; the bare words are left alone here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.marks import find_secret_marks
from meice.engines.webprobe.checks.site import Document, Reading
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

LEVELS = ("绝密", "机密", "秘密")


def check(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding a page."""
    yield from _in_text(reading.page.text, reading.url, "网页", rules)


def check_document(document: Document, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding an attachment."""
    where = f"附件“{document.name}”（见于 {document.found_on}）"
    yield from _in_text(document.text, document.url, where, rules)


def _in_text(text: str, url: str, where: str, rules: RuleSet) -> Iterator[Finding]:
    """The mark alone is shown, never the words around it."""
    if not any(level in text for level in LEVELS):
        return
    marks = find_secret_marks(text)
    if marks:
        yield rules.finding(
            Code.SECRET_MARK,
            url,
            f"{where}：{'、'.join(dict.fromkeys(mark.text for mark in marks))}",
            "出现密级标志。请立即下线，保护现场，向保密办报告，由其认定和处置；不要转发本条线索。",
        )
