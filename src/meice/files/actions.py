"""The only place that keeps a file: bytes first, whole and synced, then the row."""

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any

from meice.files.kinds import ARCHIVES, FileKind
from meice.files.models import StoredFile
from meice.files.storage import TooMuch, write_blob
from meice.kernel.access import Refused
from meice.kernel.clock import now

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes: one file, one archive, all files of one person within 24 hours."""

    single: int = 20 * MEGABYTE
    archive: int = 300 * MEGABYTE
    daily: int = 2048 * MEGABYTE

    def of(self, kind: FileKind) -> int:
        """The limit of one file of this kind."""
        return self.archive if kind in ARCHIVES else self.single


LIMITS = Limits()


class TooLarge(Refused):
    """The file is over the limit of its kind."""


class QuotaSpent(Refused):
    """The person has kept as much as a day allows."""


def keep_file(
    stream: IO[bytes],
    *,
    name: str,
    by: Any,
    purpose: str,
    limits: Limits = LIMITS,
) -> StoredFile:
    """Keep what `stream` holds as a new row; equal bytes share one place on the disk.

    `by` is the user (None: the system itself, without quota); `purpose` a short English word of
    the room. Raises `TooLarge` or `QuotaSpent` (both `Refused`, Chinese reason) or `StorageFull`;
    then nothing is kept. A crash between bytes and row leaves an orphan for the sweep.
    """
    left = _left_today(by, limits)
    try:
        blob = write_blob(stream, lambda kind: min(left, limits.of(kind)))
    except TooMuch as reached:
        raise (_quota_spent(limits) if reached.limit == left else _too_large(limits)) from None
    return StoredFile.objects.create(
        digest=blob.digest,
        size=blob.size,
        kind=blob.kind,
        name=_bare_name(name),
        purpose=purpose,
        kept_by=by,
        kept_at=now(),
    )


def drop_unclaimed(before: datetime) -> int:
    """Remove rows kept before then to which no room points; the sweep then finds their bytes."""
    return StoredFile.objects.unclaimed(before).delete()[0]


def _left_today(by: Any, limits: Limits) -> int:
    """Bytes that `by` may still keep today; no upload begins when none are left."""
    if by is None:
        return sys.maxsize
    used = StoredFile.objects.kept_bytes(by, since=now() - timedelta(days=1))
    if used >= limits.daily:
        raise _quota_spent(limits)
    return limits.daily - used


def _bare_name(name: str) -> str:
    """Without folders and control characters; the ending survives a cut at 255 signs."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(sign for sign in base if sign.isprintable()).strip() or "文件"
    return clean[-255:]


def _too_large(limits: Limits) -> TooLarge:
    single, archive = limits.single // MEGABYTE, limits.archive // MEGABYTE
    return TooLarge(
        f"文件太大：单个文件最多 {single} MB，压缩包最多 {archive} MB。请拆分或压缩后再传。"
    )


def _quota_spent(limits: Limits) -> QuotaSpent:
    daily = limits.daily // MEGABYTE
    return QuotaSpent(f"24 小时内上传已到 {daily} MB 的上限。请明天再传。")
