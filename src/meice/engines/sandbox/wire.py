"""Frames between the pool and its children: four bytes of length, then a pickle.

The child parses hostile files, so the parent never trusts its pickles: only frozen dataclasses
and enumerations of our engines (and plain values) can come back.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any

LENGTH = struct.Struct("<I")
ALLOWED = "meice.engines."
# Classes that were looked at and may come out; a date is as plain as a number.
KNOWN: dict[tuple[str, str], type] = {("datetime", "date"): date}


class AnswerReader(pickle.Unpickler):
    """Unpickles plain values and our engines' dataclasses and enumerations, nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (known := KNOWN.get((module, name))) is not None:
            return known
        if module.startswith(ALLOWED):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                KNOWN[module, name] = found
                return found
        raise pickle.UnpicklingError(f"{module}.{name} may not come out of a child")


class Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How dataclasses and enumerations are pickled.

    Dataclasses by their fields in order, twice as fast as their default; members by their value:
    Python before 3.11.4 names `getattr`, which may not come out of a child.
    """

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if issubclass(kind, Enum):
            self[kind] = lambda member: (kind, (member.value,))
            return self[kind]
        if not is_dataclass(kind) or len(fields(kind)) < FEWEST_FIELDS:
            raise KeyError(kind)
        values = attrgetter(*(each.name for each in fields(kind)))
        self[kind] = lambda value: (kind, values(value))
        return self[kind]


FEWEST_FIELDS = 2  # attrgetter gives a tuple for two and more
REDUCERS = Reducers()


def pack(value: object) -> bytes:
    """A frame holding ``value``."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=5)
    pickler.dispatch_table = REDUCERS
    pickler.dump(value)
    return LENGTH.pack(stream.tell()) + stream.getvalue()


def unpack(body: bytes) -> Any:
    """The value of a frame that came from a child; raises UnpicklingError on a foreign class."""
    return AnswerReader(io.BytesIO(body)).load()


def receive(channel: socket.socket) -> bytes | None:
    """The next frame's body, waiting for it; None at the end of the stream."""
    head = _exactly(channel, LENGTH.size)
    return None if head is None else _exactly(channel, LENGTH.unpack(head)[0])


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    body = bytearray(size)
    view, filled = memoryview(body), 0
    while filled < size:
        count = channel.recv_into(view[filled:])
        if not count:
            return None
        filled += count
    return bytes(body)
