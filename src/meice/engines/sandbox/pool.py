"""A small pool of limited children, shared by threads; each child is kept for many tasks."""

from __future__ import annotations

import atexit
import os
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from meice.engines.sandbox.answers import Answer, Failure, Limits
from meice.engines.sandbox.process import Child

P = TypeVar("P")
R = TypeVar("R")

BATCH = 16  # tasks sent at once, to spread the cost of the pipe
BATCH_BYTES = 1 << 17  # … but about so much of file content, which the socket holds unread
AHEAD = 500  # tasks drawn past the one whose answer the caller waits for
SERVED = 5000  # tasks after which a child is replaced anyway


@dataclass(frozen=True, slots=True)
class Named(Generic[P, R]):
    """A task by its ``module:function``, for one whose module only the children shall import."""

    name: str


def _name_of(function: Callable[[Any], Any]) -> str:
    return f"{function.__module__}:{function.__qualname__}"


@dataclass(slots=True)
class _Work:
    """A task on its way: its place in the caller's order, and whether it had a second chance."""

    index: int
    payload: Any
    again: bool = False
    slow: bool = False  # met the wall limit once


@dataclass(slots=True)
class _Running:
    """A batch at a child: what has no answer yet, and when the next answer is due."""

    child: Child
    waiting: deque[_Work]
    due: float
    alone: bool  # the first task of a new child: no one else to blame


class Pool:
    """Runs functions of importable modules in limited children.

    ``size`` children at most (by default one a core, four at most), started when first needed.
    Safe with threads; a forked copy of the process starts its own children.
    """

    def __init__(self, size: int | None = None, *, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.size = size or max(1, min(4, os.cpu_count() or 1))
        self._idle: list[Child] = []
        self._reset()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, function: Callable[[P], R] | Named[P, R], payload: P) -> Answer[R]:
        """One task, one answer."""
        (answer,) = self.map(function, [payload])  # to the end: then the child is kept
        return answer

    def map(
        self, function: Callable[[P], R] | Named[P, R], payloads: Iterable[P]
    ) -> Iterator[Answer[R]]:
        """An answer for each payload, in their order; the payloads are drawn as they are needed.

        ``function`` must be importable by name; ``Named`` spares the caller the import. A task
        that ends its child is tried once more in
        a new child when others had been there before it, one that meets the wall limit with the
        limit's ``patience``; the rest of its batch goes elsewhere.
        """
        name = function.name if isinstance(function, Named) else _name_of(function)
        ready: dict[int, Answer[R]] = {}
        call = _Call(self, name, payloads)
        for index, answer in call.answers():
            ready[index] = answer
            while call.given in ready:
                call.given += 1
                yield ready.pop(call.given - 1)

    def close(self) -> None:
        """End the idle children; those at work end when their caller is done."""
        if self._process != os.getpid():
            self._reset()
        with self._changed:
            self._closed = True
            idle = self._idle
            self._idle = []
        for child in idle:
            child.close()

    def _reset(self) -> None:
        self._process = os.getpid()
        self._changed = threading.Condition()
        self._idle = []
        self._lent = 0
        self._closed = False

    def _lend(self, wait: bool) -> Child | None:
        """An idle child, or a new one while there are fewer than ``size``; else wait or None."""
        if self._process != os.getpid():
            self._reset()
        with self._changed:
            while not self._idle and self._lent >= self.size:
                if not wait:
                    return None
                self._changed.wait()
            self._lent += 1
            if self._idle:
                return self._idle.pop()
        try:
            return Child(self.limits)
        except BaseException:
            self._give_back(None)
            raise

    def _give_back(self, child: Child | None) -> None:
        """Return a lent child; None when it is gone."""
        with self._changed:
            self._lent -= 1
            worn = child is not None and (child.retired or child.served >= SERVED or self._closed)
            if child is not None and not worn:
                self._idle.append(child)
            self._changed.notify()
        if child is not None and worn:
            child.close()


