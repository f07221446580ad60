"""Photos and screenshots taken on a round: kept as evidence of what was seen."""

from datetime import datetime
from typing import IO

from django.db import transaction

from meice.audit.actions import record
from meice.evidence.actions import keep_evidence
from meice.evidence.models import EvidenceKind
from meice.files.actions import MEGABYTE, Limits, keep_file
from meice.files.kinds import FileKind
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.patrols import policies
from meice.patrols.actions import events
from meice.patrols.actions.patrolling import lock_visit
from meice.patrols.models import Photo, Visit

PURPOSE = "patrol"
PICTURES = (FileKind.PNG, FileKind.JPEG, FileKind.GIF)
PHOTO_LIMITS = Limits(single=10 * MEGABYTE, archive=0)


def add_photo(
    visit: Visit, stream: IO[bytes], *, name: str, key: str = "", by: User, at: datetime
) -> Photo:
    """Bytes first, then the row. Raises `Refused` for what is no picture, too large or too many."""
    require(policies.may_add_photo(by, visit))
    kept = keep_file(stream, name=name, by=by, purpose=PURPOSE, limits=PHOTO_LIMITS)
    if kept.kind not in PICTURES:
        raise Refused(f"「{kept.name}」不是图片。请用 JPG 或 PNG，手机上可以截图再传。")
    return _add(visit, kept, key, by, at)


@transaction.atomic
def _add(visit: Visit, kept: StoredFile, key: str, by: User, at: datetime) -> Photo:
    round, visit = lock_visit(visit)
    require(policies.may_add_photo(by, visit))
    known = {check.key for check in round.checklist.checks_for(visit.kind)}
    kept_as = keep_evidence(
        kept, case=round.case, kind=EvidenceKind.PHOTO, by=by, at=at, source=visit.outlet.url,
        note=f"{visit.place} {visit.name}",
    )  # fmt: skip
    photo = Photo.objects.create(
        visit=visit,
        key=key if key in known else "",
        evidence=kept_as,
        by=by,
        by_name=by.name,
        at=at,
    )
    events.note_event(round, "photo", by=by, at=at, note=f"第 {visit.place} 个 {kept.name}")
    record("round.photo", round, by=by, detail={"place": visit.place}, unit_path=round.unit_path)
    return photo


@transaction.atomic
def drop_photo(photo: Photo, *, by: User, at: datetime) -> None:
    """Take a picture that shows the wrong thing off the page; the evidence store keeps it."""
    round, visit = lock_visit(photo.visit)
    require(policies.may_drop_photo(by, visit))
    events.note_event(round, "drop", by=by, at=at, note=f"第 {visit.place} 个 {photo.file.name}")
    record("round.drop", round, by=by, detail={"place": visit.place}, unit_path=round.unit_path)
    Photo.objects.filter(pk=photo.pk).delete()
