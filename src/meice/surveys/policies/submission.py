"""Who may do what to a submission. The state is asked by the flow before these rules."""

from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.surveys.models import CampaignStatus, Submission

OPERATORS_ONLY = "填报由{}的运维人员填写，你现在的岗位只能查看。"
LEADERS_ONLY = "这一步由{}的主管领导办理。"
DEPARTMENT_ONLY = "这一步由宣传部办理。"
LOCKED = "这次填报已截止并锁定。要补报请联系宣传部重新开放。"


def may_fill(submission: Submission, by: User) -> Verdict:
    """Write for the unit: its operators, or the department for a unit that telephones (代填)."""
    unit = submission.unit
    held = by.has(Right.DRAFT_BUSINESS, unit) or by.has(Right.DECIDE_BUSINESS, unit)
    return when(held, OPERATORS_ONLY.format(f"「{unit}」")) & _open(submission)


def _own(submission: Submission, by: User) -> Verdict:
    """The unit's own operators."""
    held = by.has(Right.DRAFT_BUSINESS, submission.unit)
    return when(held, OPERATORS_ONLY.format(f"「{submission.unit}」")) & _open(submission)


def _open(submission: Submission) -> Verdict:
    return when(submission.campaign.status == CampaignStatus.OPEN, LOCKED)


def may_start_submission(submission: Submission, by: User) -> Verdict:
    """Begin: the rows come from the register."""
    return may_fill(submission, by)


def may_replace_rows(submission: Submission, by: User) -> Verdict:
    """Use uploaded forms in place of the rows."""
    return may_fill(submission, by) & when(
        submission.is_editable, f"现在是「{submission.state.label}」，不能用上传的表替换。"
    )


def may_present_submission(submission: Submission, by: User) -> Verdict:
    """To the leader: no errors left, something to hand in."""
    return _own(submission, by) and _ready(submission)


def _ready(submission: Submission) -> Verdict:
    if submission.error_count:
        return refused(f"还有 {submission.error_count} 处错误，改完才能交领导确认。")
    return when(submission.row_count > 0, "一行也没有。没有账号网站的单位请用「零报告」。")


def may_declare_submission(submission: Submission, by: User) -> Verdict:
    """零报告: only when the register has none either; the action asks it."""
    return _own(submission, by)


def may_recall_submission(submission: Submission, by: User) -> Verdict:
    """Back from the leader's desk, by the unit's operators."""
    return _own(submission, by)


def leads(submission: Submission, by: User) -> Verdict:
    """The unit's leader, whatever state it is in."""
    held = by.has(Right.CONFIRM_BUSINESS, submission.unit)
    return when(held, LEADERS_ONLY.format(f"「{submission.unit}」"))


def may_decline_submission(submission: Submission, by: User) -> Verdict:
    """The leader sends it back to the operators."""
    return leads(submission, by) & _open(submission)


def may_confirm_submission(submission: Submission, by: User) -> Verdict:
    """The leader answers for it, and it is reported."""
    return leads(submission, by) & _open(submission)


def may_attest_submission(submission: Submission, by: User) -> Verdict:
    """Reported on the stamped scan, which stands for the leader's click."""
    return (_own(submission, by) and _ready(submission)) & when(
        submission.scan_id is not None, "先上传盖章件扫描。"
    )


def may_relay_submission(submission: Submission, by: User) -> Verdict:
    """代报: the department, for a unit that telephones."""
    return (_decides(submission, by) & _open(submission)) and when(
        not submission.error_count, f"还有 {submission.error_count} 处错误，改完才能代报。"
    )


def may_revise_submission(submission: Submission, by: User) -> Verdict:
    """Take back to mend and report again, until the department has claimed it."""
    return _own(submission, by) & when(
        submission.claimed_by_id is None, "宣传部已认领，正在审；请联系宣传部退回。"
    )


def _decides(submission: Submission, by: User) -> Verdict:
    return when(by.has(Right.DECIDE_BUSINESS, submission.unit), DEPARTMENT_ONLY)


def may_claim_submission(submission: Submission, by: User) -> Verdict:
    """The department, one person at a time."""
    holder = submission.claimed_by
    if holder is not None:
        return refused(f"已由{'你' if holder.pk == by.pk else holder.name}认领。")
    return _decides(submission, by)


def may_release_submission(submission: Submission, by: User) -> Verdict:
    """Back to the queue: by whoever holds it, or by a colleague when the holder is gone."""
    holder = submission.claimed_by
    if holder is None:
        return refused("没有人认领。")
    mine = holder.pk == by.pk or not holder.is_active
    return _decides(submission, by) & when(mine, f"由{holder.name}认领，请由本人放回。")


def may_return_submission(submission: Submission, by: User) -> Verdict:
    """The department, never a case that another has claimed."""
    return _decides(submission, by) & _unclaimed_or_mine(submission, by)


def may_accept_submission(submission: Submission, by: User) -> Verdict:
    """As above; what she reported for the unit she accepts only on the stamped scan."""
    own = submission.on_behalf_by_id == by.pk and submission.scan_id is None
    return (
        _decides(submission, by)
        & _unclaimed_or_mine(submission, by)
        & when(not own, "这份填报是你代报的，不能自己接收。请由科室另一人接收，或上传盖章件。")
    )


def may_reopen_submission(submission: Submission, by: User) -> Verdict:
    """Return what was received already: while the campaign is open."""
    return _decides(submission, by) & _open(submission)


def _unclaimed_or_mine(submission: Submission, by: User) -> Verdict:
    holder = submission.claimed_by
    free = holder is None or holder.pk == by.pk
    return when(free, f"已由{holder}认领，请由本人办理或先放回。")


def may_exempt_submission(submission: Submission, by: User) -> Verdict:
    """免报: the department, with a reason."""
    return _decides(submission, by)


def may_require_submission(submission: Submission, by: User) -> Verdict:
    """The unit has to report after all."""
    return _decides(submission, by) & _open(submission)


def may_note_paper(submission: Submission, by: User) -> Verdict:
    """Tick that the stamped paper came: the department."""
    return _decides(submission, by) & when(
        submission.campaign.paper_wanted, "这次填报不要纸质盖章版。"
    )


def may_export_submission(submission: Submission, by: User) -> Verdict:
    """The files hold whole telephone numbers."""
    held = by.has(Right.SEE_NUMBERS, submission.unit)
    return when(held, "文件里有完整手机号，你现在的岗位不能下载。")


def may_file_differences(submission: Submission, by: User) -> Verdict:
    """Draft filings out of differences, or take them back: who may fill."""
    if not by.has(Right.DRAFT_BUSINESS, submission.unit):
        return refused(OPERATORS_ONLY.format(f"「{submission.unit}」"))
    return ALLOWED
