"""How far a job is: said by the task, shown to whom asked for it.

A task of many rows commits them in chunks; called inside the chunk's transaction, `report` makes
the chunk and the note one thing: after a crash the next try reads `reached()` and goes on there,
and a worker that has lost its lease gets `LeaseLost` and its chunk is rolled back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from meice.jobs import queue


@dataclass(frozen=True, slots=True)
class _Running:
    lease: queue.Lease
    reached: int


_running: ContextVar[_Running | None] = ContextVar("running job", default=None)


def report(done: int, total: int = 0, text: str = "") -> None:
    """Note `done` of `total` steps (0: unknown) and a Chinese sentence; nothing outside a job."""
    if running := _running.get():
        queue.report(running.lease, done, total, text)


def reached() -> int:
    """The `done` that earlier tries of this job have reported; 0 in the first."""
    running = _running.get()
    return running.reached if running else 0


@contextmanager
def within(lease: queue.Lease, reached: int) -> Iterator[None]:
    """Let the task called in this block report on its job. Task code needs no job parameter."""
    token = _running.set(_Running(lease, reached))
    try:
        yield
    finally:
        _running.reset(token)
