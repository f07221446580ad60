"""The heads of the chain, kept in a file outside the database.

One line a minute in which the chain grew: time, position, hash. Who can only write the database
cannot make a recomputed or shortened chain agree with them. The file belongs into every backup.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from meice.audit.models import ChainLink

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the chain ended at a time."""

    at: str
    position: int
    hash: str


def anchors_path() -> Path:
    """The file; one for each machine that runs a worker."""
    return Path(settings.DATA_DIR) / "audit-anchors.txt"


def drop_anchor(link: ChainLink, moment: datetime) -> bool:
    """Append the head of the chain, synced, unless the last line says the same already."""
    path = anchors_path()
    last = latest()
    if last and last.position == link.position and last.hash == link.hash:
        return False
    line = f"{moment:%Y-%m-%dT%H:%M:%SZ} {link.position} {link.hash}\n"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    logger.info("audit chain head %s %s", link.position, link.hash)
    return True


def latest() -> Anchor | None:
    """The last whole line; None when there is none."""
    *_, last = [None, *read_anchors()]
    return last


def read_anchors() -> Iterator[Anchor]:
    """All whole lines of the file; a line torn by a crash is passed over."""
    path = anchors_path()
    if not path.exists():
        return
    for line in path.read_text("ascii", errors="replace").splitlines():
        at, _, rest = line.partition(" ")
        position, _, digest = rest.partition(" ")
        if position.isdecimal() and len(digest) == 64:
            yield Anchor(at, int(position), digest)
