"""Writing, sending, publishing, mending, withdrawing."""

from collections.abc import Iterator

from meice.editorial.models import (
    ContentClass,
    Manuscript,
    Origin,
    ReviewStatus,
    Revision,
)
from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

OPERATORS_ONLY = "这一步由稿件所在单位的运维人员办理。"
PUBLISHERS_ONLY = "发布由稿件所在单位的运维人员或宣传部办理。"
NOT_OUT = "还没有发布过，不用{}。"


def may_draft_manuscript(by: User, unit: Unit | None = None) -> Verdict:
    """Whoever keeps the unit's outlets."""
    return when(by.has(Right.DRAFT_BUSINESS, unit), "稿件由单位的运维人员起草。")


def may_write(by: User, manuscript: Manuscript) -> Verdict:
    """Save a new revision: an operator of the unit, while it is with the author."""
    return _operates(manuscript, by) & when(
        manuscript.is_in_hand,
        f"现在是「{manuscript.state.label}」，先收回修改再改；改过的稿件要从一审重新走。",
    )


def may_submit(manuscript: Manuscript, by: User) -> Verdict:
    """An operator of the unit; everything that must be declared is."""
    lacking = list(lacking_of(manuscript.newest)) if manuscript.revision_id else ["还没有正文"]
    return _operates(manuscript, by) & when(not lacking, f"不能送审：{'；'.join(lacking)}。")


def lacking_of(revision: Revision) -> Iterator[str]:
    """What must be declared before a reviewer's time is taken, in words."""
    if not revision.body.strip() and not revision.attachments.all():
        yield "没有正文，也没有附件"
    if not revision.is_self_checked:
        yield "保密自查五项还没有做"
    if revision.secrets and revision.content_class != ContentClass.SENSITIVE:
        yield f"保密自查答了涉及「{revision.secret_words[0]}」，稿件类别须选敏感稿件"
    if revision.origin == Origin.REPOST and not (revision.source_name and revision.original_title):
        yield "转载须写来源名称和原标题"
    if revision.content_class != ContentClass.GENERAL and not revision.impact:
        yield "重要稿件和敏感稿件须写社会影响预判"
    unlicensed = [one.name for one in revision.attachments.all() if not one.licence]
    if unlicensed:
        yield f"附件「{unlicensed[0]}」没有写授权"


def may_reopen(manuscript: Manuscript, by: User) -> Verdict:
    """Take it back to write on; what was signed no longer counts."""
    return _operates(manuscript, by) & when(
        manuscript.published_at is None, "已经发布过，改动按更正办理。"
    )


def may_rework(manuscript: Manuscript, by: User) -> Verdict:
    """The same for a correction on its way."""
    return _operates(manuscript, by) & when(
        manuscript.published_at is not None, NOT_OUT.format("更正")
    )


def may_drop(manuscript: Manuscript, by: User) -> Verdict:
    """Lay aside what never went out."""
    return _operates(manuscript, by) & when(
        manuscript.published_at is None, "已经发布过，不能作废；请撤稿。"
    )


def may_publish(manuscript: Manuscript, by: User) -> Verdict:
    """授权发布: the first time; the text all signatures stand under."""
    return (
        _publishes(manuscript, by)
        & _signed(manuscript)
        & when(manuscript.published_at is None, "这是更正，请按发布更正办理。")
    )


def may_republish(manuscript: Manuscript, by: User) -> Verdict:
    """The corrected text, in place of what stands there."""
    return (
        _publishes(manuscript, by)
        & _signed(manuscript)
        & when(manuscript.published_at is not None, NOT_OUT.format("更正"))
    )


def may_correct(manuscript: Manuscript, by: User) -> Verdict:
    """Begin a correction of what is out; it goes through the whole chain again."""
    return _publishes(manuscript, by)


def may_withdraw(manuscript: Manuscript, by: User) -> Verdict:
    """The unit's leader, or the department; of what is out."""
    held = by.has(Right.CONFIRM_BUSINESS, manuscript.unit) or by.has(
        Right.DECIDE_BUSINESS, manuscript.unit
    )
    return when(held, "撤稿由单位的主管领导或宣传部决定。") & when(
        manuscript.published_at is not None, NOT_OUT.format("撤稿")
    )


def may_check_page(by: User, manuscript: Manuscript) -> Verdict:
    """Have the published pages looked at now."""
    return _publishes(manuscript, by) & when(
        manuscript.published_at is not None, NOT_OUT.format("核对页面")
    )


def _operates(manuscript: Manuscript, by: User) -> Verdict:
    return when(by.has(Right.DRAFT_BUSINESS, manuscript.unit), OPERATORS_ONLY)


def _publishes(manuscript: Manuscript, by: User) -> Verdict:
    held = by.has(Right.DRAFT_BUSINESS, manuscript.unit) or by.has(
        Right.DECIDE_BUSINESS, manuscript.unit
    )
    return when(held, PUBLISHERS_ONLY)


def _signed(manuscript: Manuscript) -> Verdict:
    """Every stage of the round has passed, on the very text that would go out."""
    if manuscript.approved_id is None or manuscript.approved_id != manuscript.revision_id:
        return refused("正文在终审之后改过，须重新送审。")
    unsigned = [one.name for one in manuscript.present if one.status != ReviewStatus.PASSED]
    return ALLOWED if not unsigned else refused(f"「{unsigned[0]}」还没有签。")
