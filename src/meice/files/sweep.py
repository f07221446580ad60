"""What a crash or a deletion left on the disk, removed after a day.

A blob is first renamed aside, then looked at once more, then removed or put back: an upload of
the same bytes at the same moment loses nothing, and a crash in between is mended by the next run.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from meice.files.actions import drop_unclaimed
from meice.files.models import StoredFile, blob_path
from meice.files.storage import incoming_folder, place

KEPT_HOURS = 24
ASIDE = ".swept"


def sweep(moment: datetime) -> int:
    """Remove rows that nothing points to, blobs without a row, drafts; all older than a day
    at `moment`. Gives the number of files removed."""
    limit = moment - timedelta(hours=KEPT_HOURS)
    drop_unclaimed(before=limit)
    removed = _sweep_drafts(limit)
    for path in _blobs():
        removed += _sweep_blob(path, limit)
    return removed


def _sweep_drafts(limit: datetime) -> int:
    stale = [path for path in incoming_folder().glob("*.part") if _is_older(path, limit)]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _blobs() -> Iterator[Path]:
    return Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")


def _sweep_blob(path: Path, limit: datetime) -> int:
    digest = path.name.removesuffix(ASIDE)
    if path.suffix != ASIDE:
        if not _is_older(path, limit) or _has_row(digest):
            return 0
        aside = path.with_name(path.name + ASIDE)
        path.replace(aside)
        path = aside
    if _has_row(digest) or not _is_older(path, limit):
        _put_back(path, digest)
        return 0
    path.unlink(missing_ok=True)
    return 1


def _put_back(path: Path, digest: str) -> None:
    if blob_path(digest).exists():
        path.unlink(missing_ok=True)
    else:
        place(path, digest)


def _has_row(digest: str) -> bool:
    return StoredFile.objects.filter(digest=digest).exists()


def _is_older(path: Path, limit: datetime) -> bool:
    try:
        return path.stat().st_mtime < limit.timestamp()
    except FileNotFoundError:
        return False
