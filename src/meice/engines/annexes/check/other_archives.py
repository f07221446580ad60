""".rar and .7z, with the optional extra ``archives`` (libarchive); read only in a limited child."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import Enum

MOST_ENTRIES = 2000
MOST_UNPACKED = 96 * 1024 * 1024  # what the child may hold and send back
MOST_FILE = 20 * 1024 * 1024
MOST_RATIO = 200


class Trouble(Enum):
    """Why nothing was unpacked."""

    NO_LIBRARY = "no-library"
    BROKEN = "broken"
    TOO_MUCH = "too-much"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One member; ``data`` is None for a link, a device, or a file over the limit."""

    name: str
    data: bytes | None
    link: bool = False


def unpack(data: bytes) -> tuple[Unpacked, ...] | Trouble:
    """The members of a .rar or .7z."""
    try:
        libarchive = importlib.import_module("libarchive")
    except Exception:  # the package, or the system's library under it, is missing
        return Trouble.NO_LIBRARY
    found: list[Unpacked] = []
    total = 0
    try:
        with libarchive.memory_reader(data) as entries:
            for entry in entries:
                if entry.isdir:
                    continue
                name = str(entry.pathname).replace("\\", "/")
                if not entry.isreg:
                    found.append(Unpacked(name, None, link=True))
                    continue
                body = _body(entry)
                total += len(body or b"")
                found.append(Unpacked(name, body))
                limit = min(MOST_UNPACKED, MOST_RATIO * max(1, len(data)))
                if len(found) > MOST_ENTRIES or total > limit:
                    return Trouble.TOO_MUCH
    except MemoryError:
        raise
    except Exception:  # libarchive's own error, or a name it cannot decode
        return Trouble.BROKEN
    return tuple(found)


def _body(entry: object) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    for block in entry.get_blocks():  # type: ignore[attr-defined]
        size += len(block)
        if size > MOST_FILE:
            return None
        parts.append(block)
    return b"".join(parts)
