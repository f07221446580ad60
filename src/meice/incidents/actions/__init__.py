"""The deeds of the room: the only code that writes its rows."""

from meice.incidents.actions.ending import close_incident, dismiss_incident, reopen_incident
from meice.incidents.actions.handling import (
    Grading,
    acknowledge_incident,
    add_note,
    assign_incident,
    grade_incident,
    take_measure,
)
from meice.incidents.actions.intake import (
    PublicText,
    forget_senders,
    look_up,
    receive_public_report,
    require_open,
    show_contact,
)
from meice.incidents.actions.ladder import climb_ladder
from meice.incidents.actions.letters import (
    LetterText,
    receive_letter,
    refer_incident,
    resume_incident,
)
from meice.incidents.actions.merging import merge_incident, split_incident
from meice.incidents.actions.reporting import report_incident
from meice.web.receipts import Receipt

__all__ = [
    "Grading",
    "LetterText",
    "PublicText",
    "Receipt",
    "acknowledge_incident",
    "add_note",
    "assign_incident",
    "climb_ladder",
    "close_incident",
    "dismiss_incident",
    "forget_senders",
    "grade_incident",
    "look_up",
    "merge_incident",
    "receive_letter",
    "receive_public_report",
    "refer_incident",
    "reopen_incident",
    "report_incident",
    "require_open",
    "resume_incident",
    "show_contact",
    "split_incident",
    "take_measure",
]
