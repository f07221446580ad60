"""What proves an incident goes into the evidence store, chained under its case."""

from collections.abc import Sequence
from datetime import datetime

from meice.evidence.actions import keep_evidence
from meice.evidence.models import EvidenceKind
from meice.files.kinds import FileKind
from meice.files.models import StoredFile
from meice.incidents.actions import events
from meice.incidents.models import Incident
from meice.kernel.access import Refused
from meice.orgs.models import User

MOST_FILES = 20
PICTURES = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.GIF})


def keep_files(
    incident: Incident,
    files: Sequence[StoredFile],
    *,
    by: User | None,
    at: datetime,
    note: str = "",
) -> None:
    """Each file as evidence of the incident, and one line in the timeline for all."""
    if len(files) > MOST_FILES:
        raise Refused(f"一次最多附 {MOST_FILES} 个文件。")
    for stored in files:
        kind = EvidenceKind.PHOTO if stored.kind in PICTURES else EvidenceKind.DOCUMENT
        keep_evidence(stored, case=incident.case, kind=kind, by=by, at=at, note=note)
    if files:
        names = "、".join(stored.name for stored in files)
        events.note_event(
            incident, "evidence", by=by, at=at, note=f"{len(files)} 份：{names}"[:1000]
        )
