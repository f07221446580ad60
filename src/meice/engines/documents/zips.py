"""Zips from people's mail: looked through before anything is unpacked, then read one by one.

Source: contracts.md (archives), assurance.md 1.6 (12-15): names are checked, overlapping entries,
too many, too much and too dense are refused by the directory alone; what is unpacked is capped.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from meice.engines.documents.member_names import is_junk, is_link, is_unsafe, member_name, shown

MOST_ENTRIES = 2000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
MOST_FILE = 20 * 1024 * 1024
LOCAL_HEADER = 30
ENCRYPTED_FLAG = 0x1


class RefusedZip(ValueError):
    """The whole archive is not opened. `found`: what it is; `why`: in a sentence after its name;
    both empty where it is broken."""

    def __init__(self, found: str = "", why: str = "") -> None:
        super().__init__(why)
        self.found, self.why = found, why


class Unread(Enum):
    """Why one member was not read."""

    UNSAFE = auto()
    LINK = auto()
    TOO_LARGE = auto()
    LOCKED = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside: its name, its bytes (none where it is `unread`), when it was changed."""

    name: str
    data: bytes = b""
    modified: str = ""
    unread: Unread | None = None


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked of one file from outside, whatever is nested in it."""

    left: int = MOST_UNPACKED


def members_of(data: bytes, budget: Budget) -> Iterator[Member]:
    """The files of a zip, without folders and without what systems leave beside people's files.

    An archive may be as large inside as the budget lets it, any other member 20 MB. Raises
    RefusedZip before the first.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # zipfile raises more than BadZipFile on a hostile directory
        raise RefusedZip from error
    with archive:
        _refuse(archive, data, budget)
        for info in archive.infolist():
            name = member_name(info)
            if is_unsafe(name) or is_link(info):
                why = Unread.UNSAFE if is_unsafe(name) else Unread.LINK
                yield Member(shown(name), unread=why)
            elif not is_junk(name) and not name.endswith("/"):
                member = _read(archive, info, name)
                budget.left -= len(member.data)
                yield member


def is_archive_name(name: str) -> bool:
    """Named as an archive."""
    return name.lower().endswith((".zip", ".rar", ".7z"))


def _refuse(archive: zipfile.ZipFile, data: bytes, budget: Budget) -> None:
    """Raises RefusedZip for what must not be unpacked."""
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > MOST_ENTRIES:
        raise RefusedZip(
            f"{len(infos)} 个文件", f"里有 {len(infos)} 个文件，超过 {MOST_ENTRIES} 个"
        )
    if _overlaps(infos, data, archive.start_dir):
        raise RefusedZip("文件互相重叠", "里的文件互相重叠，是异常的压缩包")
    if unpacked > budget.left:
        size = unpacked // 2**20
        raise RefusedZip(f"解开后 {size} MB", f"解开后有 {size} MB，超过 300 MB")
    if unpacked > MOST_RATIO * max(1, min(packed, len(data))):
        raise RefusedZip(f"压缩比超过 {MOST_RATIO}", f"的压缩比超过 {MOST_RATIO} 倍，像是压缩炸弹")


def _overlaps(infos: list[zipfile.ZipInfo], data: bytes, end: int) -> bool:
    """Whether entries share bytes, with each other or with the directory."""
    reached = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < reached:
            return True
        header = data[info.header_offset : info.header_offset + LOCAL_HEADER]
        lengths = struct.unpack_from("<HH", header, 26) if len(header) == LOCAL_HEADER else (0, 0)
        reached = info.header_offset + LOCAL_HEADER + sum(lengths) + info.compress_size
    return reached > end


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    if info.file_size > MOST_FILE and not is_archive_name(name):
        return Member(shown(name), unread=Unread.TOO_LARGE)
    if info.flag_bits & ENCRYPTED_FLAG:
        return Member(shown(name), unread=Unread.LOCKED)
    try:
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
            NotImplementedError, RuntimeError, struct.error):  # fmt: skip
        return Member(shown(name), unread=Unread.BROKEN)
    modified = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*info.date_time)
    return Member(shown(name), data, modified)
