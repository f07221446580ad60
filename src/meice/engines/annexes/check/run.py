"""Checks everything that was named: reads it in limited children, then compares.

One bad file never costs another: whatever happens to it ends as the issue of its own path.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from meice.engines.annexes.check.found import Entry
from meice.engines.annexes.check.gather import Given, Search
from meice.engines.annexes.check.grouping import Findings, report_of
from meice.engines.annexes.model import Form, Report
from meice.engines.annexes.read.refusal import Cause
from meice.engines.annexes.read.tasks import Source, Turn, read_source, refused_form
from meice.engines.sandbox import Answer, Failure, Named, Pool, shared_pool

Progress = Callable[[int, int], None]
CHUNK = 400  # files held for a second parser's turn, at most
CHUNK_BYTES = 64 * 1024 * 1024
SECOND: Named[Source, tuple[Form, ...]] = Named(
    "meice.engines.annexes.read.second_task:read_source_again"
)
STOPPED = frozenset({Failure.TIMEOUT, Failure.MEMORY, Failure.CRASH})
log = logging.getLogger(__name__)


def check(
    paths: Sequence[Given],
    *,
    today: dt.date,
    on_progress: Progress | None = None,
    pool: Pool | None = None,
) -> Report:
    """Read and check files, folders, archives, and uploads given as ``(name, bytes)``.

    ``today`` judges 开通时间 and package names. ``on_progress`` gets the files done and in all (an
    archive counts as one). Raises FileNotFoundError for a path that does not exist.
    """
    for path in paths:
        if not isinstance(path, tuple) and not Path(path).exists():
            raise FileNotFoundError(str(path))
    checking = _Checking(pool or shared_pool(), today.isoformat(), on_progress)
    search = Search(list(paths))
    try:
        findings = checking.read_all(search)
    finally:
        search.close()
    return report_of(findings, today)


def read_bytes(
    data: bytes, *, path: str = "", today: dt.date, pool: Pool | None = None
) -> tuple[Form, ...]:
    """The forms of one workbook given as bytes; a refused one is a single Form with its issue."""
    findings = _Checking(pool or shared_pool(), today.isoformat(), None)
    return findings.read_one(Source(path, data, today.isoformat()))


def read_file(path: Path, *, today: dt.date, pool: Pool | None = None) -> tuple[Form, ...]:
    """The forms of one workbook; raises OSError when the file cannot be read at all."""
    return read_bytes(path.read_bytes(), path=str(path), today=today, pool=pool)


@dataclass(slots=True)
class _Pending:
    """A file on its way through the children, and where its forms belong."""

    source: Source
    slot: list[Form]
    done: int  # paths that are done once this file is


@dataclass(slots=True)
class _Checking:
    """One run: files are drawn as the children need them, and read again where needed."""

    pool: Pool
    today: str
    on_progress: Progress | None
    pending: deque[_Pending] = field(default_factory=deque)
    total: int = 0

    def read_one(self, source: Source) -> tuple[Form, ...]:
        pending = _Pending(source, [], 1)
        self._read([pending])
        return tuple(pending.slot)

    def read_all(self, search: Search) -> Findings:
        findings = Findings()
        stream = self._draw(search, findings)
        while first := next(stream, None):
            self._read(_chunk(first, stream))
        if self.on_progress:
            self.on_progress(self.total, self.total)
        return findings

    def _draw(self, search: Search, findings: Findings) -> Iterator[_Pending]:
        places = search.places()
        self.total = len(places)
        for number, place in enumerate(places):
            for item in search.items(place):
                slot = findings.add(item, place.given)
                if isinstance(item, Entry):
                    source = Source(item.path, item.data, self.today, item.package)
                    yield _Pending(source, slot, number)
        findings.given = [_name(given) for given in search.given]

    def _read(self, waiting: Iterator[_Pending] | list[_Pending]) -> None:
        """One chunk: the first parser's turn, then the second's for what is left."""
        again: list[tuple[_Pending, Answer[tuple[Form, ...] | Turn]]] = []
        for answer in self.pool.map(read_source, self._sources(waiting)):
            pending = self.pending.popleft()
            if isinstance(answer.value, tuple):
                pending.slot.extend(answer.value)
            else:
                again.append((pending, answer))
            if self.on_progress and self.total:
                self.on_progress(pending.done, self.total)
        answers = self.pool.map(SECOND, [pending.source for pending, _ in again])
        for (pending, first), second in zip(again, answers, strict=True):
            pending.slot.extend(_settle(pending.source, first, second))

    def _sources(self, waiting: Iterator[_Pending] | list[_Pending]) -> Iterator[Source]:
        for pending in waiting:
            self.pending.append(pending)
            yield pending.source


def _settle(
    source: Source,
    first: Answer[tuple[Form, ...] | Turn],
    second: Answer[tuple[Form, ...]],
) -> tuple[Form, ...]:
    """What the two parsers say together of a file that the first could not read."""
    for answer in (first, second):
        if answer.failure is not None:  # the kind only: a message may hold a cell's text
            log.warning("reader ended: %s %s", answer.failure, answer.detail.split(":")[0])
    if second.value is not None:
        return second.value
    stopped = {first.failure, second.failure} & STOPPED
    return refused_form(source, Cause.TOO_HARD if stopped else Cause.CORRUPT)


def _chunk(first: _Pending, stream: Iterator[_Pending]) -> Iterator[_Pending]:
    """So many files that their bytes can be held until the second parser's turn."""
    count, size = 1, len(first.source.data)
    yield first
    while count < CHUNK and size < CHUNK_BYTES:
        following = next(stream, None)
        if following is None:
            return
        count, size = count + 1, size + len(following.source.data)
        yield following


def _name(given: Given) -> str:
    return given[0] if isinstance(given, tuple) else str(given)
