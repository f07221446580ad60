"""The child: reads batches of tasks, runs each under its limits, writes one answer per task.

It is a new interpreter, never a fork of the server. It imports no Django and holds no secret:
its environment is empty and its only open channel is the socket of its pool.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from meice.engines.sandbox.answers import Answer, Failure, Limits
from meice.engines.sandbox.wire import pack, receive

try:
    import resource
except ImportError:  # Windows: only the wall time holds, kept by the parent
    resource = None  # type: ignore[assignment]

GROWTH = 96 * 1024 * 1024  # a child that stays this much larger than when idle is replaced
MEMORY_MAP = Path("/proc/self/statm")
DETAIL = 200


def main(channel: socket.socket) -> None:
    """Serve the pool until it closes its end."""
    hello = receive(channel)
    if hello is None:
        return
    limits: Limits = pickle.loads(hello)  # noqa: S301 - from the parent
    gc.disable()
    idle = 0
    while (batch := receive(channel)) is not None:
        name, payloads = pickle.loads(batch)  # noqa: S301 - from the parent
        idle = prepare(name, idle, limits)
        for index, payload in enumerate(payloads):
            limit_cpu(limits)
            answer = run(name, payload)
            last = index == len(payloads) - 1
            if last:
                gc.collect(1)  # once a batch, what the batch made: all the time, it is a quarter
            channel.sendall(frame(answer, last and address_space() - idle > GROWTH))


def prepare(name: str, idle: int, limits: Limits) -> int:
    """Import the task's module outside the limits; returns the idle child's address space."""
    module = name.partition(":")[0]
    if module in sys.modules and idle:
        return idle
    limit_memory(0, limits)
    with contextlib.suppress(Exception):  # ``run`` reports it, once for each task
        importlib.import_module(module)
    gc.freeze()
    idle = address_space()
    limit_memory(idle, limits)
    return idle


def run(name: str, payload: Any) -> Answer[Any]:
    """Call ``module:function`` with ``payload``; every way to fail becomes an answer."""
    try:
        return Answer(function(name)(payload))
    except MemoryError:
        return Answer(None, Failure.MEMORY, "MemoryError")
    except Exception as error:
        return Answer(None, Failure.ERROR, f"{type(error).__name__}: {error}"[:DETAIL])
    except BaseException as error:
        return Answer(None, Failure.PANIC, f"{type(error).__name__}: {error}"[:DETAIL])


def function(name: str) -> Callable[[Any], Any]:
    """The function called ``module:function``."""
    module, _, attribute = name.partition(":")
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), attribute)
    return found


def frame(answer: Answer[Any], grown: bool) -> bytes:
    """The answer's frame; an answer that cannot be written is a failure of its own."""
    retire = grown or answer.failure in (Failure.MEMORY, Failure.PANIC)
    try:
        return pack((answer, retire))
    except MemoryError:
        return pack((Answer(None, Failure.MEMORY, "MemoryError"), True))
    except Exception as error:
        return pack((Answer(None, Failure.ERROR, type(error).__name__), retire))


def address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        return int(MEMORY_MAP.read_text().split()[0]) * resource.getpagesize()
    except (OSError, AttributeError):
        return 0


def limit_memory(idle: int, limits: Limits) -> None:
    """RLIMIT_AS a fixed amount above the idle child (0 lifts it), and no core files."""
    if resource is None:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = idle + limits.memory if idle else hard
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(limits: Limits) -> None:
    """SIGXCPU once this task has used its seconds (the limit counts the whole child's time)."""
    if resource is not None:
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(time.process_time()) + 1 + limits.cpu
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def open_channel(given: str) -> socket.socket:
    """The pool's socket: a descriptor's number, or on Windows what ``share`` wrote to stdin."""
    if given == "-":
        shared: bytes = sys.stdin.buffer.read()
        return socket.fromshare(shared)  # type: ignore[attr-defined,no-any-return,unused-ignore]
    return socket.socket(fileno=int(given))


if __name__ == "__main__":
    with open_channel(sys.argv[1]) as own_channel:
        main(own_channel)
    os._exit(0)
