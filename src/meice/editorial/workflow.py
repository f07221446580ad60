"""What may come after what: a change of a lexicon."""

from meice.editorial.models.term import ChangeStatus
from meice.editorial.policies import lexicons
from meice.kernel.flow import Flow, Step

PREVIEW, WAITING = ChangeStatus.PREVIEW, ChangeStatus.WAITING
APPROVED, REFUSED, DROPPED = ChangeStatus.APPROVED, ChangeStatus.REFUSED, ChangeStatus.DROPPED

LEXICON_CHANGE = Flow(
    ChangeStatus,
    [
        Step("propose", "提交批准", (PREVIEW,), WAITING, lexicons.may_propose_change),
        Step("approve", "批准", (WAITING,), APPROVED, lexicons.may_approve_change),
        Step("refuse", "不批准", (WAITING,), REFUSED, lexicons.may_refuse_change),
        Step("drop", "放弃", (PREVIEW, WAITING), DROPPED, lexicons.may_drop_change),
        Step("apply", "直接生效", (PREVIEW,), APPROVED, lexicons.may_apply_change),
    ],
    initial=PREVIEW,
)
