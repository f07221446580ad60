"""The line in a filing's own history."""

from collections.abc import Sequence
from datetime import datetime

from meice.orgs.models import User, event_facts
from meice.registry.models import Filing, FilingEvent


def note_event(
    filing: Filing,
    act: str,
    *,
    by: User,
    at: datetime,
    note: str = "",
    reasons: Sequence[str] = (),
) -> FilingEvent:
    """Add who did what when, with the name and post of the moment."""
    facts = event_facts(act, by=by, at=at, note=note)
    return FilingEvent.objects.create(filing=filing, reasons=list(reasons), **facts)
