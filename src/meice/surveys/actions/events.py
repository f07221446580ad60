"""What every act on a submission has in common: the lock, the line in its history, the audit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from meice.audit.actions import Detail, record
from meice.notices.actions import notify_all
from meice.notices.models import NoticeKind
from meice.orgs.models import User, event_facts
from meice.surveys.models import Submission, SubmissionEvent
from meice.surveys.workflow import SUBMISSION


def lock_submission(submission: Submission) -> Submission:
    """The row as it is now, held until the transaction ends, with what the rules ask for."""
    list(Submission.objects.select_for_update().filter(pk=submission.pk).values_list("pk"))
    found = Submission.objects.select_related(
        "campaign__unit", "unit", "claimed_by", "receipt", "prepared", "filled_by"
    )
    return found.get(pk=submission.pk)


def take(submission: Submission, step: str, by: User) -> Submission:
    """Lock it and take the step in memory; raises `Refused` when the state or the rule says no."""
    submission = lock_submission(submission)
    SUBMISSION.take(step, submission, by)
    return submission


def finish(
    submission: Submission,
    act: str,
    *,
    by: User,
    at: datetime,
    note: str = "",
    detail: Detail | None = None,
) -> None:
    """Save, and write the history and the audit of one act."""
    submission.version += 1
    submission.save()
    note_event(submission, act, by=by, at=at, note=note)
    record(f"submission.{act}", submission, by=by, detail=detail, unit_path=submission.unit_path)


def note_event(
    submission: Submission, act: str, *, by: User | None, at: datetime, note: str = ""
) -> None:
    """Who did what when, with the name and post of the moment."""
    facts = event_facts(act, by=by, at=at, note=note)
    SubmissionEvent.objects.create(submission=submission, **facts)


def tell(
    people: Iterable[User],
    submission: Submission,
    text: str,
    *,
    besides: User | None = None,
    kind: NoticeKind = NoticeKind.TASK,
) -> int:
    """One line into the inbox of each; gives how many were told."""
    told = [
        person
        for person in people
        if person.is_active and (besides is None or person.pk != besides.pk)
    ]
    if told:
        notify_all(told, text=text, url=submission.get_absolute_url(), kind=kind)
    return len(told)
