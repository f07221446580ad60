"""What a site of the farm is: how it answers, and what is true of it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus

Headers = tuple[tuple[str, str], ...]

HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)
ABORT_AT_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER with no time: close sends a RST


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; `visit` counts the visits of this address from 1, `phase` is what
    the test last set for the site (see `control`)."""

    method: str
    target: str
    headers: Mapping[str, str]
    visit: int = 1
    phase: int = 0

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """A request header, "" when it was not sent."""
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class Reply:
    """A well-formed answer."""

    body: bytes = b""
    status: int = 200
    headers: Headers = HTML

    def wire(self, *, head_only: bool = False) -> bytes:
        """The bytes to send."""
        known = self.status in HTTPStatus._value2member_map_
        phrase = HTTPStatus(self.status).phrase if known else "Whatever"
        lines = [f"HTTP/1.1 {self.status} {phrase}", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        return head if head_only else head + self.body


class Wire:
    """One accepted connection, for behaviours that need more than a well-formed answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, data: bytes) -> None:
        """Send and wait until the visitor took it; raises ConnectionError when it hung up."""
        self.writer.write(data)
        await self.writer.drain()
        await asyncio.sleep(0)  # a drain that need not wait does not let the other sites on

    async def trickle(self, data: bytes, seconds: float) -> None:
        """One byte every so often."""
        for byte in data:
            await self.send(bytes((byte,)))
            await asyncio.sleep(seconds)

    async def hang(self) -> None:
        """Say nothing until the visitor gives up."""
        await self.reader.read()

    def reset(self) -> None:
        """End with a RST instead of a FIN."""
        raw: socket.socket = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT_AT_CLOSE)
        self.writer.transport.abort()


Answer = Callable[[Request], Reply]
Behaviour = Callable[[Wire, Request], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that lies in a site: its finding code and a part of the address or evidence."""

    code: str
    where: str = ""


ANY = "*"  # the farm takes no position on a number


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a site.

    `planted` must be found; codes in `undecided` may be found or not; every other code is a false
    alarm. `failures` are the failure codes that describe the fault fairly (none: the site can be
    read; an empty one among them: it may be read or not). `latest` is the age in days of the newest
    dated item (None: there is none, -1: the farm takes no position). `columns` must be among the
    columns found.
    """

    planted: tuple[Planted, ...] = ()
    undecided: frozenset[str] = frozenset()
    failures: frozenset[str] = frozenset()
    latest: int | None = None
    columns: frozenset[str] = frozenset()
    icp: str | None = None
    police: str | None = None
    is_shell: bool = False  # answers well and says nothing: unknown, too


@dataclass(frozen=True, slots=True)
class World:
    """What a site may know when it is built: the day, and where every site stands."""

    today: date
    origins: Mapping[str, str] = field(default_factory=dict)

    def host(self, name: str) -> str:
        """The address of a site without its scheme."""
        return self.origins[name].partition("//")[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """A site: `build` gives its behaviour (or its pages), `tls` names its certificate."""

    name: str
    build: Callable[[World], Behaviour | Answer]
    truth: Truth
    tls: str = ""
    raw: bool = False  # `build` gives a Behaviour
    closed: bool = False  # nobody listens: the port is refused
