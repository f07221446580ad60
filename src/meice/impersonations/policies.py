"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from meice.evidence.models import Evidence
from meice.impersonations.models import SET_ASIDE, Impersonation, ImpersonationStatus, Referral
from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right, Role

DEPARTMENT_ONLY = "这一步由宣传部办理。"
REPORTERS_ONLY = "举报由单位的运维人员、审核人、主管领导或宣传部填写。"
S = ImpersonationStatus
BEFORE_JUDGEMENT = (S.REPORTED, S.JUDGING)


def may_report(by: User, unit: Unit | None = None) -> Verdict:
    """Whoever works in the unit, and the department."""
    rights = (
        Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS,
    )  # fmt: skip
    return when(any(by.has(right, unit) for right in rights), REPORTERS_ONLY)


def may_decide_docket(docket: Impersonation, by: User) -> Verdict:
    """The department."""
    return when(by.has(Right.DECIDE_BUSINESS, docket.unit), DEPARTMENT_ONLY)


def may_judge_docket(docket: Impersonation, by: User) -> Verdict:
    """The department; not who reported it, while a colleague could do it."""
    return may_decide_docket(docket, by) & _not_her_report(docket, by)


def may_confirm_docket(docket: Impersonation, by: User) -> Verdict:
    """As every judgement; a fake is never declared without a piece of evidence."""
    return may_judge_docket(docket, by) & when(
        Evidence.objects.of(docket.case).exists(), "还没有证据。请先采集网页或上传截图、录屏。"
    )


def may_reconsider_docket(docket: Impersonation, by: User) -> Verdict:
    """The department, until something was sent."""
    return may_decide_docket(docket, by) & when(
        not docket.referrals.all(), "已经报送，不能退回研判；有误请结案并写明。"
    )


def may_edit_docket(by: User, docket: Impersonation) -> Verdict:
    """The reporting unit until the department has judged; the department until it is closed."""
    if by.has(Right.DECIDE_BUSINESS, docket.unit):
        open_still = docket.status not in (*SET_ASIDE, S.CLOSED, S.WATCHED)
        return when(open_still, f"现在是「{docket.state.label}」，不能再改；需要时先重新研判。")
    return may_report(by, docket.unit) & when(
        docket.status in BEFORE_JUDGEMENT, f"现在是「{docket.state.label}」，单位不能再改。"
    )


def may_add_evidence(by: User, docket: Impersonation) -> Verdict:
    """Whoever may report for the unit, and the department, as long as anything is going on."""
    return may_report(by, docket.unit) & when(
        docket.status not in SET_ASIDE, f"现在是「{docket.state.label}」；需要补证请先重新研判。"
    )


def may_capture(by: User, docket: Impersonation) -> Verdict:
    """The department alone lets this house ask a foreign page."""
    return (
        may_decide_docket(docket, by)
        & may_add_evidence(by, docket)
        & when(bool(docket.url), "没有填主页链接，没有可采集的网页。")
    )


def may_refer(by: User, docket: Impersonation) -> Verdict:
    """The department, for a confirmed fake that is not closed."""
    sending = (S.CONFIRMED, S.APPLIED, S.RETURNED)
    return may_decide_docket(docket, by) & when(
        docket.status in sending, f"现在是「{docket.state.label}」，认定假冒之后才能报送。"
    )


def may_answer_referral(referral: Referral, by: User) -> Verdict:
    """The department."""
    return may_decide_docket(referral.impersonation, by)


def may_recheck(by: User, docket: Impersonation) -> Verdict:
    """The department, while it is watched."""
    return may_decide_docket(docket, by) & when(
        docket.status == S.WATCHED, f"现在是「{docket.state.label}」，结案列入复查后才复查。"
    )


def may_print_docket(by: User, docket: Impersonation) -> Verdict:
    """Paper for the seal: those who see the unit's business, once a person has confirmed."""
    return when(by.has(Right.SEE_BUSINESS, docket.unit), "关停申请由宣传部和申请单位打印。") & when(
        docket.is_fake, "宣传部认定假冒之后才有编号，才能打印关停申请。"
    )


def may_export_docket(by: User, docket: Impersonation) -> Verdict:
    """The whole docket: the department, the auditor, and security once it was confirmed."""
    rights = (Right.DECIDE_BUSINESS, Right.READ_AUDIT, Right.VERIFY_SECURITY)
    return when(
        any(by.has(right, docket.unit) for right in rights),
        "案卷由宣传部、保卫/信息化或审计导出。",
    )


def may_export_list(by: User) -> Verdict:
    """Whoever sees the list."""
    held = by.has(Right.SEE_BUSINESS) or by.has(Right.SEE_SECURITY)
    return when(held, "你现在的岗位不能导出。")


def may_publish(by: User, docket: Impersonation) -> Verdict:
    """The department, what was confirmed."""
    return may_decide_docket(docket, by) & when(docket.is_fake, "只有认定的假冒账号可以公布。")


def may_see_contact(by: User, docket: Impersonation) -> Verdict:
    """How to reach who reported: the department, leaving a line in the log."""
    return when(by.has(Right.DECIDE_BUSINESS, docket.unit), "举报人和联系人的电话只有宣传部能看。")


def may_see_candidates(by: User) -> Verdict:
    """Leads that may be fakes: the department, and the auditor."""
    held = by.has(Right.DECIDE_BUSINESS) or by.has(Right.READ_AUDIT)
    return when(held, "线索由宣传部查看。")


def may_set(by: User) -> Verdict:
    """The settings hold for the whole deployment: the department of a root unit."""
    return when(by.decides_for_all, "假冒账号的期限和公开设置由宣传部管理。")


def _not_her_report(docket: Impersonation, by: User) -> Verdict:
    """举报人以外的人研判, as long as the department has anybody else for it."""
    reporters = {report.by_id for report in docket.reports.all()}
    if by.pk not in reporters or not _has_colleague(docket, reporters):
        return ALLOWED
    return refused("这是你举报的，研判须由科室另一人办理。")


def _has_colleague(docket: Impersonation, reporters: set[int | None]) -> bool:
    path = docket.unit_path
    paths = [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
    posts = Post.objects.current().filter(
        role=Role.DEPARTMENT, unit__path__in=paths, user__is_active=True
    )
    return posts.exclude(user__in=[pk for pk in reporters if pk]).exists()
