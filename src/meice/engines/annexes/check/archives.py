"""Archives as the annexes see them: what each member is, and why one was not read."""

from __future__ import annotations

from collections.abc import Iterator

from meice.engines.annexes.check.found import Attachment, Entry, Item, Opened, Rejected, rejected
from meice.engines.annexes.model import Code
from meice.engines.annexes.read.ledger import base_name
from meice.engines.documents import (
    ARCHIVES,
    SPREADSHEETS,
    Budget,
    Kind,
    Member,
    RefusedZip,
    Unread,
    kind_of,
    members_of,
)

SHEET_NAMES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".xlt", ".xltx", ".ods", ".ots", ".et", ".ett")
DEEPEST = 1  # levels of archives inside an archive
SENT_AS_ZIP = "不超过 300 MB、2000 个文件的 .zip"


def read_zip(data: bytes, path: str, budget: Budget, depth: int = 0) -> Iterator[Item]:
    """The members of a zip; nested zips are opened one level deep."""
    yield Opened(path, archive=True)
    try:
        for member in members_of(data, budget):
            yield from _member(member, path, budget, depth)
    except RefusedZip as refusal:
        yield _refused(refusal, path)


def _refused(refusal: RefusedZip, path: str) -> Rejected:
    if not refusal.why:
        return _broken(path, path)
    message = f"{base_name(path)} {refusal.why}，没有解开。请只把附件 1–4 的表格打包成 .zip 重发。"
    return rejected(Code.UNSAFE_ARCHIVE, path, refusal.found, SENT_AS_ZIP, message, path)


def _member(member: Member, path: str, budget: Budget, depth: int) -> Iterator[Item]:
    inside = f"{path}!/{member.name}"
    match member.unread:
        case None:
            yield from sort_member(member.data, inside, path, member.modified, budget, depth)
        case Unread.UNSAFE | Unread.LINK:
            yield _unsafe(inside, path, link=member.unread is Unread.LINK)
        case Unread.BROKEN:
            yield _broken(inside, path)
        case _ if not is_sheet_name(member.name):
            yield Attachment(inside, path)
        case Unread.LOCKED:
            yield _locked(inside, path)
        case _:
            yield too_large(inside, path)


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


def is_sheet_name(name: str) -> bool:
    """Named as a spreadsheet, whatever it is."""
    return name.lower().endswith(SHEET_NAMES)


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
