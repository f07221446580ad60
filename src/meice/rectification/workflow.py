"""What may come after what: an order, its items, a request for more time, a circular; the terms."""

from enum import StrEnum

from meice.kernel.flow import Flow, Step
from meice.rectification import policies
from meice.rectification.catalogue import Severity
from meice.rectification.models import (
    IN_FORCE,
    CircularStatus,
    ExtensionStatus,
    ItemStatus,
    OrderStatus,
)

DRAFT, ISSUED, MENDING = OrderStatus.DRAFT, OrderStatus.ISSUED, OrderStatus.MENDING
CONFIRMING, REPLIED = OrderStatus.CONFIRMING, OrderStatus.REPLIED
REOPENED, CLOSED, WITHDRAWN = OrderStatus.REOPENED, OrderStatus.CLOSED, OrderStatus.WITHDRAWN
AT_WORK = (MENDING, REOPENED)

ORDER = Flow(
    OrderStatus,
    [
        Step("issue", "签发", (DRAFT,), ISSUED, policies.may_issue_order),
        Step("acknowledge", "签收", (ISSUED,), MENDING, policies.may_acknowledge_order),
        Step("reply", "答复", AT_WORK, CONFIRMING, policies.may_reply_to_order),
        Step("attest", "凭盖章件答复", AT_WORK, REPLIED, policies.may_reply_to_order),
        Step("confirm", "确认答复", (CONFIRMING,), REPLIED, policies.may_confirm_reply),
        Step("decline", "退回修改", (CONFIRMING,), MENDING, policies.may_confirm_reply),
        Step("return", "退回重改", (REPLIED,), REOPENED, policies.may_return_reply),
        Step("close", "销号", (REPLIED,), CLOSED, policies.may_close_order),
        Step("withdraw", "撤销", (DRAFT, *IN_FORCE), WITHDRAWN, policies.may_withdraw_order),
    ],
    initial=DRAFT,
)

ITEM = Flow(
    ItemStatus,
    [
        Step("answer", "答复", (ItemStatus.OPEN,), ItemStatus.ANSWERED),
        Step("accept", "认定已改", (ItemStatus.ANSWERED,), ItemStatus.FIXED),
        Step("reject", "认定未改", (ItemStatus.ANSWERED,), ItemStatus.OPEN),
        Step("drop", "不再要求", (ItemStatus.OPEN, ItemStatus.ANSWERED), ItemStatus.DROPPED),
    ],
    initial=ItemStatus.OPEN,
)

EXTENSION = Flow(
    ExtensionStatus,
    [
        Step(
            "grant", "同意延期", (ExtensionStatus.ASKED,), ExtensionStatus.GRANTED,
            policies.may_grant_extension,
        ),
        Step(
            "refuse", "不同意延期", (ExtensionStatus.ASKED,), ExtensionStatus.REFUSED,
            policies.may_refuse_extension,
        ),
    ],
    initial=ExtensionStatus.ASKED,
)  # fmt: skip

CIRCULAR = Flow(
    CircularStatus,
    [
        Step(
            "publish", "印发", (CircularStatus.DRAFT,), CircularStatus.PUBLISHED,
            policies.may_publish_circular,
        ),
        Step(
            "recall", "收回", (CircularStatus.PUBLISHED,), CircularStatus.RECALLED,
            policies.may_recall_circular,
        ),
    ],
    initial=CircularStatus.DRAFT,
)  # fmt: skip


class TermName(StrEnum):
    """Terms in working days; every school's numbers differ (domain.md 1.5, 2.3)."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    REOPEN = "reopen"
    RECEIPT = "receipt"
    BEFORE = "before"
    LEADER = "leader"
    DEPARTMENT = "department"


TERMS: dict[TermName, tuple[str, int]] = {
    TermName.VETO: ("整改期限：严重", 3),
    TermName.MAJOR: ("整改期限：较重", 10),
    TermName.MINOR: ("整改期限：一般", 15),
    TermName.REOPEN: ("退回重改的新期限", 5),
    TermName.RECEIPT: ("签发后多久没签收要提醒", 2),
    TermName.BEFORE: ("到期前多久提醒", 2),
    TermName.LEADER: ("逾期多久报单位主管领导", 3),
    TermName.DEPARTMENT: ("逾期多久列入宣传部督办", 5),
}
TERM_OF = {
    Severity.VETO: TermName.VETO,
    Severity.MAJOR: TermName.MAJOR,
    Severity.MINOR: TermName.MINOR,
}
REPEATED = 3
"""From so many reminders on an order is 多次提醒仍未整改 (domain.md 1.5)."""
