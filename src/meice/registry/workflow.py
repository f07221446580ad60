"""What may come after what: the life of an outlet, a filing, and an import; and their terms."""

from enum import StrEnum

from meice.kernel.flow import Flow, Step
from meice.registry import policies
from meice.registry.models import FilingStatus, IntakeStatus, OutletStatus

DRAFT, CHECKING = FilingStatus.DRAFT, FilingStatus.CHECKING
CONFIRMING, RECEIVING = FilingStatus.CONFIRMING, FilingStatus.RECEIVING
DECIDING, ACCEPTED = FilingStatus.DECIDING, FilingStatus.ACCEPTED
RETURNED, WITHDRAWN = FilingStatus.RETURNED, FilingStatus.WITHDRAWN
WRITABLE = (DRAFT, RETURNED, WITHDRAWN)
WAITING = (CHECKING, CONFIRMING, RECEIVING, DECIDING)

FILING = Flow(
    FilingStatus,
    [
        Step("submit", "交审核", WRITABLE, CHECKING, policies.may_submit_filing),
        Step("present", "交领导确认", WRITABLE, CONFIRMING, policies.may_present_filing),
        Step("attest", "凭盖章件报送", WRITABLE, DECIDING, policies.may_attest_filing),
        Step("check", "审核通过", (CHECKING,), CONFIRMING, policies.may_check_filing),
        Step("confirm", "确认", (CONFIRMING,), DECIDING, policies.may_confirm_filing),
        Step("transfer", "同意转出", (CONFIRMING,), RECEIVING, policies.may_transfer_filing),
        Step("receive", "同意转入", (RECEIVING,), DECIDING, policies.may_receive_filing),
        Step("claim", "认领", (DECIDING,), DECIDING, policies.may_claim_filing),
        Step("release", "放回", (DECIDING,), DECIDING, policies.may_release_filing),
        Step("accept", "受理", (DECIDING,), ACCEPTED, policies.may_accept_filing),
        Step("return", "退回", WAITING, RETURNED, policies.may_return_filing),
        Step(
            "withdraw", "撤回", (DRAFT, RETURNED, *WAITING), WITHDRAWN, policies.may_withdraw_filing
        ),
    ],
    initial=DRAFT,
)

OUTLET = Flow(
    OutletStatus,
    [
        Step("open", "启用", (OutletStatus.PREPARING,), OutletStatus.IN_USE),
        Step("pause", "停用", (OutletStatus.PREPARING, OutletStatus.IN_USE), OutletStatus.PAUSED),
        Step("resume", "恢复使用", (OutletStatus.PAUSED,), OutletStatus.IN_USE),
        Step(
            "cancel",
            "注销",
            (OutletStatus.PREPARING, OutletStatus.IN_USE, OutletStatus.PAUSED),
            OutletStatus.CANCELLED,
        ),
        Step("restore", "恢复登记", (OutletStatus.CANCELLED,), OutletStatus.IN_USE),
    ],
    initial=OutletStatus.PREPARING,
)
OUTLET_STEP: dict[tuple[str, str], str] = {
    (source, step.target): step.name for step in OUTLET.steps.values() for source in step.sources
}
"""Which step leads from one state to another; `restore` only undoes an import or a mistake."""

INTAKE = Flow(
    IntakeStatus,
    [
        Step(
            "apply",
            "导入",
            (IntakeStatus.PREVIEW,),
            IntakeStatus.APPLIED,
            policies.may_apply_intake,
        ),
        Step(
            "drop", "放弃", (IntakeStatus.PREVIEW,), IntakeStatus.DROPPED, policies.may_drop_intake
        ),
        Step(
            "undo",
            "撤销导入",
            (IntakeStatus.APPLIED,),
            IntakeStatus.UNDONE,
            policies.may_undo_intake,
        ),
    ],
    initial=IntakeStatus.PREVIEW,
)


class TermName(StrEnum):
    """The terms in working days. Sources: domain.md 2.3; every school's numbers differ."""

    CONFIRM = "confirm"
    DECIDE = "decide"
    CHANGE = "change"
    CANCEL = "cancel"
    OPEN = "open"
    MERGE = "merge"


TERMS: dict[TermName, tuple[str, int]] = {
    TermName.CONFIRM: ("领导（审核人）确认", 3),
    TermName.DECIDE: ("宣传部受理", 5),
    TermName.CHANGE: ("变动后报变更备案", 3),
    TermName.CANCEL: ("决定注销后报注销备案", 7),
    TermName.OPEN: ("开通后报开设备案", 7),
    TermName.MERGE: ("「待整合」例外的期限", 60),
}
