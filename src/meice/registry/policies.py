"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from django.utils import timezone

from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.kernel.clock import now
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.entry import faults_of
from meice.registry.models import (
    ExceptionGrant,
    Filing,
    FilingKind,
    FilingStatus,
    LedgerIntake,
    Outlet,
    OutletStatus,
)
from meice.registry.naming import name_verdict

OPERATORS_ONLY = "备案由运维人员填写，你现在的岗位只能查看。"
REVIEWERS_ONLY = "这一步由{}的审核人办理。"
LEADERS_ONLY = "这一步由{}的主管领导办理。"
DEPARTMENT_ONLY = "这一步由宣传部办理。"
NOT_YOUR_UNIT = "这个账号不属于你的单位。"
OWN_WORK = "这份备案是你{}的，不能自己{}。请由{}办理。"


def may_draft_filing(by: User, unit: Unit) -> Verdict:
    """Operators for their units; the department for a unit that telephones (代报)."""
    writes = by.has(Right.DRAFT_BUSINESS) or by.has(Right.DECIDE_BUSINESS)
    reaches = by.has(Right.DRAFT_BUSINESS, unit) or by.has(Right.DECIDE_BUSINESS, unit)
    return (
        when(writes, OPERATORS_ONLY)
        & when(reaches, NOT_YOUR_UNIT)
        & when(unit.active, f"「{unit}」已停用，不能再报备案。")
    )


def may_draft_any(by: User) -> Verdict:
    """Open the form of a 开设 at all."""
    held = by.has(Right.DRAFT_BUSINESS) or by.has(Right.DECIDE_BUSINESS)
    return when(held, OPERATORS_ONLY)


def may_change_outlet(by: User, outlet: Outlet) -> Verdict:
    """File a change of it: while it is not cancelled and no other filing is open."""
    verdict = may_draft_filing(by, outlet.unit) & when(
        outlet.status != OutletStatus.CANCELLED, "账号已注销，不能再变更。"
    )
    return verdict and _no_open_filing(outlet)


def _no_open_filing(outlet: Outlet) -> Verdict:
    may_be_one = getattr(outlet, "has_open_filing", True)
    open_one = outlet.filings.open().first() if may_be_one else None
    if open_one is None:
        return ALLOWED
    return refused(
        f"已有一份{open_one.get_kind_display()}备案在办（{open_one.state.label}），先办完它。"
    )


def may_note_problems(by: User, outlet: Outlet) -> Verdict:
    """Record a self-found problem (自查): the unit's operators and reviewers."""
    held = by.has(Right.DRAFT_BUSINESS, outlet.unit) or by.has(Right.REVIEW_BUSINESS, outlet.unit)
    return when(held, "自查问题由本单位运维人员或审核人登记。") & when(
        outlet.status != OutletStatus.CANCELLED, "账号已注销。"
    )


def may_confirm_unchanged(by: User, unit: Unit) -> Verdict:
    """ "No change" for all outlets at once: the unit's leader."""
    return when(by.has(Right.CONFIRM_BUSINESS, unit), LEADERS_ONLY.format(f"「{unit}」"))


def may_edit_filing(by: User, filing: Filing) -> Verdict:
    """While it lies with its writers."""
    writable = (FilingStatus.DRAFT, FilingStatus.RETURNED, FilingStatus.WITHDRAWN)
    return may_draft_filing(by, filing.unit) & when(
        filing.status in writable, f"现在是「{filing.state.label}」，要改先撤回。"
    )


def _is_ready(filing: Filing) -> Verdict:
    """Something is changed, nothing is missing, and the name stands up to the rules."""
    if not filing.changes.all():
        return refused("还没有填任何改动。")
    if filing.kind == FilingKind.CANCEL:
        return when(bool(filing.reason), "注销须写明事由。")
    faults = faults_of(filing.content, timezone.localdate(now()))
    return when(not faults, faults[0][1] if faults else "") and name_verdict(filing)


def may_submit_filing(filing: Filing, by: User) -> Verdict:
    """To the unit's own reviewer or the endorsing unit, where one is switched on."""
    return (
        may_draft_filing(by, filing.unit)
        & when(filing.checker_unit_id is not None, "本单位没有设审核环节，直接交领导确认。")
    ) and _is_ready(filing)


def may_present_filing(filing: Filing, by: User) -> Verdict:
    """To the leader directly."""
    return (
        may_draft_filing(by, filing.unit)
        & when(filing.checker_unit_id is None, "本单位设了审核环节，先交审核。")
    ) and _is_ready(filing)


