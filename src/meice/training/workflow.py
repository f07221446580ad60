"""What may come after what in a session of training."""

from meice.kernel.flow import Flow, Step
from meice.training import policies
from meice.training.models import SessionStatus

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
