"""What every view of the room needs of the request."""

from collections.abc import Iterable
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.incidents.models import Incident, Letter
from meice.kernel.http import visible_or_404
from meice.orgs.models import User

EVIDENCE = "incident-evidence"


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def incident_or_404(request: HttpRequest, pk: int) -> Incident:
    """An incident that the reader may see, with everything its page and its verdicts look at."""
    seen = Incident.objects.visible_to(person(request)).select_related(
        "unit", "outlet", "handler", "merged_into", "public_report"
    )
    return visible_or_404(seen.prefetch_related("responders", "letters", "merged"), pk=pk)


def letter_or_404(request: HttpRequest, pk: int, letter: int) -> Letter:
    """A letter of an incident that the reader may see."""
    found = incident_or_404(request, pk)
    chosen = visible_or_404(Letter.objects.filter(incident=found.pk), pk=letter)
    chosen.incident = found
    return chosen


def kept(uploads: Iterable[Any], user: User | None) -> list[StoredFile]:
    """The uploads on the disk."""
    return [_keep(upload, user) for upload in uploads]


def _keep(upload: "UploadedFile[bytes]", user: User | None) -> StoredFile:
    return keep_file(upload, name=upload.name or "", by=user, purpose=EVIDENCE)
