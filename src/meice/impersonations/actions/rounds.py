"""What comes round by itself: days that are over are told once, units that moved are followed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from meice.impersonations.actions import candidates, events
from meice.impersonations.models import OPEN, Impersonation, Report
from meice.notices.models import NoticeKind

WORDS = {
    "reported": "举报还没有受理",
    "judging": "还没有研判",
    "confirmed": "已认定，还没有报送",
    "applied": "对方的答复期限已到，请登记答复或改报其他渠道",
    "returned": "再次出现，还没有报送",
    "watched": "到期复查：看它是否又出现、是否换了名",
}


def remind_due(now: datetime) -> int:
    """Tell the department of each day that is over, once; gives how many dockets were told of."""
    today = timezone.localdate(now)
    over = Q(status__in=OPEN, due_on__lt=today) & ~Q(told_on=F("due_on"), told_on__isnull=False)
    again = Q(status="watched", check_on__lte=today) & ~Q(
        told_on=F("check_on"), told_on__isnull=False
    )
    rows = Impersonation.objects.filter(over | again).values_list("pk", flat=True)
    return sum(_remind(pk, now) for pk in list(rows))


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    docket = events.lock_docket(Impersonation(pk=pk))
    day = docket.check_on if docket.status == "watched" else docket.due_on
    if day is None or docket.told_on == day or docket.status not in WORDS:
        return 0
    docket.told_on = day
    docket.save(update_fields=["told_on"])
    text = f"{docket}：{WORDS[docket.status]}{_alike(docket)}"
    events.tell(events.department_of(docket.unit), docket, text, kind=NoticeKind.REMINDER)
    return 1


def _alike(docket: Impersonation) -> str:
    """On the day of a re-check: how many names like this one were seen since. A hint, no verdict."""
    number = candidates.count_suspects(docket) if docket.status == "watched" else 0
    return f"。结案后看到 {number} 个相似名称，先看这些" if number else ""


def follow_units() -> int:
    """Write the units' present paths on the rows of this room; how many were behind."""
    behind = 0
    for model in (Impersonation, Report):
        rows = model._default_manager.exclude(unit_path=F("unit__path")).exclude(unit=None)
        for pk, path in rows.values_list("pk", "unit__path"):
            behind += model._default_manager.filter(pk=pk).update(unit_path=path)
    return behind
