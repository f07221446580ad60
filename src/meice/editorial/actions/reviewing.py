"""A reviewer's deeds: 认领, 放回, 放行, 批注, 通过, 退回. Each holds the manuscript's lock."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.editorial import policies
from meice.editorial.actions import events
from meice.editorial.actions.submitting import tell_stage, turn_to
from meice.editorial.models import Comment, CopyIssue, Gate, Manuscript, Review, Waiver
from meice.editorial.workflow import MANUSCRIPT, REVIEW
from meice.kernel.access import Refused, require
from meice.orgs.models import User

MOST_COMMENTS = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer says: the gates she ticked, her words, how many mistakes the proof found.

    `revision` is the number of the text she has read: another one is not signed by it.
    """

    revision: int
    gates: Collection[str] = ()
    opinion: str = ""
    mistakes: int = 0


def _locked(review: Review) -> tuple[Manuscript, Review]:
    """The manuscript and its stage as they are now, held until the transaction ends."""
    manuscript = events.lock_manuscript(review.manuscript)
    if review.round != manuscript.round:
        raise Refused("这一轮审校已经结束，稿件改过并重新送审。")
    found = next(one for one in manuscript.present if one.pk == review.pk)
    found.manuscript = manuscript
    return manuscript, found


@transaction.atomic
def claim_review(review: Review, *, by: User, at: datetime) -> Review:
    """认领: of two at once the first has it, the other is told who."""
    manuscript, review = _locked(review)
    today = timezone.localdate(at)
    require(policies.may_claim_review(by, review, today))
    behalf = None
    post = by.post
    if not (post and post.unit_id == review.unit_id and post.role == review.role):
        behalf = policies.stand_in_of(by, review, today)
    REVIEW.take("claim", review, by)
    review.claimed_by, review.claimed_name, review.claimed_at = by, by.name, at
    review.claimed_post = str(post)[:120] if post else ""
    review.on_behalf = behalf.person if behalf else None
    review.on_behalf_name = behalf.person.name if behalf else ""
    review.is_author = by.pk == manuscript.author_id
    review.save()
    events.finish(manuscript, "claim", by=by, at=at, stage=review.name)
    return review


@transaction.atomic
def release_review(review: Review, *, by: User, at: datetime) -> Review:
    """放回: somebody else may claim it."""
    manuscript, review = _locked(review)
    REVIEW.take("release", review, by)
    events.give_back(review)
    events.finish(manuscript, "release", by=by, at=at, stage=review.name)
    tell_stage(manuscript, review, besides=by)
    return review


@transaction.atomic
def pass_review(review: Review, verdict: Verdict, *, by: User, at: datetime) -> Manuscript:
    """通过: signed with all five gates ticked; the next stage, or the approval of the revision."""
    manuscript, review = _deciding(review, verdict, by, at)
    require(policies.may_pass(manuscript, by))
    require(policies.are_ticked(verdict.gates))
    last = review.pk == manuscript.present[-1].pk
    MANUSCRIPT.take("approve" if last else "pass", manuscript, by)
    _sign(review, "pass", verdict, by, at)
    if last:
        return _approve(manuscript, review, verdict, by, at)
    turn = turn_to(manuscript, at)
    events.finish(
        manuscript, "pass", by=by, at=at, stage=review.name, note=verdict.opinion.strip(),
        detail={"stage": review.name, "revision": verdict.revision},
    )  # fmt: skip
    if turn is not None:
        tell_stage(manuscript, turn, besides=by)
    return manuscript


def _approve(
    manuscript: Manuscript, review: Review, verdict: Verdict, by: User, at: datetime
) -> Manuscript:
    manuscript.approved, manuscript.approved_at = manuscript.revision, at
    events.finish(
        manuscript, "approve", by=by, at=at, stage=review.name, note=verdict.opinion.strip(),
        detail={"stage": review.name, "revision": verdict.revision},
    )  # fmt: skip
    text = f"{events.called(manuscript)}第 {verdict.revision} 稿审校完成，可以发布"
    events.tell([manuscript.author], manuscript, text, besides=by)
    return manuscript


