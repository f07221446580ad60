"""The department's side: claim, say what is wrong by cell, return, receive, exempt, tick paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.surveys import policies
from meice.surveys.actions.campaigns import keepers_of
from meice.surveys.actions.events import finish, lock_submission, take, tell
from meice.surveys.models import Remark, Submission, SubmissionRow


@transaction.atomic
def claim_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """Out of the queue, into one person's hands."""
    submission = take(submission, "claim", by)
    submission.claimed_by, submission.claimed_at = by, at
    finish(submission, "claim", by=by, at=at)
    return submission


@transaction.atomic
def release_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """Back into the queue."""
    submission = take(submission, "release", by)
    submission.claimed_by = submission.claimed_at = None
    finish(submission, "release", by=by, at=at)
    return submission


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """One cell (or row, or a place of annex 2) and what to mend there."""

    annex: int
    text: str
    row: SubmissionRow | None = None
    column: str = ""
    place: str = ""


@transaction.atomic
def add_remark(submission: Submission, draft: RemarkDraft, *, by: User, at: datetime) -> Remark:
    """Note what is wrong with a cell; the unit sees it when the submission is returned."""
    submission = lock_submission(submission)
    require(policies.may_return_submission(submission, by))
    if submission.status != "reported":
        raise Refused(f"现在是「{submission.state.label}」，不能写退回意见。")
    if not draft.text.strip():
        raise Refused("写明这一格要改什么。")
    if draft.row is not None and draft.row.submission_id != submission.pk:
        raise Refused("这一行不在这份填报里。")
    was = draft.row.cells.get(draft.column, "") if draft.row else ""
    return Remark.objects.create(
        submission=submission,
        round=submission.round,
        annex=draft.annex,
        row=draft.row,
        column=draft.column,
        place=draft.place[:40],
        was=was,
        text=draft.text.strip()[:500],
        at=at,
        by=by,
        by_name=by.name,
    )


@transaction.atomic
def drop_remark(remark: Remark, *, by: User) -> None:
    """Take a remark back before the submission is returned."""
    submission = lock_submission(remark.submission)
    require(policies.may_return_submission(submission, by))
    if submission.status != "reported" or remark.round != submission.round:
        raise Refused("已经退回的意见不能删。")
    remark.delete()


@transaction.atomic
def return_submission(
    submission: Submission, *, note: str = "", by: User, at: datetime
) -> Submission:
    """Back to the unit: with at least one remark on a cell, or a text."""
    return _give_back(take(submission, "return", by), "return", note, by, at)


@transaction.atomic
def reopen_submission(submission: Submission, *, note: str, by: User, at: datetime) -> Submission:
    """Return what was received already."""
    return _give_back(take(submission, "reopen", by), "reopen", note, by, at)


def _give_back(submission: Submission, act: str, note: str, by: User, at: datetime) -> Submission:
    remarks = submission.remarks.filter(round=submission.round, resolved_at=None).count()
    if not remarks and not note.strip():
        raise Refused("退回须写原因：标出要改的格子，或写一段意见。")
    submission.returned_note = note.strip()
    submission.claimed_by = submission.claimed_at = None
    submission.decided_by, submission.decided_at = by, at
    finish(submission, act, by=by, at=at, note=note.strip(), detail={"remarks": remarks})
    people = keepers_of([submission.unit]).get(submission.unit_id, [])
    text = f"退回待改：{submission.campaign.title}，{remarks} 个单元格"
    if not remarks:
        text = f"退回待改：{submission.campaign.title}"
    tell(people, submission, text, besides=by)
    return submission


@transaction.atomic
def accept_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """Received: its rows count in the consolidation from now on."""
    submission = take(submission, "accept", by)
    submission.decided_by, submission.decided_at = by, at
    submission.remarks.filter(resolved_at=None).update(resolved_at=at, resolved_by=by)
    finish(submission, "accept", by=by, at=at)
    people = keepers_of([submission.unit]).get(submission.unit_id, [])
    text = f"已接收：{submission.campaign.title}"
    tell(people, submission, text, besides=by, kind=NoticeKind.RESULT)
    return submission


@transaction.atomic
def exempt_submission(submission: Submission, *, reason: str, by: User, at: datetime) -> Submission:
    """免报, with a reason."""
    submission = take(submission, "exempt", by)
    if not reason.strip():
        raise Refused("免报须写原因。")
    submission.exempt_reason = reason.strip()[:200]
    finish(submission, "exempt", by=by, at=at, note=reason.strip())
    return submission


@transaction.atomic
def require_submission(submission: Submission, *, by: User, at: datetime) -> Submission:
    """The unit has to report after all."""
    submission = take(submission, "require", by)
    submission.exempt_reason = ""
    finish(submission, "require", by=by, at=at)
    people = keepers_of([submission.unit]).get(submission.unit_id, [])
    tell(people, submission, f"请填报：{submission.campaign.title}", besides=by)
    return submission


@transaction.atomic
def note_paper(submissions: Iterable[Submission], *, received: bool, by: User, at: datetime) -> int:
    """The stamped paper came (or a tick was wrong); gives how many were changed."""
    changed = 0
    for each in sorted(submissions, key=lambda submission: submission.pk):
        submission = lock_submission(each)
        require(policies.may_note_paper(submission, by))
        if received == (submission.paper_received_at is not None):
            continue
        submission.paper_received_at = at if received else None
        submission.paper_received_by = by if received else None
        submission.save(update_fields=["paper_received_at", "paper_received_by"])
        detail = {"received": received}
        record("submission.paper", submission, by=by, detail=detail, unit_path=submission.unit_path)
        changed += 1
    return changed
