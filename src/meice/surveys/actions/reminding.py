"""Reminding: by hand, three clicks for all late ones, and by the ladder of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meice.audit.actions import record
from meice.kernel.access import require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.surveys import policies
from meice.surveys.actions.campaigns import keepers_of
from meice.surveys.actions.events import tell
from meice.surveys.models import (
    LADDER,
    UNREPORTED,
    Campaign,
    CampaignStatus,
    Reminder,
    Submission,
    SubmissionStatus,
)

MORNING = time(8, 30)
TO_MEND = SubmissionStatus.RETURNED


@transaction.atomic
def remind_units(
    campaign: Campaign, submissions: Iterable[Submission], *, by: User, at: datetime
) -> int:
    """Tell who keeps each of them now; gives how many units were reminded. Those that have
    reported meanwhile are left alone."""
    require(policies.may_remind(by, campaign))
    wanted = campaign.submissions.filter(
        pk__in=[submission.pk for submission in submissions], status__in=[*UNREPORTED, TO_MEND]
    )
    chosen = list(wanted.select_related("unit", "campaign").order_by("pk"))
    reached = _remind(campaign, chosen, None, by, at)
    detail = {"units": len(chosen), "people": reached}
    record("campaign.remind", campaign, by=by, detail=detail, unit_path=campaign.unit_path)
    return len(chosen)


def climb_ladder(at: datetime) -> int:
    """One round of the ladder: on its day, from 8:30 on, each rung reminds each unit once.

    Missed days are not made up for: only today's rung counts. Gives how many units.
    """
    told = 0
    for campaign in Campaign.objects.filter(status=CampaignStatus.OPEN).select_related("unit"):
        rung = rung_of(campaign, at)
        if rung is not None:
            told += _climb(campaign, rung, at)
    return told


def rung_of(campaign: Campaign, at: datetime) -> int | None:
    """Today's rung of the ladder, None on other days and before 8:30."""
    here = timezone.localtime(at)
    days = (here.date() - timezone.localdate(campaign.deadline)) // timedelta(days=1)
    return days if days in LADDER and here.time() >= MORNING else None


@transaction.atomic
def _climb(campaign: Campaign, rung: int, at: datetime) -> int:
    list(Campaign.objects.select_for_update().filter(pk=campaign.pk).values_list("pk"))
    waiting = campaign.submissions.filter(status__in=UNREPORTED)
    waiting = waiting.exclude(reminders__rung=rung).select_related("unit", "campaign")
    chosen = list(waiting.order_by("pk"))
    if chosen:
        reached = _remind(campaign, chosen, rung, None, at)
        detail = {"units": len(chosen), "people": reached, "rung": rung}
        record("campaign.ladder", campaign, by=None, detail=detail, unit_path=campaign.unit_path)
    return len(chosen)


def _remind(
    campaign: Campaign,
    chosen: Sequence[Submission],
    rung: int | None,
    by: User | None,
    at: datetime,
) -> int:
    units = [submission.unit for submission in chosen]
    operators, leaders = keepers_of(units), keepers_of(units, Role.LEADER)
    made, total = [], 0
    for submission in chosen:
        waits = submission.status == SubmissionStatus.AWAITING_LEADER
        people = (leaders if waits else operators).get(submission.unit_id) or leaders.get(
            submission.unit_id, []
        )
        text = _words(submission, at)
        reached = tell(people, submission, text, kind=NoticeKind.REMINDER)
        total += reached
        made.append(
            Reminder(
                campaign=campaign, submission=submission, rung=rung, at=at, by=by, reached=reached
            )
        )
    Reminder.objects.bulk_create(made, batch_size=500)
    Submission.objects.filter(pk__in=[submission.pk for submission in chosen]).update(
        reminded_at=at, reminded_times=F("reminded_times") + 1
    )
    return total


def _words(submission: Submission, at: datetime) -> str:
    campaign = submission.campaign
    if submission.status == TO_MEND:
        return f"催办：{campaign.title}退回待改，请改好再报"
    what = "等你确认报送" if submission.status == "awaiting_leader" else "还没有报送"
    when = "已过截止时间" if campaign.is_late(at) else f"{campaign.deadline_text}截止"
    return f"催办：{campaign.title}{what}，{when}"
