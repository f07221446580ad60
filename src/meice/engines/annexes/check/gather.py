"""Looks through what was named: files, folders (recursively), archives; in a fixed order."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from meice.engines.annexes.check.archives import is_sheet_name, read_zip, sort_member, too_large
from meice.engines.annexes.check.found import Attachment, Entry, Item, Opened, rejected
from meice.engines.annexes.check.other_archives import Trouble, Unpacked, unpack
from meice.engines.annexes.model import Code
from meice.engines.annexes.read.ledger import base_name
from meice.engines.documents import (
    ARCHIVES,
    MOST_FILE,
    MOST_UNPACKED,
    SPREADSHEETS,
    Budget,
    Kind,
    is_archive_name,
    is_junk,
    is_unsafe,
    kind_of,
    shown,
)
from meice.engines.sandbox import Pool
from meice.engines.terminal import reason_of

Given = str | Path | tuple[str, bytes]  # a path, or an upload with its name
CHINA = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Place:
    """One file to look at: named outright, or met in the folder ``folder``."""

    path: str
    data: bytes | None = None
    folder: str | None = None
    given: int = 0  # which of the given paths it was found under


@dataclass(slots=True)
class Search:
    """Looks through the given paths. ``unpackers`` opens .rar and .7z in a child of its own, so
    that it never waits for the children that read."""

    given: Sequence[Given]
    _unpackers: list[Pool] = field(default_factory=list)

    def places(self) -> list[Place]:
        """Every file, folders walked; links are not followed."""
        return [place for at, each in enumerate(self.given) for place in _places(each, at)]

    def items(self, place: Place) -> Iterator[Item]:
        """What one file holds: itself, or an archive's members."""
        try:
            data, modified = _contents(place)
        except OSError as error:
            message = f"{base_name(place.path)} 读不到（{reason_of(error)}）。请检查文件和权限。"
            yield rejected(Code.CORRUPT, place.path, "读不到", "可读的文件", message, place.folder)
            return
        if data is None:
            yield too_large(place.path, place.folder)
            return
        kind = Kind.XLS if is_sheet_name(place.path) else kind_of(data)
        if kind in ARCHIVES:
            yield from self._archive(kind, data, place.path)
        elif place.folder is None or kind in SPREADSHEETS:
            yield Entry(place.path, data, place.folder, modified)
        else:
            yield Attachment(place.path, place.folder)

    def close(self) -> None:
        for pool in self._unpackers:
            pool.close()

    def _archive(self, kind: Kind, data: bytes, path: str) -> Iterator[Item]:
        budget = Budget()
        items = read_zip(data, path, budget) if kind is Kind.ZIP else self._other(data, path, 0)
        for item in items:
            nested = isinstance(item, Entry) and not is_sheet_name(item.path)
            if isinstance(item, Entry) and nested and kind_of(item.data) in ARCHIVES:
                yield from self._other(item.data, item.path, 1)
            else:
                yield item

    def _other(self, data: bytes, path: str, depth: int) -> Iterator[Item]:
        """The members of a .rar or .7z."""
        yield Opened(path, archive=True)
        if not self._unpackers:
            self._unpackers.append(Pool(1))
        answer = self._unpackers[0].run(unpack, data)
        members = answer.value if answer.failure is None else Trouble.BROKEN
        if not isinstance(members, tuple):
            yield _trouble(members or Trouble.BROKEN, path)
            return
        for member in members:
            yield from _unpacked(member, path, depth)


def _unpacked(member: Unpacked, path: str, depth: int) -> Iterator[Item]:
    inside = f"{path}!/{shown(member.name)}"
    if member.link or is_unsafe(member.name):
        message = (
            f"压缩包里的 {base_name(inside)} 是链接或文件名不安全，没有读。请重新打包成 .zip。"
        )
        yield rejected(Code.UNSAFE_ARCHIVE, inside, "不安全的成员", "普通的文件", message, path)
    elif is_junk(member.name):
        return
    elif member.data is None:
        yield too_large(inside, path) if is_sheet_name(inside) else Attachment(inside, path)
    else:
        yield from sort_member(member.data, inside, path, "", Budget(), depth)


def _trouble(trouble: Trouble, path: str) -> Item:
    name = base_name(path)
    if trouble is Trouble.NO_LIBRARY:
        message = f"{name} 是 .rar 或 .7z，这里没有装解开它的组件。请改用 .zip 打包后再发。"
        return rejected(Code.NOT_A_SPREADSHEET, path, ".rar 或 .7z", ".zip", message, path)
    if trouble is Trouble.TOO_MUCH:
        message = f"{name} 解开后太大或文件太多，没有读。请只把附件 1–4 的表格打包成 .zip 重发。"
        return rejected(Code.UNSAFE_ARCHIVE, path, "解开后太大", "附件 1–4 的表格", message, path)
    message = f"{name} 已经损坏、没有传完或设了密码，解不开。请不设密码，重新打包成 .zip 再发。"
    return rejected(Code.CORRUPT, path, "解不开", "完好的 .zip", message, path)


def _places(given: Given, number: int) -> Iterable[Place]:
    if isinstance(given, tuple):
        return [Place(given[0], given[1], given=number)]
    path = Path(given)
    if not path.is_dir():
        return [Place(str(given), given=number)]
    return [
        Place(str(Path(folder) / name), folder=folder, given=number)
        for folder, _, names in _walk(path)
        for name in names
    ]


def _walk(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not is_junk(f"{name}/"))
        kept = [name for name in sorted(names) if not is_junk(name)]
        yield folder, folders, [name for name in kept if not (Path(folder) / name).is_symlink()]


def _contents(place: Place) -> tuple[bytes | None, str]:
    """The file's bytes (None when it is over the limit) and its time."""
    limit = MOST_UNPACKED if is_archive_name(place.path) else MOST_FILE
    if place.data is not None:
        return (place.data if len(place.data) <= limit else None), ""
    path = Path(place.path)
    status = path.stat()
    moment = dt.datetime.fromtimestamp(status.st_mtime, CHINA)
    data = path.read_bytes() if status.st_size <= limit else None
    return data, moment.isoformat(timespec="seconds")[:19]
