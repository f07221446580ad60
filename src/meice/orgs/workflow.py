"""What may come after what in an import."""

from meice.kernel.flow import Flow, Step
from meice.orgs import policies
from meice.orgs.models import IntakeState

INTAKE = Flow(
    IntakeState,
    [
        Step(
            "apply",
            "导入",
            (IntakeState.PREVIEW,),
            IntakeState.APPLIED,
            policies.owns_intake,
        ),
        Step(
            "drop",
            "放弃",
            (IntakeState.PREVIEW,),
            IntakeState.DROPPED,
            policies.owns_intake,
        ),
    ],
    initial=IntakeState.PREVIEW,
)
