"""The four blank forms, with the notice's samples and hint, as units get them."""

from __future__ import annotations

from collections.abc import Mapping

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, Form
from meice.engines.annexes.write.workbook import write_workbook


def blank_workbook(annex: Annex, *, delivery: str = "") -> bytes:
    """One blank form as ``.xls``: annex 1 with the five samples, annex 4 with the hint."""
    samples = columns.SAMPLES if annex is Annex.BASIC else ()
    return write_workbook([Form("", annex, samples=samples)], delivery=delivery, hint=True)


def blank_workbooks(*, delivery: str = "") -> Mapping[str, bytes]:
    """File name → bytes of the four blank forms."""
    return {
        f"{columns.MARKS[annex]}{columns.TITLES[annex]}.xls": blank_workbook(
            annex, delivery=delivery
        )
        for annex in Annex
    }
