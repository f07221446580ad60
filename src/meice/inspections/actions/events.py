"""The line in a finding's own history, and the word to those whom it concerns."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from meice.inspections.models import Finding, FindingEvent
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import User, event_facts

LONGEST_NOTE = 1000


def note_event(
    finding: Finding, act: str, *, by: User | None, at: datetime, note: str = ""
) -> FindingEvent:
    """Add who did what when, with the name and post of the moment; `by` None: the machine."""
    event = new_event(finding, act, by=by, at=at, note=note)
    event.save()
    return event


def new_event(
    finding: Finding, act: str, *, by: User | None, at: datetime, note: str = ""
) -> FindingEvent:
    """The same, not saved yet: for many at once."""
    facts = event_facts(act, by=by, at=at, note=note[:LONGEST_NOTE], nobody="")
    return FindingEvent(finding=finding, **facts)


def tell(
    people: Iterable[User], finding: Finding, text: str, *, besides: User | None = None
) -> None:
    """One line into the inbox of each, sent when the act is committed."""
    url = reverse("finding", args=[finding.pk])
    for person in people:
        if person.is_active and (besides is None or person.pk != besides.pk):
            notify(person, text=text, url=url, kind=NoticeKind.TASK)
