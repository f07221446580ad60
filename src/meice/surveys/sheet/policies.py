"""May she write into the sheet, and if not, why?"""

from meice.kernel.access import ALLOWED, Verdict, refused
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.surveys.models import EDITABLE, Submission, SubmissionStatus
from meice.surveys.policies import may_fill

LOCKED = "这次填报已截止并锁定，只能查看。"
REASONS = {
    SubmissionStatus.UNTOUCHED: "还没有开始填写。点「开始填写」，按台账预填后再改。",
    SubmissionStatus.AWAITING_LEADER: "已交领导确认，只能查看。要改先收回。",
    SubmissionStatus.REPORTED: "已报宣传部待审，只能查看。要改先撤回。",
    SubmissionStatus.RECEIVED: "宣传部已接收，只能查看。",
    SubmissionStatus.EXEMPT: "本单位免报，不用填。",
}


def may_edit_sheet(by: User, submission: Submission) -> Verdict:
    """Who fills it in, while it takes changes."""
    return may_fill(submission, by) & takes_changes(submission)


def takes_changes(submission: Submission) -> Verdict:
    """The state of the submission and of its campaign, whoever asks."""
    status = SubmissionStatus(submission.status)
    if status not in EDITABLE:
        return refused(REASONS[status])
    return ALLOWED if submission.is_editable else refused(LOCKED)


def sees_numbers(by: User, submission: Submission) -> bool:
    """Mobiles are shown whole to those who work with them, masked to others (auditors)."""
    return by.has(Right.SEE_NUMBERS, submission.unit)
