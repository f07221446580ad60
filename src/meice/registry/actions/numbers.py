"""Numbers that are given once: BA-2026-0602, M-0412, LW-2026-011."""

from django.db.models import F

from meice.registry.models import Counter

OUTLETS, FILINGS, EXCEPTIONS = "M", "BA", "LW"


def take_next(series: str, year: int = 0) -> int:
    """The next of a series, inside the caller's transaction: a refused act gives it back.

    The counter's row stays locked until that transaction ends, so a series has no gap.
    """
    Counter.objects.get_or_create(series=series, year=year)
    Counter.objects.filter(series=series, year=year).update(last=F("last") + 1)
    return Counter.objects.get(series=series, year=year).last


def take_number(series: str, year: int = 0) -> str:
    """The next of a series as the register writes it."""
    last = take_next(series, year)
    return f"{series}-{year}-{last:04d}" if year else f"{series}-{last:04d}"
