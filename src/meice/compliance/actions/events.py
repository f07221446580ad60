"""What the acts have in common: the line in the history, refusing secrets."""

from datetime import datetime

from meice.compliance.models import ComplianceEvent, ComplianceItem, Custody, Device
from meice.compliance.secret import WHY, secret_in
from meice.kernel.access import Refused
from meice.orgs.models import User, event_facts

Thing = ComplianceItem | Device | Custody


def note_event(thing: Thing, act: str, *, by: User | None, at: datetime, note: str = "") -> None:
    """Who did what when, named as she was then; `by` None: the machine."""
    ComplianceEvent.objects.create(
        item=thing if isinstance(thing, ComplianceItem) else None,
        device=thing if isinstance(thing, Device) else None,
        custody=thing if isinstance(thing, Custody) else None,
        **event_facts(act, by=by, at=at, note=note),
    )


def refuse_secrets(*texts: str) -> None:
    """Nothing that looks like a password is written, whichever way it came."""
    for text in texts:
        found = secret_in(text)
        if found:
            raise Refused(WHY.format(found))
