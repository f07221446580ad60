"""What may come after what, the times of each grade, the escalation chain as it is shipped."""

from dataclasses import dataclass
from enum import StrEnum

from meice.incidents import policies
from meice.incidents.classes import Severity
from meice.incidents.models import Audience, IncidentStatus, Watch
from meice.kernel.flow import Flow, Step

OPEN, CLAIMED, HANDLING = IncidentStatus.OPEN, IncidentStatus.CLAIMED, IncidentStatus.HANDLING
REFERRED, CLOSED = IncidentStatus.REFERRED, IncidentStatus.CLOSED
DISMISSED, MERGED = IncidentStatus.DISMISSED, IncidentStatus.MERGED

INCIDENT = Flow(
    IncidentStatus,
    [
        Step("acknowledge", "认领", (OPEN,), CLAIMED, policies.may_acknowledge_incident),
        Step("handle", "处置", (CLAIMED,), HANDLING, policies.may_handle_incident),
        Step(
            "refer", "转送", (CLAIMED, HANDLING, REFERRED), REFERRED, policies.may_refer_incident
        ),
        Step("resume", "收回处置", (REFERRED,), HANDLING, policies.may_resume_incident),
        Step("close", "办结", (HANDLING, REFERRED), CLOSED, policies.may_close_incident),
        Step(
            "dismiss", "判为误报", (OPEN, CLAIMED, HANDLING), DISMISSED,
            policies.may_dismiss_incident,
        ),
        Step("reopen", "重新打开", (CLOSED, DISMISSED), OPEN, policies.may_reopen_incident),
        Step("merge", "合并", (OPEN, CLAIMED, HANDLING), MERGED, policies.may_merge_incident),
        Step("split", "撤销合并", (MERGED,), OPEN, policies.may_split_incident),
    ],
    initial=OPEN,
)  # fmt: skip


class TermName(StrEnum):
    """Numbers that every school sets for itself."""

    CLAIM_EXTREME = "claim_extreme"
    CLAIM_GRAVE = "claim_grave"
    CLAIM_SERIOUS = "claim_serious"
    CLAIM_ORDINARY = "claim_ordinary"
    ACT_EXTREME = "act_extreme"
    ACT_GRAVE = "act_grave"
    ACT_SERIOUS = "act_serious"
    ACT_ORDINARY = "act_ordinary"
    CLEAR = "clear"
    PUBLIC = "public"
    PUBLIC_ADDRESS = "public_address"
    PUBLIC_ALL = "public_all"


TERMS: dict[TermName, tuple[str, int]] = {
    TermName.CLAIM_EXTREME: ("特别重大：多少分钟内认领", 10),
    TermName.CLAIM_GRAVE: ("重大：多少分钟内认领", 15),
    TermName.CLAIM_SERIOUS: ("较大：多少分钟内认领", 30),
    TermName.CLAIM_ORDINARY: ("一般：多少分钟内认领", 120),
    TermName.ACT_EXTREME: ("特别重大：多少分钟内开始处置", 20),
    TermName.ACT_GRAVE: ("重大：多少分钟内开始处置", 30),
    TermName.ACT_SERIOUS: ("较大：多少分钟内开始处置", 60),
    TermName.ACT_ORDINARY: ("一般：多少分钟内开始处置", 480),
    TermName.CLEAR: ("有害内容：多少分钟内清除", 60),
    TermName.PUBLIC: ("公开举报：1 开放，0 关闭", 0),
    TermName.PUBLIC_ADDRESS: ("公开举报：同一地址每小时最多几件", 5),
    TermName.PUBLIC_ALL: ("公开举报：全部每小时最多几件", 60),
}
TIMES = tuple(name for name in TermName if not name.value.startswith("public"))
DOORS = tuple(name for name in TermName if name.value.startswith("public"))
CLAIM_OF = {each: TermName(f"claim_{each.value}") for each in Severity}
ACT_OF = {each: TermName(f"act_{each.value}") for each in Severity}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the chain: so many minutes after the timer has run out (negative: before)."""

    watch: Watch
    minutes: int
    audience: Audience


CHAIN: tuple[Rung, ...] = (
    Rung(Watch.CLAIM, 0, Audience.DUTY),
    Rung(Watch.CLAIM, 0, Audience.LEADER),
    Rung(Watch.CLAIM, 15, Audience.DEPARTMENT),
    Rung(Watch.CLAIM, 30, Audience.ABOVE),
    Rung(Watch.ACT, 0, Audience.HANDLER),
    Rung(Watch.ACT, 15, Audience.LEADER),
    Rung(Watch.ACT, 30, Audience.DEPARTMENT),
    Rung(Watch.CLEAR, -15, Audience.HANDLER),
    Rung(Watch.CLEAR, 0, Audience.LEADER),
    Rung(Watch.CLEAR, 0, Audience.DEPARTMENT),
    Rung(Watch.CLEAR, 60, Audience.ABOVE),
)
"""As it is shipped; the department's own rows stand in its place as soon as there is one."""
