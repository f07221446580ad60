"""The deeds of the room: the only code that writes its rows."""

from meice.training.actions.attending import invite_person, mark_attendance
from meice.training.actions.certificates import (
    CertificateFacts,
    add_certificate,
    drop_certificate,
    remind_certificates,
)
from meice.training.actions.sessions import (
    SessionFacts,
    cancel_session,
    edit_session,
    hold_session,
    plan_session,
)
from meice.training.actions.topics import retire_topic, set_topic

__all__ = [
    "CertificateFacts",
    "SessionFacts",
    "add_certificate",
    "cancel_session",
    "drop_certificate",
    "edit_session",
    "hold_session",
    "invite_person",
    "mark_attendance",
    "plan_session",
    "remind_certificates",
    "retire_topic",
    "set_topic",
]