def may_attest_filing(filing: Filing, by: User) -> Verdict:
    """To the department on the stamped scan, which stands for the leader's click."""
    return (
        may_draft_filing(by, filing.unit)
        & when(filing.scan_id is not None, "先上传盖章件扫描。")
        & when(filing.target_unit_id is None, "转出转入须两个单位的领导在系统中确认。")
    ) and _is_ready(filing)


def may_check_filing(filing: Filing, by: User) -> Verdict:
    """A reviewer of the checking unit (the own one, or the endorsing), not the writer."""
    unit = filing.checker_unit or filing.unit
    return when(by.has(Right.REVIEW_BUSINESS, unit), REVIEWERS_ONLY.format(f"「{unit}」")) & (
        _not_hers(filing, by, "审核", "另一位审核人")
    )


def may_confirm_filing(filing: Filing, by: User) -> Verdict:
    """The unit's leader, when the outlet stays in the unit."""
    return _leads(by, filing.unit) & when(
        filing.target_unit_id is None, "账号要转到别的单位，请用「同意转出」。"
    )


def may_transfer_filing(filing: Filing, by: User) -> Verdict:
    """The leader of the unit that gives the outlet away."""
    return _leads(by, filing.unit) & when(
        filing.target_unit_id is not None, "账号没有换单位，请用「确认」。"
    )


def may_receive_filing(filing: Filing, by: User) -> Verdict:
    """The leader of the unit that takes it over; not the person who gave it away."""
    unit = filing.target_unit or filing.unit
    return _leads(by, unit) & when(
        filing.confirmed_by_id != by.pk, "转出是你同意的，转入须由另一位领导同意。"
    )


def _leads(by: User, unit: Unit) -> Verdict:
    return when(by.has(Right.CONFIRM_BUSINESS, unit), LEADERS_ONLY.format(f"「{unit}」"))


def may_claim_filing(filing: Filing, by: User) -> Verdict:
    """The department, one person at a time."""
    holder = filing.claimed_by
    if holder is not None:
        taken = "你" if holder.pk == by.pk else holder.name
        return refused(f"已由{taken}认领。")
    return _decides(filing, by) & _not_hers(filing, by, "受理", "科室另一人")


def may_release_filing(filing: Filing, by: User) -> Verdict:
    """Back to the queue: by whoever holds it, or by a colleague when the holder cannot any more."""
    holder = filing.claimed_by
    if holder is None:
        return refused("没有人认领。")
    away = not holder.is_active
    return _decides(filing, by) & when(
        holder.pk == by.pk or away, f"由{holder.name}认领，请由本人放回。"
    )


def may_accept_filing(filing: Filing, by: User) -> Verdict:
    """The department, never her own writing, never a case another has claimed."""
    return (
        _decides(filing, by)
        & _not_hers(filing, by, "受理", "科室另一人")
        & _unclaimed_or_mine(filing, by)
    )


def may_return_filing(filing: Filing, by: User) -> Verdict:
    """Whoever has it before her: checker, leader, receiving leader, department."""
    status = FilingStatus(filing.status)
    if status == FilingStatus.CHECKING:
        return may_check_filing(filing, by)
    if status == FilingStatus.CONFIRMING:
        return _leads(by, filing.unit)
    if status == FilingStatus.RECEIVING:
        return _leads(by, filing.target_unit or filing.unit)
    return _decides(filing, by) & _unclaimed_or_mine(filing, by)


def may_withdraw_filing(filing: Filing, by: User) -> Verdict:
    """The unit's operators, or who wrote it, until the department has claimed it."""
    hers = filing.made_by_id == by.pk or by.has(Right.DRAFT_BUSINESS, filing.unit)
    return when(hers, "撤回由本单位运维人员或起草人办理。") & when(
        filing.claimed_by_id is None, "宣传部已认领，正在办理；请联系宣传部退回。"
    )


def _decides(filing: Filing, by: User) -> Verdict:
    return when(by.has(Right.DECIDE_BUSINESS, filing.unit), DEPARTMENT_ONLY)


def _unclaimed_or_mine(filing: Filing, by: User) -> Verdict:
    holder = filing.claimed_by
    free = holder is None or holder.pk == by.pk
    return when(free, f"已由{holder}认领，请由本人办理或先放回。")


