"""What may come after what: a docket, a referral; the settings."""

from enum import StrEnum

from meice.impersonations import policies
from meice.impersonations.models import ImpersonationStatus as S
from meice.impersonations.models import ReferralStatus
from meice.kernel.flow import Flow, Step

IMPERSONATION = Flow(
    S,
    [
        Step("accept", "受理", (S.REPORTED,), S.JUDGING, policies.may_decide_docket),
        Step("confirm", "认定假冒", (S.JUDGING,), S.CONFIRMED, policies.may_confirm_docket),
        Step("dismiss", "认定不是假冒", (S.JUDGING,), S.DISMISSED, policies.may_judge_docket),
        Step("doubt", "认定不了", (S.JUDGING,), S.UNCLEAR, policies.may_judge_docket),
        Step(
            "reconsider", "重新研判", (S.DISMISSED, S.UNCLEAR, S.CONFIRMED), S.JUDGING,
            policies.may_reconsider_docket,
        ),
        Step("apply", "申请关停", (S.CONFIRMED, S.RETURNED), S.APPLIED, policies.may_decide_docket),
        Step(
            "close", "结案", (S.CONFIRMED, S.APPLIED, S.RETURNED), S.CLOSED,
            policies.may_decide_docket,
        ),
        Step("watch", "列入复查", (S.CLOSED,), S.WATCHED, policies.may_decide_docket),
        Step("finish", "复查期满", (S.WATCHED,), S.CLOSED, policies.may_decide_docket),
        Step("return", "再次出现", (S.WATCHED, S.CLOSED), S.RETURNED, policies.may_decide_docket),
    ],
    initial=S.REPORTED,
)  # fmt: skip

REFERRAL = Flow(
    ReferralStatus,
    [
        Step(
            "uphold", "登记已处置", (ReferralStatus.SENT,), ReferralStatus.UPHELD,
            policies.may_answer_referral,
        ),
        Step(
            "reject", "登记不处置", (ReferralStatus.SENT,), ReferralStatus.REJECTED,
            policies.may_answer_referral,
        ),
    ],
    initial=ReferralStatus.SENT,
)  # fmt: skip


class SettingName(StrEnum):
    """What the department may set; every school's numbers differ."""

    JUDGE = "judge"
    APPLY = "apply"
    CHECK = "check"
    CHECKS = "checks"
    PUBLIC_REPORT = "public_report"
    PUBLIC_LIST = "public_list"


TERMS: dict[SettingName, tuple[str, int]] = {
    SettingName.JUDGE: ("举报后多久研判", 3),
    SettingName.APPLY: ("认定后多久报送", 2),
    SettingName.CHECK: ("结案后每隔多久复查", 20),
}
"""In working days."""
CHECKS = ("复查几次", 3)
SWITCHES: dict[SettingName, tuple[str, str]] = {
    SettingName.PUBLIC_REPORT: (
        "开放公众举报页",
        "任何人不用登录就能举报；有限流和防机器人措施。",
    ),
    SettingName.PUBLIC_LIST: (
        "公布假冒账号名单",
        "只列宣传部认定并逐个选择公布的，只有平台、名称、账号和认定日期。",
    ),
}
HEAD = "媒假"
"""What stands before the year of a number unless the department has set other words."""
