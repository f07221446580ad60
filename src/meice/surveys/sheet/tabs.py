"""The tabs above a sheet: 附件1–4 with their errors, and the stamped scan."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from meice.engines.annexes.model import Annex
from meice.surveys.models import Submission
from meice.surveys.sheet.scan import Scan

NAMES = {
    Annex.BASIC: "基本情况",
    Annex.COUNTS: "汇总",
    Annex.FILING: "备案登记",
    Annex.FILINGS: "备案汇总",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its words, where it leads, how many errors it holds."""

    annex: int
    label: str
    note: str
    url: str
    errors: int
    is_current: bool


def tabs_of(submission: Submission, current: int, scan: Scan) -> list[Tab]:
    """The annexes that the campaign asks for, in their order."""
    return [
        Tab(
            annex=int(annex),
            label=f"附件{int(annex)} {NAMES[annex]}",
            note=_note(annex, scan),
            url=reverse("sheet-annex", args=[submission.pk, int(annex)]),
            errors=scan.errors_of(annex),
            is_current=int(annex) == current,
        )
        for annex in submission.campaign.annex_list
    ]


def _note(annex: Annex, scan: Scan) -> str:
    if annex is Annex.COUNTS:
        return "自动计算"
    if annex is Annex.FILING:
        return f"{len(scan.rows[annex])} 份"
    return f"{len(scan.rows[annex])} 行" if annex is Annex.FILINGS else ""
