"""Claiming a stage, signing it, giving it back: nobody two stages, no author (by default)."""

from collections.abc import Iterable
from datetime import date

from meice.editorial.models import (
    HELD,
    Comment,
    CopyIssue,
    Gate,
    Manuscript,
    ManuscriptStatus,
    Review,
    ReviewStatus,
    StandIn,
)
from meice.engines.zhcheck import Rule, Severity
from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import User


def is_asked(by: User, review: Review, today: date) -> Verdict:
    """Her chosen post holds the stage, or she stands in for somebody whose post does."""
    post = by.post
    if post and post.unit_id == review.unit_id and post.role == review.role:
        return ALLOWED
    return when(
        stand_in_of(by, review, today) is not None,
        f"「{review.name}」由{review.unit_name}的{review.get_role_display()}办理。",
    )


def stand_in_of(by: User, review: Review, today: date) -> StandIn | None:
    """For whom she stands in at this stage on that day."""
    if by.post is None:
        return None
    held = StandIn.objects.on(today).filter(unit=review.unit_id, role=review.role)
    return held.filter(substitute=by.pk).select_related("person").order_by("pk").first()


def is_apart(by: User, review: Review) -> Verdict:
    """Strict separation: no author reviews (but where the school lets her be the first reviewer),
    nobody does two stages of a round."""
    manuscript = review.manuscript
    wrote = by.pk == manuscript.author_id or manuscript.revisions.filter(by=by.pk).exists()
    if wrote and not review.may_be_author:
        return refused("这篇稿件是你写的（或改过），不能自己审。")
    for other in manuscript.present:
        if other.pk != review.pk and other.claimed_by_id == by.pk and other.status in HELD:
            return refused(f"「{other.name}」是你办的，同一篇稿件一人只办一个环节。")
    return ALLOWED


def may_claim_review(by: User, review: Review, today: date) -> Verdict:
    """Take an open stage into her hands."""
    return is_asked(by, review, today) & _open(review) & is_apart(by, review)


def may_release_review(review: Review, by: User) -> Verdict:
    """Give a claimed stage back: who holds it."""
    return when(review.claimed_by_id == by.pk, "这一环节不在你手上。")


def may_decide_review(by: User, review: Review, today: date) -> Verdict:
    """Sign or send back: who claimed it, still of that post, and it is this stage's turn."""
    return (
        is_asked(by, review, today) & is_apart(by, review) & _in_hand(review, by) & _in_turn(review)
    )


def may_hold(review: Review, by: User) -> Verdict:
    """The stage is in her hands (the flow's own rule)."""
    return _in_hand(review, by)


def may_pass(manuscript: Manuscript, by: User) -> Verdict:
    """The stage whose turn it is is hers, and nothing that blocks stands unmended."""
    turn = manuscript.turn
    if turn is None:
        return refused("没有在审的环节。")
    return _in_hand(turn, by) & nothing_blocks(manuscript)


def may_return(manuscript: Manuscript, by: User) -> Verdict:
    """The stage whose turn it is is hers."""
    turn = manuscript.turn
    return _in_hand(turn, by) if turn else refused("没有在审的环节。")


def nothing_blocks(manuscript: Manuscript) -> Verdict:
    """Everything was read; each 必须处理 was mended or waived."""
    revision = manuscript.newest
    if revision.files_read_at is None:
        return refused("附件还没有读完稿，过一会儿再来。")
    blocking = CopyIssue.objects.filter(revision=revision).blocking().count()
    return when(not blocking, f"还有 {blocking} 处「必须处理」，请作者改，或放行并写理由。")


def are_ticked(gates: Iterable[str]) -> Verdict:
    """All five."""
    lacking = [str(gate.label) for gate in Gate if gate.value not in set(gates)]
    return when(not lacking, f"还有 {len(lacking)} 关没有勾：{'、'.join(lacking)}。")


def may_waive_issue(by: User, issue: CopyIssue, manuscript: Manuscript, today: date) -> Verdict:
    """Let a blocking issue of the present text stand: who decides the stage. Never a 密级 mark."""
    turn = manuscript.turn
    if turn is None or issue.revision_id != manuscript.revision_id:
        return refused("这一稿不在审校中。")
    return (
        when(issue.severity == Severity.BLOCK, "只有「必须处理」的才用放行。")
        & when(issue.rule != Rule.SECRET_MARK, "有密级标志的内容不能放行，也不得存放在本系统。")
        & when(issue.waived is None, "已经放行过。")
        & may_decide_review(by, turn, today)
    )


def may_comment(by: User, manuscript: Manuscript, today: date) -> Verdict:
    """Words at the text: who has claimed a stage of this round (in the urgent lane before her
    turn as well)."""
    hers = held_by(manuscript, by)
    return when(hers is not None, "先认领一个环节，再写批注。") & (
        is_asked(by, hers, today) if hers else ALLOWED
    )


def held_by(manuscript: Manuscript, by: User) -> Review | None:
    """The undecided stage of this round in her hands."""
    if manuscript.status != ManuscriptStatus.REVIEWING:
        return None
    claimed = (one for one in manuscript.present if one.status == ReviewStatus.CLAIMED)
    return next((one for one in claimed if one.claimed_by_id == by.pk), None)


def may_drop_comment(by: User, comment: Comment, manuscript: Manuscript) -> Verdict:
    """Her own, while the text is under review and she has not signed."""
    hers = held_by(manuscript, by)
    return when(comment.by_id == by.pk, "只能删自己的批注。") & when(
        hers is not None and comment.revision_id == manuscript.revision_id,
        "意见已经交出，批注不能再删。",
    )


def _open(review: Review) -> Verdict:
    if review.status == ReviewStatus.CLAIMED:
        return refused(f"「{review.name}」已由{review.claimed_name}认领。")
    return when(
        review.status == ReviewStatus.OPEN,
        f"「{review.name}」现在是「{review.state.label}」，不能认领。",
    )


def _in_hand(review: Review, by: User) -> Verdict:
    if review.status == ReviewStatus.CLAIMED and review.claimed_by_id != by.pk:
        return refused(f"「{review.name}」已由{review.claimed_name}认领。")
    return when(review.status == ReviewStatus.CLAIMED, f"先认领「{review.name}」，再写意见。")


def _in_turn(review: Review) -> Verdict:
    turn = review.manuscript.turn
    if turn is None:
        return refused("这一稿不在审校中。")
    return when(turn.pk == review.pk, f"还没轮到：「{turn.name}」还没有通过。")
