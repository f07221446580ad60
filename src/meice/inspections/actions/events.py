"""The line in a finding's own history, and the word to those whom it concerns."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from meice.inspections.models import Finding, FindingEvent
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import User

LONGEST_NOTE = 1000


def note_event(
    finding: Finding, act: str, *, by: User | None, at: datetime, note: str = ""
) -> FindingEvent:
    """Add who did what when, with the name and post of the moment; `by` None: the machine."""
    return FindingEvent.objects.create(**event_facts(finding, act, by=by, at=at, note=note))


def event_facts(
    finding: Finding, act: str, *, by: User | None, at: datetime, note: str = ""
) -> dict[str, object]:
    """The columns of one event; for many at once."""
    post = by.post if by else None
    return {
        "finding": finding,
        "act": act,
        "at": at,
        "by": by,
        "by_name": by.name if by else "",
        "by_unit": post.unit.called if post else "",
        "note": note[:LONGEST_NOTE],
    }


def tell(
    people: Iterable[User], finding: Finding, text: str, *, besides: User | None = None
) -> None:
    """One line into the inbox of each, sent when the act is committed."""
    url = reverse("finding", args=[finding.pk])
    for person in people:
        if person.is_active and (besides is None or person.pk != besides.pk):
            notify(person, text=text, url=url, kind=NoticeKind.TASK)