@transaction.atomic
def return_review(review: Review, verdict: Verdict, *, by: User, at: datetime) -> Manuscript:
    """退回作者: with words, or with comments at the text; the round is over."""
    manuscript, review = _deciding(review, verdict, by, at)
    comments = manuscript.comments.filter(revision=manuscript.revision_id, by=by.pk).count()
    if not verdict.opinion.strip() and not comments:
        raise Refused("退回须写意见，或在正文上批注，作者才知道改什么。")
    MANUSCRIPT.take("return", manuscript, by)
    _sign(review, "return", verdict, by, at)
    events.void_undecided(manuscript, by)
    manuscript.returns += 1
    events.finish(
        manuscript, "return", by=by, at=at, stage=review.name, note=verdict.opinion.strip(),
        detail={"stage": review.name, "revision": verdict.revision, "comments": comments},
    )  # fmt: skip
    text = f"{events.called(manuscript)}在{review.name}退回，请修改"
    events.tell([manuscript.author], manuscript, text, besides=by)
    return manuscript


def _deciding(
    review: Review, verdict: Verdict, by: User, at: datetime
) -> tuple[Manuscript, Review]:
    manuscript, review = _locked(review)
    require(policies.may_decide_review(by, review, timezone.localdate(at)))
    if verdict.revision != manuscript.newest.number:
        raise Refused(
            f"稿件现在是第 {manuscript.newest.number} 稿，你看的是第 {verdict.revision} 稿。"
        )
    return manuscript, review


def _sign(review: Review, step: str, verdict: Verdict, by: User, at: datetime) -> None:
    REVIEW.take(step, review, by)
    review.gates = [gate.value for gate in Gate if gate.value in verdict.gates]
    review.opinion = verdict.opinion.strip()[:1000]
    review.mistakes = verdict.mistakes
    review.decided_at = at
    review.save()


@transaction.atomic
def waive_issue(issue: CopyIssue, *, reason: str, by: User, at: datetime) -> Waiver:
    """放行: this issue of this revision may stand, and why."""
    manuscript = events.lock_manuscript(issue.revision.manuscript)
    issue = CopyIssue.objects.select_related("waiver").get(pk=issue.pk)
    require(policies.may_waive_issue(by, issue, manuscript, timezone.localdate(at)))
    if not reason.strip():
        raise Refused("放行须写理由。")
    turn = manuscript.turn
    stage = turn.name if turn else ""
    waiver = Waiver.objects.create(
        issue=issue, reason=reason.strip()[:300], by=by, by_name=by.name, at=at, stage=stage
    )
    note = f"{issue.message[:100]}：{waiver.reason}"
    detail = {"rule": issue.rule, "stage": stage}
    events.finish(manuscript, "waive", by=by, at=at, stage=stage, note=note, detail=detail)
    return waiver


@transaction.atomic
def add_comment(
    manuscript: Manuscript, text: str, *, quote: str = "", near: int = 0, by: User, at: datetime
) -> Comment:
    """批注 at the words `quote` of the present text (those nearest to offset `near`), or to the
    whole. `Refused` when the words do not stand there."""
    manuscript = events.lock_manuscript(manuscript)
    require(policies.may_comment(by, manuscript, timezone.localdate(at)))
    if not text.strip():
        raise Refused("批注不能空着。")
    revision = manuscript.newest
    if revision.comments.count() >= MOST_COMMENTS:
        raise Refused(f"一稿最多写 {MOST_COMMENTS} 条批注。")
    start, end = _anchor(revision.copy, quote, near)
    held = policies.held_by(manuscript, by)
    comment = Comment.objects.create(
        manuscript=manuscript, revision=revision, stage=held.name if held else "",
        start=start, end=end, quote=revision.copy[start:end], text=text.strip()[:500],
        by=by, by_name=by.name, at=at,
    )  # fmt: skip
    events.finish(manuscript, "comment", by=by, at=at, stage=comment.stage)
    return comment


def _anchor(copy: str, quote: str, near: int) -> tuple[int, int]:
    bare = quote.replace("\r\n", "\n").strip()
    if not bare:
        return 0, 0
    found = [match.start() for match in re.finditer(re.escape(bare), copy)]
    if not found:
        raise Refused("正文里没有这几个字。从正文里复制原文，或不填、写给全文。")
    start = min(found, key=lambda at: abs(at - near))
    return start, start + len(bare)


@transaction.atomic
def drop_comment(comment: Comment, *, by: User, at: datetime) -> None:
    """Take one's own words back before they were handed over."""
    manuscript = events.lock_manuscript(comment.manuscript)
    require(policies.may_drop_comment(by, comment, manuscript))
    comment.delete()
    events.finish(manuscript, "drop_comment", by=by, at=at)
