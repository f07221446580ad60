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

from meice.engines.annexes.check.found import Attachment, Entry, Item, Opened, Rejected, rejected
from meice.engines.annexes.check.names import (
    is_junk,
    is_link,
    is_sheet_name,
    is_unsafe,
    member_name,
    shown,
)
from meice.engines.annexes.model import Code
from meice.engines.annexes.read.ledger import base_name
from meice.engines.documents import ARCHIVES, SPREADSHEETS, Kind, kind_of

MOST_ENTRIES = 2000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
MOST_FILE = 20 * 1024 * 1024
DEEPEST = 1  # levels of archives inside an archive
LOCAL_HEADER = 30
ENCRYPTED_FLAG = 0x1
SENT_AS_ZIP = "不超过 300 MB、2000 个文件的 .zip"


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked of one file from outside, whatever is nested in it."""

    left: int = MOST_UNPACKED


def read_zip(data: bytes, path: str, budget: Budget, depth: int = 0) -> Iterator[Item]:
    """The members of a zip; nested zips are opened one level deep."""
    yield Opened(path, archive=True)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # zipfile raises more than BadZipFile on a hostile directory
        yield _broken(path, path)
        return
    with archive:
        refused = _refusal(archive, data, path, budget)
        if refused:
            yield refused
            return
        for info in archive.infolist():
            yield from _member(archive, info, path, budget, depth)


def _refusal(archive: zipfile.ZipFile, data: bytes, path: str, budget: Budget) -> Rejected | None:
    """Why the whole archive is refused before unpacking, if it is."""
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    name = base_name(path)
    if len(infos) > MOST_ENTRIES:
        found = f"{len(infos)} 个文件"
        why = f"里有 {len(infos)} 个文件，超过 {MOST_ENTRIES} 个"
    elif _overlaps(infos, data, archive.start_dir):
        found, why = "文件互相重叠", "里的文件互相重叠，是异常的压缩包"
    elif unpacked > budget.left:
        found = f"解开后 {unpacked // 2**20} MB"
        why = f"解开后有 {unpacked // 2**20} MB，超过 300 MB"
    elif unpacked > MOST_RATIO * max(1, min(packed, len(data))):
        found, why = f"压缩比超过 {MOST_RATIO}", f"的压缩比超过 {MOST_RATIO} 倍，像是压缩炸弹"
    else:
        return None
    message = f"{name} {why}，没有解开。请只把附件 1–4 的表格打包成 .zip 重发。"
    return rejected(Code.UNSAFE_ARCHIVE, path, found, SENT_AS_ZIP, message, path)


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


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, budget: Budget, depth: int
) -> Iterator[Item]:
    name = member_name(info)
    inside = f"{path}!/{shown(name)}"
    if is_unsafe(name) or is_link(info):
        yield _unsafe(inside, path, link=not is_unsafe(name))
        return
    if is_junk(name) or name.endswith("/"):
        return
    if info.file_size > MOST_FILE and not is_archive_name(name):
        yield too_large(inside, path) if is_sheet_name(name) else Attachment(inside, path)
        return
    try:
        if info.flag_bits & ENCRYPTED_FLAG:
            yield _locked(inside, path) if is_sheet_name(name) else Attachment(inside, path)
            return
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
            NotImplementedError, RuntimeError, struct.error):  # fmt: skip
        yield _broken(inside, path)
        return
    budget.left -= len(data)
    modified = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*info.date_time)
    yield from sort_member(data, inside, path, modified, budget, depth)


def sort_member(
    data: bytes, inside: str, package: str, modified: str, budget: Budget, depth: int
) -> Iterator[Item]:
    """What a member is: a spreadsheet (or named one), an archive to open, an attachment."""
    if is_sheet_name(inside):
        yield Entry(inside, data, package, modified)
        return
    kind = kind_of(data)
    if kind in ARCHIVES:
        if depth >= DEEPEST:
            yield _too_deep(inside, package)
        elif kind is Kind.ZIP:
            yield from read_zip(data, inside, budget, depth + 1)
        else:
            yield Entry(inside, data, package, modified)
    elif kind in SPREADSHEETS:
        yield Entry(inside, data, package, modified)
    else:
        yield Attachment(inside, package)


def is_archive_name(name: str) -> bool:
    """Named as an archive."""
    return name.lower().endswith((".zip", ".rar", ".7z"))


def _unsafe(path: str, package: str, *, link: bool) -> Rejected:
    found = "指向别处的链接" if link else "不安全的文件名"
    message = (
        f"压缩包里的 {base_name(path)} 是{found}，没有读。其余文件照常读取。"
        "请在电脑上重新打包：只选表格文件，右键压缩成 .zip。"
    )
    return rejected(Code.UNSAFE_ARCHIVE, path, found, "普通的文件", message, package)


def _broken(path: str, package: str) -> Rejected:
    message = f"{base_name(path)} 已经损坏或没有传完，解不开。请重新打包成 .zip 再发。"
    return rejected(Code.CORRUPT, path, "解不开", "完好的 .zip", message, package)


def _locked(path: str, package: str) -> Rejected:
    message = f"{base_name(path)} 在压缩包里设了密码，读不了。请不设密码重新打包。"
    return rejected(Code.ENCRYPTED, path, "有解压密码", "不设密码的 .zip", message, package)


def _too_deep(path: str, package: str) -> Rejected:
    message = f"{base_name(path)} 套在两层压缩包里，没有打开。请把表格直接放进一个 .zip。"
    return rejected(Code.UNSAFE_ARCHIVE, path, "套了多层的压缩包", "至多套一层", message, package)


def too_large(path: str, package: str | None) -> Rejected:
    """One file over the limit."""
    message = f"{base_name(path)} 超过 20 MB，没有读。请去掉图片等无关内容，另存为「Excel 97-2003 工作簿」。"
    return rejected(Code.TOO_LARGE, path, "超过 20 MB", "20 MB 以内", message, package)
