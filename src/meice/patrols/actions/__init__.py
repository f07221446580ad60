"""The deeds of the room: the only code that writes its rows."""

from meice.patrols.actions.checklists import copy_checklist, copy_pattern, edit_checklist
from meice.patrols.actions.ladder import climb_ladder
from meice.patrols.actions.opening import open_rounds, start_round
from meice.patrols.actions.patrolling import (
    Said,
    VisitText,
    answer_visit,
    excuse_round,
    fine_visit,
    finish_round,
    take_round,
)
from meice.patrols.actions.photos import add_photo, drop_photo
from meice.patrols.actions.plans import (
    PlanText,
    create_plan,
    edit_plan,
    pause_plan,
    restart_plan,
)
from meice.patrols.actions.raising import (
    FindingText,
    IncidentText,
    raise_finding,
    raise_incident,
)

__all__ = [
    "FindingText",
    "IncidentText",
    "PlanText",
    "Said",
    "VisitText",
    "add_photo",
    "answer_visit",
    "climb_ladder",
    "copy_checklist",
    "copy_pattern",
    "create_plan",
    "drop_photo",
    "edit_checklist",
    "edit_plan",
    "excuse_round",
    "fine_visit",
    "finish_round",
    "open_rounds",
    "pause_plan",
    "raise_finding",
    "raise_incident",
    "restart_plan",
    "start_round",
    "take_round",
]
