"""The room's words and its round; evidence is shown by the room that keeps the case."""

from datetime import time

from meice.audit.phrases import name_acts, name_details
from meice.evidence.phrases import ACTS, DETAILS
from meice.evidence.tasks import verify_evidence
from meice.jobs import schedules


def register() -> None:
    """Name the acts; look at every hash each night."""
    name_acts(ACTS)
    name_details(DETAILS)
    schedules.daily(at=time(3, 50), task=verify_evidence, key="evidence.verify")
