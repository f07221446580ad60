"""personal-data: identity, card and mobile numbers in pages and attachments (domain.md 5.3).

Each number stands its checksum or is of an opened segment; filings in the footer are no persons.
Evidence is masked as the standard says: identity and card keep 6 and 4, mobiles 3 and 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from meice.engines.marks import PERSONAL, Kind, Mark, find_marks, mask_mark
from meice.engines.webprobe.checks.site import Document, Reading
from meice.engines.webprobe.findings import Code, Finding, Severity
from meice.engines.webprobe.rules.model import RuleSet

NAMES: Mapping[Kind, str] = MappingProxyType(
    {Kind.ID_CARD: "身份证号", Kind.BANK_CARD: "银行卡号", Kind.MOBILE: "手机号码"}
)
SHOWN = 3
# Eleven digits and more, with what may stand between and before them (粤公网安备, +86). Tried only
# where digits begin, and never a second time: lists of dates are full of short ones.
_DIGITS = re.compile(
    r"[0-9０-９](?<![0-9０-９][0-9０-９])(?<![0-9０-９][ \-－][0-9０-９])"
    r"(?:[ \-－]?[0-9０-９]){10,}+[Xx]?"
)
_BEFORE = 12
_LOOKED_FOR = (*sorted(PERSONAL), Kind.ICP, Kind.POLICE_RECORD)
MEND = "请立即撤下或按规范脱敏（身份证号留前6后4，手机号留前3后4），过期公示一并撤下。"


def check(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """One finding for each kind of number on a page."""
    yield from _in_text(reading.page.text, reading.url, "网页", rules)


def check_document(document: Document, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """The same in an attachment; ``url`` is the attachment's, the page is in the evidence."""
    where = f"附件“{document.name}”（见于 {document.found_on}）"
    yield from _in_text(document.text, document.url, where, rules)


def _in_text(text: str, url: str, where: str, rules: RuleSet) -> Iterator[Finding]:
    by_kind: dict[Kind, dict[str, Mark]] = {}
    for mark in _marks(text):
        if mark.kind in PERSONAL:
            by_kind.setdefault(mark.kind, {}).setdefault(mark.value, mark)
    for kind, marks in by_kind.items():
        shown = "、".join(mask_mark(mark) for mark in list(marks.values())[:SHOWN])
        more = " 等" if len(marks) > SHOWN else ""
        yield rules.finding(
            Code.PERSONAL_DATA,
            url,
            f"{where}：{NAMES[kind]} {len(marks)} 个：{shown}{more}",
            f"公开了未脱敏的{NAMES[kind]}。{MEND}",
            severity=_severity(kind, len(marks), rules),
        )


def _marks(text: str) -> Iterator[Mark]:
    """The marks of a text, looked for only where enough digits stand together."""
    for digits in _DIGITS.finditer(text):
        yield from find_marks(
            text[max(0, digits.start() - _BEFORE) : digits.end() + 1], _LOOKED_FOR
        )


def _severity(kind: Kind, count: int, rules: RuleSet) -> Severity | None:
    """A mobile or two may be the office's, put there with leave; a list of them is not."""
    few = kind is Kind.MOBILE and count < rules.thresholds.mobiles_are_a_list
    return Severity.MINOR if few else None
