"""What may come after what: a manuscript, a stage of its chain; the school's terms and chains."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from meice.editorial import policies
from meice.editorial.models import (
    IN_HAND,
    OUT,
    ChangeStatus,
    ContentClass,
    Lane,
    ManuscriptStatus,
    ReviewStatus,
)
from meice.editorial.policies import lexicons
from meice.kernel.flow import Flow, Step
from meice.orgs.roles import Role

DRAFT, REVIEWING = ManuscriptStatus.DRAFT, ManuscriptStatus.REVIEWING
RETURNED, APPROVED = ManuscriptStatus.RETURNED, ManuscriptStatus.APPROVED
CORRECTING, CORRECTED = ManuscriptStatus.CORRECTING, ManuscriptStatus.CORRECTED
PUBLISHED, WITHDRAWN = ManuscriptStatus.PUBLISHED, ManuscriptStatus.WITHDRAWN
ON_ITS_WAY = (REVIEWING, APPROVED)

MANUSCRIPT = Flow(
    ManuscriptStatus,
    [
        Step("submit", "送审", IN_HAND, REVIEWING, policies.may_submit),
        Step("pass", "通过", (REVIEWING,), REVIEWING, policies.may_pass),
        Step("approve", "终审通过", (REVIEWING,), APPROVED, policies.may_pass),
        Step("return", "退回作者", (REVIEWING,), RETURNED, policies.may_return),
        Step("reopen", "收回修改", ON_ITS_WAY, DRAFT, policies.may_reopen),
        Step("rework", "收回修改", ON_ITS_WAY, CORRECTING, policies.may_rework),
        Step("publish", "授权发布", (APPROVED,), PUBLISHED, policies.may_publish),
        Step("republish", "发布更正", (APPROVED,), CORRECTED, policies.may_republish),
        Step("correct", "更正", OUT, CORRECTING, policies.may_correct),
        Step(
            "withdraw", "撤稿", (*OUT, CORRECTING, RETURNED, *ON_ITS_WAY), WITHDRAWN,
            policies.may_withdraw,
        ),
        Step("drop", "作废", (DRAFT, RETURNED), ManuscriptStatus.DROPPED, policies.may_drop),
    ],
    initial=DRAFT,
)  # fmt: skip

PENDING, OPEN, CLAIMED = ReviewStatus.PENDING, ReviewStatus.OPEN, ReviewStatus.CLAIMED

REVIEW = Flow(
    ReviewStatus,
    [
        Step("open", "轮到", (PENDING,), OPEN),
        Step("claim", "认领", (OPEN,), CLAIMED),
        Step("release", "放回", (CLAIMED,), OPEN, policies.may_release_review),
        Step("pass", "通过", (CLAIMED,), ReviewStatus.PASSED, policies.may_hold),
        Step("return", "退回作者", (CLAIMED,), ReviewStatus.RETURNED, policies.may_hold),
        Step("void", "不再用", (PENDING, OPEN, CLAIMED), ReviewStatus.VOID),
    ],
    initial=PENDING,
)

PREVIEW, WAITING = ChangeStatus.PREVIEW, ChangeStatus.WAITING

LEXICON_CHANGE = Flow(
    ChangeStatus,
    [
        Step("propose", "提交批准", (PREVIEW,), WAITING, lexicons.may_propose_change),
        Step("approve", "批准", (WAITING,), ChangeStatus.APPROVED, lexicons.may_approve_change),
        Step("refuse", "不批准", (WAITING,), ChangeStatus.REFUSED, lexicons.may_refuse_change),
        Step("drop", "放弃", (PREVIEW, WAITING), ChangeStatus.DROPPED, lexicons.may_drop_change),
        Step("apply", "直接生效", (PREVIEW,), ChangeStatus.APPROVED, lexicons.may_apply_change),
    ],
    initial=PREVIEW,
)


class TermName(StrEnum):
    """What a school sets for itself."""

    NORMAL = "normal"
    PRIORITY = "priority"
    URGENT = "urgent"
    RECHECK = "recheck"
    AUTHOR_FIRST = "author-first"


TERMS: Mapping[TermName, tuple[str, int]] = {
    TermName.NORMAL: ("每个环节的期限：常规（小时）", 24),
    TermName.PRIORITY: ("每个环节的期限：优先（小时）", 8),
    TermName.URGENT: ("每个环节的期限：急稿（小时）", 2),
    TermName.RECHECK: ("发布后隔多少天再核对页面", 7),
    TermName.AUTHOR_FIRST: ("作者可以兼一审一校", 0),
}
TERM_OF: Mapping[str, TermName] = {
    Lane.NORMAL: TermName.NORMAL,
    Lane.PRIORITY: TermName.PRIORITY,
    Lane.URGENT: TermName.URGENT,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One stage as the product proposes it: held by `role` in the manuscript's unit or above."""

    name: str
    role: Role
    is_extra: bool = False


THREE = (
    Plan("一审一校", Role.REVIEWER),
    Plan("二审二校", Role.REVIEWER),
    Plan("三审三校", Role.LEADER),
)
DEPARTMENT = Plan("宣传部加审", Role.DEPARTMENT, is_extra=True)
SECRECY = Plan("保密审查", Role.SECURITY, is_extra=True)
"""The school names its own 保密办 in the settings; until then the office that verifies 密级 finds."""
CHAINS: Mapping[str, tuple[Plan, ...]] = {
    ContentClass.GENERAL: THREE,
    ContentClass.IMPORTANT: (*THREE, DEPARTMENT),
    ContentClass.SENSITIVE: (*THREE, SECRECY, DEPARTMENT),
}
MOST_STAGES = 8
