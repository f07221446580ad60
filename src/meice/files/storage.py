"""The disk: a file is written aside, synced and renamed into place, so none is ever half there."""

import errno
import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from meice.files.kinds import HEAD_BYTES, FileKind, kind_of
from meice.files.models import blob_path
from meice.kernel.http import Unavailable

CHUNK = 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageFull(Unavailable):
    """The disk has no room; nothing was kept. Pages answer 507 with this sentence."""

    status = 507

    def __init__(self) -> None:
        super().__init__("存储空间已满，文件没有收下。请联系信息网络中心清理后再传。")


class TooMuch(Exception):
    """The stream went on past `limit` bytes; nothing was kept."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


LimitOf = Callable[[FileKind], int]


@dataclass(frozen=True, slots=True)
class Blob:
    """What was written: SHA-256 in hex, bytes, kind by the first bytes."""

    digest: str
    size: int
    kind: FileKind


def incoming_folder() -> Path:
    """Where files are written before they are whole; on the same disk as the rest."""
    return Path(settings.FILES_DIR) / "incoming"


def write_blob(stream: IO[bytes], limit_of: LimitOf) -> Blob:
    """Read `stream` to its end and put it under its hash.

    Raises `TooMuch` past `limit_of(kind)` bytes and `StorageFull` when the disk has no room;
    either way no trace stays. Survives power loss from the moment it returns.
    """
    folder = incoming_folder()
    with _room_or_full():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f"{uuid.uuid4().hex}.part"
        try:
            blob = _copy(stream, draft, limit_of)
            place(draft, blob.digest)
        finally:
            draft.unlink(missing_ok=True)
    return blob


def place(draft: Path, digest: str) -> None:
    """Rename a whole file into its place and make the rename last."""
    target = blob_path(digest)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.replace(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync_folder(folder)


def digest_of(path: Path) -> str:
    """The SHA-256 of the file as it lies on the disk now."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copy(stream: IO[bytes], draft: Path, limit_of: LimitOf) -> Blob:
    digest, size, head = hashlib.sha256(), 0, b""
    with draft.open("xb") as target:
        draft.chmod(0o600)
        while chunk := stream.read(CHUNK):
            head = head or chunk[:HEAD_BYTES]
            size += len(chunk)
            if size > (limit := limit_of(kind_of(head))):
                raise TooMuch(limit)
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return Blob(digest.hexdigest(), size, kind_of(head))


@contextmanager
def _room_or_full() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        if failure.errno in _FULL:
            raise StorageFull from failure
        raise


def _sync_folder(folder: Path) -> None:
    """Make a rename survive power loss; a system that cannot sync folders (Windows) goes on."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
