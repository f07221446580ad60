"""Is the evidence still what was kept? Names the case, the number and the time of what is not."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from django.utils import timezone

from meice.audit.models import Entry
from meice.evidence.actions import seal_of
from meice.evidence.models import BEGINNING, Evidence
from meice.evidence.phrases import case_words
from meice.files.verify import fault_of

CHUNK = 500


def altered() -> list[str]:
    """One Chinese line for each fault: rows against their hashes, the rows before them, the audit
    log and the bytes on the disk. Reads only."""
    seals = _seals()
    faults = [*_walk(seals)]
    return [*faults, *_missing(seals)]


def _walk(seals: dict[str, Entry]) -> Iterator[str]:
    """Every row in the order of its case; takes from `seals` what it has met."""
    fault_on_disk = cache(fault_of)
    last: Evidence | None = None
    rows = Evidence.objects.order_by("case", "number").select_related("stored")
    for row in rows.iterator(chunk_size=CHUNK):
        before = last if last and last.case == row.case else None
        yield from _own_faults(row, seals.pop(str(row.pk), None))
        yield from _chain_faults(before, row)
        fault = fault_on_disk(row.sha256)
        if fault:
            yield f"{_words(row)}的文件{fault}"
        last = row


def _own_faults(row: Evidence, entry: Entry | None) -> Iterator[str]:
    if row.own_hash != row.computed_hash():
        yield f"{_words(row)}的记录被改动"
    elif entry is None:
        yield f"{_words(row)}没有存入时的审计记录：是绕过系统补进去的"
    elif entry.detail.get("seal") != seal_of(row):
        yield f"{_words(row)}与存入时的审计记录 {entry.pk} 不一致：改动后重算过"
    if row.sha256 != row.stored.digest or row.size != row.stored.size:
        yield f"{_words(row)}指到了另一个文件（存档文件 {row.stored_id}）"


def _chain_faults(before: Evidence | None, row: Evidence) -> Iterator[str]:
    expected = before.number + 1 if before else 1
    if row.number != expected:
        yield f"{case_words(row.case)} 缺第 {expected} 至 {row.number - 1} 号证据"
    elif row.previous != (before.own_hash if before else BEGINNING):
        yield f"{_words(row)}接不上前一号：前面有记录被改动、重排或插入"


def _seals() -> dict[str, Entry]:
    """What the audit log says was kept, by key of the row."""
    entries = Entry.objects.filter(act="evidence.keep").only("pk", "at", "target_id", "detail")
    return {entry.target_id: entry for entry in entries.iterator(chunk_size=CHUNK)}


def _missing(seals: dict[str, Entry]) -> Iterator[str]:
    """Entries of the log whose row is gone."""
    for entry in seals.values():
        case, number = str(entry.detail.get("case")), entry.detail.get("number")
        yield f"{case_words(case)} 第 {number} 号证据（{_time(entry.at)} 存入）不见了"


def _words(row: Evidence) -> str:
    return f"{case_words(row.case)} 第 {row.number} 号证据（{_time(row.captured_at)} 采集）"


def _time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"
