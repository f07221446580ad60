"""What may come after what: the life of a campaign and of a submission."""

from meice.kernel.flow import Flow, Step
from meice.surveys import policies
from meice.surveys.models import CampaignStatus, SubmissionStatus

UNTOUCHED, DRAFTING = SubmissionStatus.UNTOUCHED, SubmissionStatus.DRAFTING
AWAITING, REPORTED = SubmissionStatus.AWAITING_LEADER, SubmissionStatus.REPORTED
RETURNED, RECEIVED = SubmissionStatus.RETURNED, SubmissionStatus.RECEIVED
EXEMPT = SubmissionStatus.EXEMPT
WRITABLE = (UNTOUCHED, DRAFTING, RETURNED)

CAMPAIGN = Flow(
    CampaignStatus,
    [
        Step(
            "open", "开放填报", (CampaignStatus.DRAFT,), CampaignStatus.OPEN,
            policies.may_open_campaign,
        ),
        Step(
            "close", "锁定填报", (CampaignStatus.OPEN,), CampaignStatus.CLOSED,
            policies.may_close_campaign,
        ),
        Step(
            "reopen", "重新开放", (CampaignStatus.CLOSED,), CampaignStatus.OPEN,
            policies.may_reopen_campaign,
        ),
    ],
    initial=CampaignStatus.DRAFT,
)  # fmt: skip

SUBMISSION = Flow(
    SubmissionStatus,
    [
        Step("start", "开始填写", (UNTOUCHED,), DRAFTING, policies.may_start_submission),
        Step(
            "present", "交领导确认", (DRAFTING, RETURNED), AWAITING,
            policies.may_present_submission,
        ),
        Step("declare", "零报告", WRITABLE, AWAITING, policies.may_declare_submission),
        Step("recall", "收回修改", (AWAITING,), DRAFTING, policies.may_recall_submission),
        Step("decline", "退回修改", (AWAITING,), DRAFTING, policies.may_decline_submission),
        Step("confirm", "确认并报送", (AWAITING,), REPORTED, policies.may_confirm_submission),
        Step(
            "attest", "凭盖章件报送", (DRAFTING, RETURNED), REPORTED,
            policies.may_attest_submission,
        ),
        Step("relay", "代报", (DRAFTING, RETURNED), REPORTED, policies.may_relay_submission),
        Step("revise", "撤回重报", (REPORTED,), DRAFTING, policies.may_revise_submission),
        Step("claim", "认领", (REPORTED,), REPORTED, policies.may_claim_submission),
        Step("release", "放回", (REPORTED,), REPORTED, policies.may_release_submission),
        Step("return", "退回", (REPORTED,), RETURNED, policies.may_return_submission),
        Step("accept", "接收", (REPORTED,), RECEIVED, policies.may_accept_submission),
        Step("reopen", "重新退回", (RECEIVED,), RETURNED, policies.may_reopen_submission),
        Step(
            "exempt", "免报", (UNTOUCHED, DRAFTING), EXEMPT, policies.may_exempt_submission
        ),
        Step("require", "恢复填报", (EXEMPT,), UNTOUCHED, policies.may_require_submission),
    ],
    initial=UNTOUCHED,
)  # fmt: skip
