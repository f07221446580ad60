"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from meice.inspections.models import (
    CheckStatus,
    Finding,
    FindingStatus,
    Lead,
    Run,
    Schedule,
    SiteCheck,
)
from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet

PROBERS_ONLY = "探测计划由宣传部和保卫/信息化部门管理。"
VERIFIERS_ONLY = "发现由宣传部核实，安全类的也可由保卫/信息化部门核实。"
DEPARTMENT_ONLY = "这一步由宣传部办理。"
BY_THE_SYSTEM = "这一步由系统办理。"


def may_run_probes(by: User, unit: Unit) -> Verdict:
    """Make and change schedules, begin and stop runs, over `unit` and below."""
    return when(by.has(Right.RUN_PROBES, unit), PROBERS_ONLY)


def may_run_any(by: User) -> Verdict:
    """Open the page of a new schedule."""
    return when(by.has(Right.RUN_PROBES), PROBERS_ONLY)


def may_edit_schedule(by: User, schedule: Schedule) -> Verdict:
    """Whoever may probe its unit."""
    return may_run_probes(by, schedule.unit)


def may_start_run(by: User, schedule: Schedule) -> Verdict:
    """Now, by hand: not while a run of it is going on."""
    going_on = schedule.runs.live().exists()
    return may_run_probes(by, schedule.unit) & when(
        not going_on, "这个计划正有一轮在看，等它看完。"
    )


def may_cancel_run(run: Run, by: User) -> Verdict:
    """Stop it: what was seen stays, the rest is left."""
    return may_run_probes(by, run.unit)


def may_confirm_state(by: User, check: SiteCheck) -> Verdict:
    """Say that the home page is as it should be: who verifies, of a look that saw it."""
    held = by.has(Right.DECIDE_BUSINESS, check.unit) or by.has(Right.VERIFY_SECURITY, check.unit)
    return (
        when(held, VERIFIERS_ONLY)
        & when(check.status == CheckStatus.FINISHED, "没有看完，没有可确认的状态。")
        & when(check.confirmed_at is None, "已确认过。")
    )


def may_watch_runs(by: User) -> Verdict:
    """Open the pages of schedules and runs: who probes, and auditors."""
    held = by.has(Right.RUN_PROBES) or by.has(Right.READ_AUDIT)
    return when(held, PROBERS_ONLY)


def may_see_findings(by: User) -> Verdict:
    """Open the list: everybody with business of her own, and security people."""
    held = by.has(Right.SEE_BUSINESS) or by.has(Right.SEE_SECURITY)
    return when(held, "你现在的岗位不办理发现。")


def may_open_queue(by: User) -> Verdict:
    """The queue is for those who verify; everybody else has the list."""
    held = by.has(Right.DECIDE_BUSINESS) or by.has(Right.VERIFY_SECURITY)
    return when(held, VERIFIERS_ONLY)


def may_verify(by: User, finding: Finding) -> Verdict:
    """The department; of security classes also security people."""
    held = by.has(Right.DECIDE_BUSINESS, finding.unit) or (
        finding.is_security and by.has(Right.VERIFY_SECURITY, finding.unit)
    )
    return when(held, VERIFIERS_ONLY)


def may_claim_finding(finding: Finding, by: User) -> Verdict:
    """Out of the queue: open, free, and of two persons she is not the one who was first."""
    holder = finding.claimed_by
    if holder is not None:
        return refused(f"已由{'你' if holder.pk == by.pk else holder.name}认领。")
    return may_verify(by, finding) & _is_open(finding) & _not_first(finding, by)


def may_release_finding(finding: Finding, by: User) -> Verdict:
    """Back: by whoever holds it, or by a colleague when the holder is away for good."""
    holder = finding.claimed_by
    if holder is None:
        return refused("没有人认领。")
    hers = holder.pk == by.pk or not holder.is_active
    return may_verify(by, finding) & when(hers, f"由{holder.name}认领，请由本人放回。")


def may_transfer_finding(finding: Finding, by: User, to: User | None = None) -> Verdict:
    """Give what one holds to a colleague who may verify it (and was not the first of two)."""
    verdict = may_verify(by, finding) & _is_open(finding) & _unclaimed_or_mine(finding, by)
    if to is None or not verdict:
        return verdict
    return when(bool(may_verify(to, finding)), f"{to.name}不能核实这一条。") & when(
        not (finding.status == FindingStatus.HALF and finding.first_by_id == to.pk),
        f"{to.name}已是第一核实人，须由另一人核实。",
    )


def may_decide(finding: Finding, by: User) -> Verdict:
    """属实 or 不属实 alone: the light classes, or the second person of a severe one."""
    return (
        may_verify(by, finding)
        & _unclaimed_or_mine(finding, by)
        & when(
            not finding.is_severe or finding.status == FindingStatus.HALF,
            "严重类须两人核实，先由第一人核实。",
        )
        & _not_first(finding, by)
    )


