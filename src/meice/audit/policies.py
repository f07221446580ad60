"""Who may read and verify the log. Rights are named as `orgs.roles.Right` spells them."""

from typing import Any

from meice.audit.models import READ_AUDIT
from meice.kernel.access import Verdict, when

VERIFY_AUDIT = "audit.verify"


def may_read(user: Any) -> Verdict:
    """Auditors, each for the subtree of the post."""
    return when(user.has(READ_AUDIT), otherwise="审计日志由审计人员查看。")


def may_verify(user: Any) -> Verdict:
    """Auditors may have the whole chain verified at any time."""
    return when(user.has(VERIFY_AUDIT), otherwise="校验审计链由审计人员办理。")