class _Call:
    """One ``map``: lends children batch by batch, so that several threads share them fairly."""

    def __init__(self, pool: Pool, name: str, payloads: Iterable[Any]) -> None:
        self.pool = pool
        self.name = name
        self.source = (_Work(index, payload) for index, payload in enumerate(payloads))
        self.retry: deque[_Work] = deque()
        self.running: dict[int, _Running] = {}
        self.selector = selectors.DefaultSelector()
        self.drained = False
        self.drawn = 0
        self.given = 0  # answers that the caller has, in order

    def answers(self) -> Iterator[tuple[int, Answer[Any]]]:
        """Every answer with its index, as they come; children go back even if nobody listens."""
        try:
            while True:
                self._start_batches()
                if not self.running:
                    return
                yield from self._collect()
        finally:
            for batch in list(self.running.values()):
                self._remove(batch)
                batch.child.kill()
                self.pool._give_back(None)
            self.selector.close()

    def _start_batches(self) -> None:
        while self.retry or not self.drained:
            if self.running and self.drawn - self.given > AHEAD:
                return
            child = self.pool._lend(wait=not self.running)
            if child is None:
                return
            works = self._next_batch(child)
            if not works:
                self.pool._give_back(child)
                continue
            alone = child.served == 0
            child.served += len(works)
            child.send(self.name, [work.payload for work in works])
            limits = self.pool.limits
            due = time.monotonic() + (limits.patience if works[0].slow else limits.wall)
            batch = _Running(child, deque(works), due, alone)
            self.running[child.fileno()] = batch
            self.selector.register(child, selectors.EVENT_READ, batch)

    def _next_batch(self, child: Child) -> list[_Work]:
        if self.retry and (child.served == 0 or not self.retry[0].again):
            return [self.retry.popleft()]
        works: list[_Work] = []
        size = 0
        while len(works) < BATCH and size < BATCH_BYTES:
            work = next(self.source, None)
            if work is None:
                self.drained = True
                break
            works.append(work)
            self.drawn += 1
            size += _weight(work.payload)
        if not works and self.retry:
            child.retired = True  # the second chance is given in a new child
        return works

    def _collect(self) -> Iterator[tuple[int, Answer[Any]]]:
        due = min(batch.due for batch in self.running.values())
        events = self.selector.select(max(0.0, due - time.monotonic()))
        for key, _ in events:
            yield from self._answered(key.data)
        now = time.monotonic()
        for batch in [each for each in self.running.values() if each.due <= now]:
            self._remove(batch)
            batch.child.kill()
            if batch.waiting[0].slow:
                yield from self._lost(batch, Failure.TIMEOUT, "wall time")
            else:
                self._try_slowly(batch)

    def _answered(self, batch: _Running) -> Iterator[tuple[int, Answer[Any]]]:
        answers = batch.child.answers()
        if answers is None:
            self._remove(batch)
            yield from self._lost(batch, *batch.child.end())
            return
        for answer in answers:
            work = batch.waiting.popleft()
            if answer.failure is Failure.MEMORY and not batch.alone and not work.again:
                self.retry.append(_Work(work.index, work.payload, again=True))
            else:
                yield work.index, answer
            batch.alone = False
            batch.due = time.monotonic() + self.pool.limits.wall
        if not batch.waiting:
            self._remove(batch)
            self.pool._give_back(batch.child)

    def _lost(
        self, batch: _Running, failure: Failure, detail: str
    ) -> Iterator[tuple[int, Answer[Any]]]:
        """The child is gone: the task it was at is guilty, the others are tried elsewhere."""
        self.pool._give_back(None)
        guilty = batch.waiting.popleft()
        self.retry.extend(batch.waiting)
        if batch.alone or guilty.again or failure is Failure.TIMEOUT:
            yield guilty.index, Answer(None, failure, detail)
        else:
            self.retry.append(_Work(guilty.index, guilty.payload, again=True))

    def _try_slowly(self, batch: _Running) -> None:
        """Past its wall time, not its CPU time: once more, alone, with patience."""
        self.pool._give_back(None)
        slow = batch.waiting.popleft()
        self.retry.extend(batch.waiting)
        self.retry.append(_Work(slow.index, slow.payload, again=True, slow=True))

    def _remove(self, batch: _Running) -> None:
        key = next(fd for fd, each in self.running.items() if each is batch)
        del self.running[key]
        self.selector.unregister(key)


def _weight(payload: Any) -> int:
    """Bytes of content in a payload: its own length, or that of its ``data``."""
    data = payload if isinstance(payload, bytes) else getattr(payload, "data", b"")
    return len(data) if isinstance(data, bytes) else 0


_shared: Pool | None = None
_shared_lock = threading.Lock()


def shared_pool() -> Pool:
    """The process's own pool, made when first asked for and closed at exit."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Pool()
            atexit.register(_shared.close)
        return _shared
