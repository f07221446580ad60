"""Who may change a school's lexicons, and who approves: always another person."""

from meice.editorial.models.lexicon import Lexicon
from meice.editorial.models.opinion import TermException
from meice.editorial.models.term import AT_ONCE, ChangeKind, ChangeStatus, TermChange
from meice.kernel.access import Verdict, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

DEPARTMENT_ONLY = "词库由宣传部维护；发现误报请在读稿结果里点「误报」。"


def may_keep_lexicons(by: User, unit: Unit | None = None) -> Verdict:
    """Make lexicons, propose, import, end entries: the department over the unit."""
    return when(by.has(Right.DECIDE_BUSINESS, unit), DEPARTMENT_ONLY)


def may_propose_change(change: TermChange, by: User) -> Verdict:
    """Who made it, when it was read and brings or ends anything."""
    return (
        _keeps(change, by)
        & when(change.by_id == by.pk, "这份变更是别人拟的，由本人提交。")
        & when(change.read_at is not None, "文件还没有读完，请稍候。")
        & when(_does_something(change), "没有要写入的词条。")
    )


def may_approve_change(change: TermChange, by: User) -> Verdict:
    """Another person of the department."""
    return _keeps(change, by) & when(
        change.by_id != by.pk, "这份变更是你提的，须由宣传部另一人批准。"
    )


def may_refuse_change(change: TermChange, by: User) -> Verdict:
    """As approving."""
    return may_approve_change(change, by)


def may_drop_change(change: TermChange, by: User) -> Verdict:
    """Who made it."""
    return _keeps(change, by) & when(change.by_id == by.pk, "这份变更是别人提的，不能替人放弃。")


def may_apply_change(change: TermChange, by: User) -> Verdict:
    """Ending, rolling back and undoing bring nothing new: they take effect at once."""
    return _keeps(change, by) & when(change.kind in AT_ONCE, "新的词条须由宣传部另一人批准后生效。")


def may_undo_change(by: User, change: TermChange) -> Verdict:
    """An import that took effect, once."""
    return (
        _keeps(change, by)
        & when(change.kind == ChangeKind.IMPORT, "只有导入可以撤销。")
        & when(change.status == ChangeStatus.APPROVED, "还没有生效，不用撤销。")
        & when(not TermChange.objects.filter(undoes=change.pk).exists(), "已经撤销过了。")
    )


def may_roll_back(by: User, lexicon: Lexicon) -> Verdict:
    """The department."""
    return may_keep_lexicons(by, lexicon.unit)


def may_grant_exception(by: User, unit: Unit | None = None) -> Verdict:
    """Let a term be no issue in a unit's copy: the department."""
    return when(by.has(Right.DECIDE_BUSINESS, unit), "词条例外由宣传部同意。")


def may_end_exception(by: User, exception: TermException) -> Verdict:
    """The department, while it holds."""
    return may_grant_exception(by, exception.unit) & when(
        exception.ended_at is None, "这条例外已经取消。"
    )


def may_review_terms(by: User) -> Verdict:
    """Keep a term that many call a false alarm: the department."""
    return when(by.has(Right.DECIDE_BUSINESS), "词条复核由宣传部办理。")


def _keeps(change: TermChange, by: User) -> Verdict:
    return may_keep_lexicons(by, change.lexicon.unit)


def _does_something(change: TermChange) -> bool:
    return change.terms.exists() or change.ends.exists() or change.replaces_all