def may_endorse(finding: Finding, by: User) -> Verdict:
    """The first of two persons, for severe classes."""
    return (
        may_verify(by, finding)
        & _unclaimed_or_mine(finding, by)
        & when(finding.is_severe, "这一类一人核实即可。")
    )


def may_look_again(finding: Finding, by: User) -> Verdict:
    """Ask for another look: what a probe can see."""
    seen_by_probe = finding.outlet_id is not None and finding.is_claim
    return (
        may_verify(by, finding)
        & _unclaimed_or_mine(finding, by)
        & when(seen_by_probe, "只有机器看到的网站才能再看一次。")
    )


def may_reconsider(finding: Finding, by: User) -> Verdict:
    """Take a verdict back, with a reason: while no order stands on it."""
    return may_verify(by, finding)


def may_order(finding: Finding, by: User) -> Verdict:
    """Issue an order for it: the department."""
    return when(by.has(Right.DECIDE_BUSINESS, finding.unit), DEPARTMENT_ONLY)


def may_record(by: User, unit: Unit) -> Verdict:
    """A spot check (抽查) or a circular from above (上级通报): the department."""
    return when(by.has(Right.DECIDE_BUSINESS, unit), "抽查和上级通报由宣传部登记。")


def may_record_any(by: User) -> Verdict:
    """Open the page for it."""
    return when(by.has(Right.DECIDE_BUSINESS), "抽查和上级通报由宣传部登记。")


def may_record_self_check(by: User, unit: Unit) -> Verdict:
    """自查: the unit's own operators, reviewers and leaders, and the department for it."""
    own = (Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS)
    held = any(by.has(right, unit) for right in (*own, Right.DECIDE_BUSINESS))
    return when(held, "自查问题由本单位登记。")


def may_export(by: User) -> Verdict:
    """A list of what she sees; leaves an audit line."""
    return may_see_findings(by)


def by_the_system(_record: object, by: User | None) -> Verdict:
    """Steps that only the machine takes: `by` is None."""
    return ALLOWED if by is None else refused(BY_THE_SYSTEM)


def _is_open(finding: Finding) -> Verdict:
    return when(finding.is_open, f"现在是「{finding.state.label}」，不在队列里。")


def _not_first(finding: Finding, by: User) -> Verdict:
    second = finding.status == FindingStatus.HALF and finding.first_by_id == by.pk
    return when(not second, "你已是第一核实人，须由另一人核实。")


def _unclaimed_or_mine(finding: Finding, by: User) -> Verdict:
    holder = finding.claimed_by
    free = holder is None or holder.pk == by.pk
    return when(free, f"已由{holder}认领，请由本人核实或先放回。")


def may_set_source(by: User, outlet: Outlet) -> Verdict:
    """Where to ask about an account: its unit's operators and leaders, and the department."""
    return may_record_self_check(by, outlet.unit)


def may_attest(by: User, outlet: Outlet) -> Verdict:
    """“Our last post is this”: the unit's own people."""
    own = (Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS)
    held = any(by.has(right, outlet.unit) for right in own)
    return when(held, "最近发布由本单位说明。")


def may_sample(by: User, outlet: Outlet) -> Verdict:
    """Look for oneself: the department."""
    return when(by.has(Right.DECIDE_BUSINESS, outlet.unit), "抽查由宣传部登记。")


def may_import_statistics(by: User, unit: Unit) -> Verdict:
    """Platform statistics of a unit and what is below it."""
    return may_record_self_check(by, unit)


def may_import_any_statistics(by: User) -> Verdict:
    """Open the page for it."""
    own = (Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS)
    held = any(by.has(right) for right in (*own, Right.DECIDE_BUSINESS))
    return when(held, "平台统计由单位或宣传部导入。")


def may_set_lines(by: User) -> Verdict:
    """The lines and vacations of the whole deployment."""
    return when(by.has(Right.DECIDE_BUSINESS), DEPARTMENT_ONLY)


def may_see_activity(by: User) -> Verdict:
    """Open the list of accounts and their verdicts."""
    return when(by.has(Right.SEE_BUSINESS), "你现在的岗位不办理账号。")


def may_see_leads(by: User) -> Verdict:
    """Open the leads: the department, security people (hosts), auditors."""
    rights = (Right.DECIDE_BUSINESS, Right.SEE_SECURITY, Right.READ_AUDIT)
    return when(any(by.has(right) for right in rights), "线索由宣传部和保卫/信息化部门查看。")


def may_upload_lists(by: User) -> Verdict:
    """Zone files, certificates, servers, search results: who may probe."""
    return when(by.has(Right.RUN_PROBES), PROBERS_ONLY)


def may_judge_lead(lead: Lead, by: User) -> Verdict:
    """Say whose it is: the department."""
    return when(by.has(Right.DECIDE_BUSINESS, lead.unit), "线索由宣传部判断。")
