"""What 通报 counts as checked: looks of the period and what persons have made of their claims.

A claim that waits for a person leaves its outlet unknown; only what a person has confirmed fails
it, and only what was really seen can pass.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from meice.inspections.activity.verdict import Activity
from meice.inspections.models import (
    OPEN,
    STANDING,
    CheckStatus,
    Finding,
    FindingStatus,
    OutletActivity,
    SiteCheck,
)
from meice.kernel.slots import OutletCheck

CHUNK = 500
WAITS = (*OPEN, FindingStatus.LOOKING)
ALIVE = (Activity.ACTIVE, Activity.NEAR)


def checked(outlets: Sequence[int], first: date, last: date) -> Mapping[int, OutletCheck]:
    """By outlet id: those seen between the two days (both included), and with what end."""
    found: dict[int, OutletCheck] = {}
    for start in range(0, len(outlets), CHUNK):
        some = list(outlets[start : start + CHUNK])
        seen = _seen(some, first, last)
        failed, waiting = _with(some, STANDING), _with(some, WAITS)
        for pk, updated in seen.items():
            passed = False if pk in failed else None if pk in waiting else True
            found[pk] = OutletCheck(passed, updated)
    return found


def _seen(outlets: Sequence[int], first: date, last: date) -> dict[int, date | None]:
    """Sites that a probe saw whole, accounts whose sources prove that they speak."""
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    looks = SiteCheck.objects.filter(
        outlet__in=outlets, status=CheckStatus.FINISHED, ended_at__gte=begin, ended_at__lt=end
    )
    found: dict[int, date | None] = dict(
        looks.order_by("ended_at").values_list("outlet", "latest_update")
    )
    judged = OutletActivity.objects.filter(
        outlet__in=outlets, activity__in=ALIVE, judged_at__gte=begin, judged_at__lt=end
    )
    return found | dict(judged.values_list("outlet", "last_post"))


def _with(outlets: Sequence[int], states: Sequence[str]) -> set[int]:
    rows = Finding.objects.filter(outlet__in=outlets, status__in=states)
    return {pk for pk in rows.values_list("outlet", flat=True).distinct() if pk is not None}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
