"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from meice.incidents.policies import may_report_incident
from meice.inspections.policies import may_record, may_record_self_check
from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.patrols.models import (
    Answer,
    Checklist,
    Plan,
    PlanStatus,
    Round,
    RoundStatus,
    Seen,
    Visit,
)

PATROLLERS = (Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.DECIDE_BUSINESS)
PLANNERS = (Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS)
NOT_A_PATROLLER = "由本单位运维、审核人或宣传部巡查。"
MOST_PHOTOS = 9


def may_see_patrols(by: User) -> Verdict:
    """The pages of the room."""
    return when(by.has(Right.SEE_BUSINESS), "你现在的岗位没有内容巡查。")


def may_plan(by: User, unit: Unit | None = None) -> Verdict:
    """Make and change plans and lists: the unit's reviewers and leaders, the department."""
    held = any(by.has(right, unit) for right in PLANNERS)
    return when(held, "巡查计划和清单由单位审核人、主管领导或宣传部定。")


def may_edit_plan(by: User, plan: Plan) -> Verdict:
    """Over the plan's unit."""
    return may_plan(by, plan.unit)


def may_switch_plan(plan: Plan, by: User) -> Verdict:
    """Pause or resume it."""
    return may_plan(by, plan.unit)


def may_start_round(by: User, plan: Plan) -> Verdict:
    """One more round now, besides those the plan asks for."""
    running = when(plan.status == PlanStatus.ACTIVE, "计划已停用，先恢复执行。")
    return may_plan(by, plan.unit) & running


def may_edit_checklist(by: User, checklist: Checklist) -> Verdict:
    """A new version of a unit's list."""
    return may_plan(by, checklist.unit)


def may_patrol_for(by: User, unit: Unit) -> Verdict:
    """Could she walk the rounds of a unit at all?"""
    return when(any(by.has(right, unit) for right in PATROLLERS), NOT_A_PATROLLER)


def may_walk_round(round: Round, by: User) -> Verdict:
    """Who is named for it; a colleague takes it over first."""
    named = by.pk in {person.pk for person in round.people.all()}
    return may_patrol_for(by, round.unit) & when(
        named, f"这轮由{round.people_names or '别人'}巡查；你来办请先接手。"
    )


def may_answer(by: User, round: Round) -> Verdict:
    """While it is not at an end. The first answer begins it."""
    return may_walk_round(round, by) & _is_to_do(round, "不能再改回答")


def may_add_photo(by: User, visit: Visit) -> Verdict:
    """While the round is walked; so many at most."""
    return may_answer(by, visit.round) & when(
        visit.photos.count() < MOST_PHOTOS, f"一个账号最多传 {MOST_PHOTOS} 张。"
    )


def may_drop_photo(by: User, visit: Visit) -> Verdict:
    """While the round is walked, and nothing was told on with it."""
    told = any(answer.is_told for answer in visit.answers.all())
    return may_answer(by, visit.round) & when(not told, "这个账号已有问题报出，截图留作证据。")


def may_take_round(by: User, round: Round) -> Verdict:
    """A colleague comes in for those who are named."""
    named = by.pk in {person.pk for person in round.people.all()}
    return (
        may_patrol_for(by, round.unit)
        & when(not named, "这轮本来就是你巡查。")
        & _is_to_do(round, "不用接手")
    )


def _has_words(by: User, answer: Answer) -> Verdict:
    """What is common to a finding and an incident: a problem with its words."""
    return (
        may_answer(by, answer.visit.round)
        & when(answer.state == Seen.PROBLEM, "选了「有问题」才能报。")
        & when(bool(answer.note.strip()), "先写下看到的问题。")
    )


def may_raise_finding(by: User, answer: Answer) -> Verdict:
    """Into the queue of findings: as a spot check of the department, else as the unit's own."""
    unit = answer.visit.outlet.unit
    told = when(answer.finding_id is None, "这个问题已经记为发现。")
    return _has_words(by, answer) & told & (may_record(by, unit) or may_record_self_check(by, unit))


def may_raise_incident(by: User, answer: Answer) -> Verdict:
    """To whoever is on duty, at once; also of what is a finding already, for it may get worse."""
    told = when(answer.incident_id is None, "这个问题已经报过事件。")
    unit = answer.visit.outlet.unit
    return _has_words(by, answer) & told & may_report_incident(by, unit)


def may_finish_round(round: Round, by: User) -> Verdict:
    """Every outlet was looked at, and no problem would be forgotten."""
    left = round.outlet_count - round.done_count
    return (
        may_walk_round(round, by)
        & when(not left, f"还有 {left} 个账号没有看完。")
        & when(
            not round.loose_count,
            f"有 {round.loose_count} 处问题既没有报出，也没有写处置措施。",
        )
    )


def may_excuse_round(round: Round, by: User) -> Verdict:
    """The unit's leader or the department says why; never who should have walked it."""
    held = by.has(Right.CONFIRM_BUSINESS, round.unit) or by.has(Right.DECIDE_BUSINESS, round.unit)
    named = by.pk in {person.pk for person in round.people.all()}
    return when(held, "漏巡由单位主管领导或宣传部说明。") & when(
        not named, "这轮该你巡查，请由别人说明。"
    )


def may_export_rounds(by: User) -> Verdict:
    """The record book as a file or on paper: whoever sees it."""
    return when(by.has(Right.SEE_BUSINESS), "你现在的岗位不能导出巡查记录。")


def may_open_settings(by: User) -> Verdict:
    """Read the terms and notable days."""
    return when(by.has(Right.DECIDE_BUSINESS), "巡查设置由宣传部查看。")


def may_set_terms(by: User) -> Verdict:
    """They hold for the whole deployment: the department of a root unit."""
    return when(by.decides_for_all, "提醒时间和重要日子由宣传部设置。")


def by_the_system(_record: object, by: User | None) -> Verdict:
    """Steps that only the clock takes: `by` is None."""
    return ALLOWED if by is None else refused("到期没有巡完，由系统记为漏巡。")


def _is_to_do(round: Round, otherwise: str) -> Verdict:
    return when(round.is_to_do, f"现在是「{RoundStatus(round.status).label}」，{otherwise}。")
