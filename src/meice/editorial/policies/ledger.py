"""Who prints the sheet, takes the ledger out, sees the statistics."""

from meice.editorial.models import Manuscript
from meice.kernel.access import Verdict, when
from meice.orgs.models import User
from meice.orgs.roles import Right


def may_print_sheet(by: User, manuscript: Manuscript) -> Verdict:
    """Whoever sees the unit's business or reviews it, once it was sent to the reviewers."""
    sees = by.has(Right.SEE_BUSINESS) or by.has(Right.SEE_SECURITY)
    return when(sees, "你现在的岗位不能打印审批单。") & when(
        manuscript.submitted_at is not None, "还没有送审，没有可打印的审批单。"
    )


def may_see_ledger(by: User) -> Verdict:
    """Whoever sees business."""
    return when(by.has(Right.SEE_BUSINESS), "三审三校记录清单由业务岗位查看。")


def may_export_ledger(by: User) -> Verdict:
    """The same."""
    return may_see_ledger(by)
