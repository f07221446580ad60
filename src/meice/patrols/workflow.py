"""What may come after what: a plan, a round; the hours of the ladder."""

from enum import StrEnum

from meice.kernel.flow import Flow, Step
from meice.patrols import policies
from meice.patrols.models import PlanStatus, RoundStatus

OPEN, UNDERWAY, MISSED = RoundStatus.OPEN, RoundStatus.UNDERWAY, RoundStatus.MISSED
FINISHED, EXCUSED = RoundStatus.FINISHED, RoundStatus.EXCUSED

ROUND = Flow(
    RoundStatus,
    [
        Step("begin", "开始巡查", (OPEN,), UNDERWAY, policies.may_walk_round),
        Step("miss", "记为漏巡", (OPEN, UNDERWAY), MISSED, policies.by_the_system),
        Step("resume", "开始补巡", (MISSED,), UNDERWAY, policies.may_walk_round),
        Step("finish", "完成巡查", (UNDERWAY, MISSED), FINISHED, policies.may_finish_round),
        Step("excuse", "说明漏巡", (MISSED,), EXCUSED, policies.may_excuse_round),
    ],
    initial=OPEN,
)

PLAN = Flow(
    PlanStatus,
    [
        Step(
            "pause", "停用计划", (PlanStatus.ACTIVE,), PlanStatus.PAUSED, policies.may_switch_plan
        ),
        Step(
            "restart", "恢复计划", (PlanStatus.PAUSED,), PlanStatus.ACTIVE, policies.may_switch_plan
        ),
    ],
    initial=PlanStatus.ACTIVE,
)


class TermName(StrEnum):
    """Hours on the clock, before or after the end of a round."""

    BEFORE = "before"
    LEADER = "leader"
    DEPARTMENT = "department"


TERMS: dict[TermName, tuple[str, int]] = {
    TermName.BEFORE: ("到期前多久提醒巡查人", 1),
    TermName.LEADER: ("漏巡多久报单位主管领导", 2),
    TermName.DEPARTMENT: ("漏巡多久报宣传部", 24),
}
