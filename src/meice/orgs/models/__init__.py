"""Units, people, posts, invitations and imports."""

from meice.orgs.models.event import Event, event_facts
from meice.orgs.models.intake import Intake, IntakeState, IntakeSubject
from meice.orgs.models.invitation import MAX_TRIES, Invitation
from meice.orgs.models.unit import FormerName, Unit, UnitKind
from meice.orgs.models.user import (
    MOBILE,
    USERNAME,
    USERNAME_SHAPE,
    FormerPassword,
    Post,
    SignedIn,
    User,
)

__all__ = [
    "MAX_TRIES",
    "MOBILE",
    "USERNAME",
    "USERNAME_SHAPE",
    "Event",
    "FormerName",
    "FormerPassword",
    "Intake",
    "IntakeState",
    "IntakeSubject",
    "Invitation",
    "Post",
    "SignedIn",
    "Unit",
    "UnitKind",
    "User",
    "event_facts",
]
