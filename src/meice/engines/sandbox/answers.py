"""What a task in a limited child can end as. A failure is a value: no batch is lost by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Failure(StrEnum):
    """Why a task gave no value."""

    TIMEOUT = "timeout"  # over its CPU or wall time
    MEMORY = "memory"  # over the address space it may use
    PANIC = "panic"  # a native library panicked (a BaseException that is not an Exception)
    CRASH = "crash"  # the child died: SIGABRT, SIGSEGV, exit
    ERROR = "error"  # an ordinary exception that the task did not catch


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """``value`` when ``failure`` is None; ``detail`` is English and for logs only."""

    value: T | None = None
    failure: Failure | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use; memory counts above the idle child (bytes), times in seconds.

    A task that meets the wall limit has not met its CPU limit: the machine may be busy. It is tried
    once more, alone in a new child, for ``patience`` seconds. Outside Linux only these two are sure
    to hold.
    """

    memory: int = 256 * 1024 * 1024
    cpu: int = 5
    wall: float = 15.0
    patience: float = 60.0