def _not_hers(filing: Filing, by: User, verb: str, other: str) -> Verdict:
    """谁起草谁不审: whoever wrote any version of it is a writer."""
    wrote = filing.made_by_id == by.pk or any(
        event.by_id == by.pk and event.act == "edit" for event in filing.events.all()
    )
    return when(not wrote, OWN_WORK.format("起草", verb, other))


def may_grant_exception(by: User, unit: Unit) -> Verdict:
    """The department, for a second place on a platform."""
    return when(by.has(Right.DECIDE_BUSINESS, unit), DEPARTMENT_ONLY)


def may_grant_any(by: User) -> Verdict:
    """Open the form of an exception at all."""
    return when(by.has(Right.DECIDE_BUSINESS), DEPARTMENT_ONLY)


def may_extend_exception(by: User, grant: ExceptionGrant) -> Verdict:
    """A new expiry: the department."""
    return may_grant_exception(by, grant.unit)


def may_plan_merge(by: User, unit: Unit) -> Verdict:
    """The department, or the unit's own people who draft."""
    held = by.has(Right.DECIDE_BUSINESS, unit) or by.has(Right.DRAFT_BUSINESS, unit)
    return when(held, "整合方案由宣传部或本单位运维人员制定。")


def may_set_terms(by: User) -> Verdict:
    """Terms and days hold for the whole deployment: the department of a root unit."""
    return when(by.decides_for_all, "备案期限和工作日由宣传部设置。")


def may_set_route(by: User, unit: Unit) -> Verdict:
    """A unit's leader switches its reviewer on or off; the department names endorsing units."""
    held = by.has(Right.CONFIRM_BUSINESS, unit) or by.has(Right.DECIDE_BUSINESS, unit)
    return when(held, "审核环节由本单位主管领导或宣传部设置。")


def may_import_ledger(by: User, unit: Unit) -> Verdict:
    """The department: an import writes the register without a filing."""
    return when(by.has(Right.DECIDE_BUSINESS, unit), "台账由宣传部导入；单位请用备案或专项填报。")


def may_apply_intake(intake: LedgerIntake, by: User) -> Verdict:
    """Her own preview, over her own units."""
    return may_import_ledger(by, intake.unit) & when(intake.made_by_id == by.pk, "不是你的导入。")


def may_drop_intake(intake: LedgerIntake, by: User) -> Verdict:
    """Her own preview."""
    return when(intake.made_by_id == by.pk, "不是你的导入。")


def may_undo_intake(intake: LedgerIntake, by: User) -> Verdict:
    """Until one of its outlets was changed since."""
    verdict = may_apply_intake(intake, by)
    touched = [row for row in intake.rows.select_related("outlet") if row.outlet is not None]
    changed = [r.outlet for r in touched if r.outlet and r.outlet.version != r.version_after]
    name = changed[0].name if changed else ""
    return verdict & when(
        not changed, f"「{name}」等 {len(changed)} 个导入后又改过，不能整批撤销。"
    )


def may_export(by: User) -> Verdict:
    """Lists with whole telephone numbers are for those who may see numbers: not for auditors."""
    held = by.has(Right.SEE_BUSINESS) and by.has(Right.SEE_NUMBERS)
    return when(held, "台账里有完整手机号，你现在的岗位不能导出。")


def may_see_numbers(by: User, unit: Unit) -> Verdict:
    """Unmask a telephone number; leaves an audit line."""
    return when(by.has(Right.SEE_NUMBERS, unit), "你现在的岗位看不到完整号码。")


def may_print_filing(by: User, filing: Filing) -> Verdict:
    """The paper form shows whole numbers: for those who may see them, here or where it goes."""
    here = by.has(Right.SEE_NUMBERS, filing.unit)
    there = filing.target_unit is not None and by.has(Right.SEE_NUMBERS, filing.target_unit)
    checks = filing.checker_unit is not None and by.has(Right.SEE_NUMBERS, filing.checker_unit)
    return when(here or there or checks, "附件3 印有完整号码，你现在的岗位不能打印。")


def may_import_any(by: User) -> Verdict:
    """Open the import page: the department."""
    return when(by.has(Right.DECIDE_BUSINESS), "台账由宣传部导入；单位请用备案或专项填报。")


def may_open_settings(by: User) -> Verdict:
    """Leaders (their unit's route) and the department."""
    held = by.has(Right.CONFIRM_BUSINESS) or by.has(Right.DECIDE_BUSINESS)
    return when(held, "备案设置由主管领导和宣传部查看。")
