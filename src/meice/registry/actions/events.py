"""The line in a filing's own history."""

from collections.abc import Sequence
from datetime import datetime

from meice.orgs.models import User
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
    post = by.post
    return FilingEvent.objects.create(
        filing=filing,
        act=act,
        at=at,
        by=by,
        by_name=by.name,
        by_unit=post.unit.called if post else "",
        note=note,
        reasons=list(reasons),
    )
