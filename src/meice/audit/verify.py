"""Was anything altered? Walks the whole chain and says which row, from when, and what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from meice.audit.anchors import read_anchors
from meice.audit.chain import BEGINNING, head
from meice.audit.models import ChainLink, Entry

CHUNK = 500
TOLERANCE = timedelta(minutes=15)
"""An act's transaction is shorter than this; what was linked later than that after an entry's own
time, while newer ones were linked before it, was put in afterwards."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found; each fault is one Chinese line."""

    entries: int
    links: int
    head: str
    faults: tuple[str, ...] = field(default=())


def altered() -> list[str]:
    """The faults alone; empty when the log is as it was written."""
    return list(report().faults)


def report() -> Report:
    """Verify all entries, links and anchors. Reads only; about 20,000 entries a second."""
    last = head()
    return Report(
        entries=Entry.objects.count(),
        links=ChainLink.objects.count(),
        head=f"{last.position} {last.hash}" if last else "",
        faults=(*_walk(), *_unlinked(last), *_against_anchors()),
    )


def _walk() -> Iterator[str]:
    """Link by link from the beginning."""
    previous, newest = None, None
    for link, entry in _links_with_entries():
        yield from _gap(previous, link)
        yield from _link_faults(link, entry)
        if entry and newest and newest - entry.at > TOLERANCE:
            yield f"{_entry(entry)}是后来补进去的：在它之前入链的记录到 {_time(newest)}"
        newest = max(newest or entry.at, entry.at) if entry else newest
        previous = link


def _links_with_entries() -> Iterator[tuple[ChainLink, Entry | None]]:
    position = -1
    while links := list(
        ChainLink.objects.filter(position__gt=position).order_by("position")[:CHUNK]
    ):
        entries = Entry.objects.in_bulk([link.entry_id for link in links])
        for link in links:
            yield link, entries.get(link.entry_id)
        position = links[-1].position


def _gap(previous: ChainLink | None, link: ChainLink) -> Iterator[str]:
    expected = previous.position + 1 if previous else 1
    if link.position != expected:
        yield f"审计链缺第 {expected} 至 {link.position - 1} 环，缺口之后是 {_time(link.linked_at)}"
    elif link.previous != (previous.hash if previous else BEGINNING):
        yield f"{_link(link)}接不上前一环：有记录被改动、重排或插入"


def _link_faults(link: ChainLink, entry: Entry | None) -> Iterator[str]:
    if entry is None:
        yield f"审计记录 {link.entry_id} 不见了（{_link(link)}）"
        return
    is_own = entry.own_hash == entry.computed_hash()
    if not is_own:
        yield f"{_entry(entry)}内容被改动"
    if link.hash != link.computed_hash(entry.own_hash):
        what = (
            "与封存时不一致：记录改动后重算过，或链环被改动、重排" if is_own else "封存值也不一致"
        )
        yield f"{_entry(entry)}{what}（{_link(link)}）"


def _unlinked(last: ChainLink | None) -> Iterator[str]:
    """Entries outside the chain: new ones wait some seconds for the sealer, older ones are odd."""
    for entry in Entry.objects.unlinked().order_by("pk").iterator(chunk_size=CHUNK):
        if entry.own_hash != entry.computed_hash():
            yield f"{_entry(entry)}内容被改动，还没有入链"
        elif last and last.linked_at - entry.at > TOLERANCE:
            yield f"{_entry(entry)}不在链中：链已封存到 {_time(last.linked_at)}，链环被删或记录是补进去的"


def _against_anchors() -> Iterator[str]:
    """The chain against the heads that were written outside the database."""
    for anchor in read_anchors():
        link = ChainLink.objects.filter(position=anchor.position).first()
        if link is None:
            yield f"第 {anchor.position} 环不见了：{anchor.at} 的锚点记着它，链被截短"
        elif link.hash != anchor.hash:
            yield f"{_link(link)}与 {anchor.at} 的锚点不一致：这一环之前有记录被改动，全链重算过"
            return


def _entry(entry: Entry) -> str:
    return f"审计记录 {entry.pk}（{_time(entry.at)}，{entry.act}）"


def _link(link: ChainLink) -> str:
    return f"第 {link.position} 环，{_time(link.linked_at)} 入链"


def _time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"
