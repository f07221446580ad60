"""May she do this with her check, and if not, why? (Whose check it is, `visible_to` decides.)"""

from meice.kernel.access import ALLOWED, Verdict, refused
from meice.surveys.models import AnnexCheck, CheckedForm


def may_merge(check: AnnexCheck) -> Verdict:
    """A package needs at least one accepted file."""
    if not check.is_done:
        return refused("还没有查完，查完才能生成汇总包。")
    if not check.accepted_count:
        return refused("没有收下的文件。改好后重传，再生成汇总包。")
    return ALLOWED


def may_rewrite(form: CheckedForm) -> Verdict:
    """A form is written anew when it was recognised and accepted."""
    if form.annex is None:
        return refused("没有认出是哪张表，不能重写。")
    if not form.accepted:
        return refused(f"还有 {form.error_count} 处错误，改完才能重写。")
    return ALLOWED


def may_recheck(check: AnnexCheck, *, is_given_up: bool) -> Verdict:
    """Only a check whose job was given up is queued again."""
    if check.is_done:
        return refused("已经查完了。")
    return ALLOWED if is_given_up else refused("正在检查，不用再排。")
