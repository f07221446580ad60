"""Incidents and their timeline, who was called, alarms, letters, public reports, settings."""

from meice.incidents.models.dealing import (
    Alarm,
    Audience,
    ChainRung,
    IncidentTerm,
    Letter,
    LetterHead,
    Responder,
    Watch,
)
from meice.incidents.models.incident import (
    DRILL_LOOK,
    ENDED,
    LIVE,
    Incident,
    IncidentEvent,
    IncidentStatus,
    late_at,
)
from meice.incidents.models.intake import LookUp, PublicReport

__all__ = [
    "DRILL_LOOK",
    "ENDED",
    "LIVE",
    "Alarm",
    "Audience",
    "ChainRung",
    "Incident",
    "IncidentEvent",
    "IncidentStatus",
    "IncidentTerm",
    "Letter",
    "LetterHead",
    "LookUp",
    "PublicReport",
    "Responder",
    "Watch",
    "late_at",
]
