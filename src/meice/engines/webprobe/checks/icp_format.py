"""icp-format: the ICP 备案号 is written irregularly, or is not the one in the register.

Guangdong shows the 主体 number without a suffix; one is neither demanded there nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet

_SUFFIX = re.compile(r"-\d+[AXK]?$")


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """Faults of writing first, then the comparison with the register, suffixes aside."""
    mark = site.icp
    if mark is None:
        return
    faults = [*mark.faults]
    known = site.known.icp
    if known and _subject(known) != _subject(mark.number):
        faults.append(f"与备案登记的 {known} 不一致")
    if faults:
        yield rules.finding(
            Code.ICP_FORMAT,
            site.home.url if site.home else site.start,
            f"{mark.text}：{'；'.join(faults)}",
            f"ICP 备案号标示不规范：{'；'.join(faults)}。请按备案号原样改正。",
        )


def _subject(number: str) -> str:
    return _SUFFIX.sub("", "".join(number.split()).upper())
