"""What may come after what: a session of training, a list of who was there."""

from meice.kernel.flow import Flow, Step
from meice.training import policies
from meice.training.models import AttendanceIntakeStatus, SessionStatus

SESSION = Flow(
    SessionStatus,
    [
        Step(
            "hold", "办完", (SessionStatus.PLANNED,), SessionStatus.HELD, policies.may_hold_session
        ),
        Step(
            "cancel", "取消培训", (SessionStatus.PLANNED,), SessionStatus.CANCELLED,
            policies.may_cancel_session,
        ),
    ],
    initial=SessionStatus.PLANNED,
)  # fmt: skip

INTAKE = Flow(
    AttendanceIntakeStatus,
    [
        Step(
            "apply", "导入", (AttendanceIntakeStatus.PREVIEW,), AttendanceIntakeStatus.APPLIED,
            policies.owns_intake,
        ),
        Step(
            "drop", "放弃", (AttendanceIntakeStatus.PREVIEW,), AttendanceIntakeStatus.DROPPED,
            policies.owns_intake,
        ),
    ],
    initial=AttendanceIntakeStatus.PREVIEW,
)  # fmt: skip
