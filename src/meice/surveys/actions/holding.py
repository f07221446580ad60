"""What a leaving person holds: submissions claimed, submissions she keeps filling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from meice.audit.actions import record
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.surveys.actions.events import lock_submission, note_event
from meice.surveys.models import EDITABLE, Submission


def held_submissions(person: User) -> Iterable[Submission]:
    """Claimed ones, and open ones that she fills."""
    claimed = Q(claimed_by=person, status="reported")
    fills = Q(filled_by=person, status__in=[*EDITABLE, "awaiting_leader"])
    open_ones = Submission.objects.filter(claimed | fills, campaign__status="open")
    return open_ones.select_related("campaign", "unit").order_by("pk")


def name_held(submission: Submission) -> str:
    """`2026年专项摸排（数信学院）`."""
    return f"{submission.campaign.title}（{submission.unit.called}）"


def move_submission(submission: Submission, to: User, by: User) -> None:
    """Hand it to another, inside the caller's transaction."""
    at: datetime = now()
    locked = lock_submission(submission)
    if locked.status == "reported":
        locked.claimed_by, locked.claimed_at = to, at
        locked.save(update_fields=["claimed_by", "claimed_at"])
    else:
        locked.filled_by = to
        locked.save(update_fields=["filled_by"])
    note_event(locked, "move", by=by, at=at, note=to.name)
    record("submission.move", locked, by=by, detail={"to": to.name}, unit_path=locked.unit_path)
