"""Brings the sites up on loopback: an address of its own for each, a port the system gives."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs

from tests.faults.farm.certificates import Authority
from tests.faults.farm.model import Plan, Reply, Request, Wire, World

MOST_VISITS_KEPT = 5_000
HEAD_END = b"\r\n\r\n"
PLAIN = "none"  # an https address behind which nobody speaks TLS
HANDSHAKE = b"\x16"  # the first byte of TLS
NO_REQUEST = b"- - -"
HANGING_UP = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
JSON = (("Content-Type", "application/json"),)


def address_of(number: int) -> str:
    """127.77.x.y: all of 127/8 is loopback, so that each site has a host of its own."""
    return f"127.77.{number // 200}.{1 + number % 200}"


class Farm:
    """The sites of `plans`, and one more address through which a test asks and steers.

    `GET /visits?site=NAME` lists the requests a site got, `GET /phase?site=NAME&to=N` sets what
    its requests say as `phase`. Sites behind TLS live on the day of the machine, the others `today`.
    """

    def __init__(self, plans: Sequence[Plan], today: date) -> None:
        self.plans, self.today = plans, today
        self.clock_day = datetime.now(UTC).date()
        self.visits: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.counts: Counter[tuple[str, str]] = Counter()
        self.phases: Counter[str] = Counter()
        self.origins: dict[str, str] = {}
        self.control = self.root = ""
        self._servers: list[asyncio.Server] = []

    async def open(self) -> None:
        """Bind every address, then build the sites: they may link to each other."""
        sockets = [_bind(address_of(number)) for number in range(len(self.plans) + 1)]
        for plan, bound in zip(self.plans, sockets, strict=False):
            scheme = "https" if plan.tls else "http"
            host, port = bound.getsockname()
            self.origins[plan.name] = f"{scheme}://{host}:{port}"
        authority = Authority(self.clock_day)
        self.root = authority.root.pem.decode()
        for plan, bound in zip(self.plans, sockets, strict=False):
            day = self.clock_day if plan.tls else self.today
            await self._raise(plan, bound, World(day, self.origins), authority)
        host, port = sockets[-1].getsockname()
        self.control = f"http://{host}:{port}"
        await self._serve(sockets[-1], "control", self._steer)

    async def _raise(
        self, plan: Plan, bound: socket.socket, world: World, authority: Authority
    ) -> None:
        if plan.closed:
            bound.close()
            return
        speaks_tls = plan.tls and plan.tls != PLAIN
        context = authority.context(plan.tls, bound.getsockname()[0]) if speaks_tls else None
        await self._serve(bound, plan.name, plan.build(world), raw=plan.raw, tls=context)

    async def _serve(
        self,
        bound: socket.socket,
        name: str,
        answer: Any,
        *,
        raw: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(*HANGING_UP):
                await self._converse(Wire(reader, writer), name, answer, raw)
            with contextlib.suppress(*HANGING_UP):
                writer.close()

        bound.listen(512)
        self._servers.append(await asyncio.start_server(connected, sock=bound, ssl=tls))

    async def _converse(self, wire: Wire, name: str, answer: Any, raw: bool) -> None:
        """The requests of one connection; a raw behaviour has it for itself."""
        while True:
            request = self._note(name, _parse(await _read_head(wire)))
            if raw:
                await answer(wire, request)
                return
            reply: Reply = answer(request)
            await wire.send(reply.wire(head_only=request.method == "HEAD"))

    def _note(self, name: str, request: Request) -> Request:
        self.counts[name, request.target] += 1
        kept = self.visits[name]
        if len(kept) < MOST_VISITS_KEPT:
            kept.append(
                {
                    "method": request.method,
                    "target": request.target,
                    "agent": request.header("user-agent"),
                    "at": time.monotonic(),
                }
            )
        visit = self.counts[name, request.target]
        phase = self.phases[name]
        return Request(request.method, request.target, request.headers, visit, phase)

    def _steer(self, request: Request) -> Reply:
        asked = {
            key: values[0] for key, values in parse_qs(request.target.partition("?")[2]).items()
        }
        if request.path == "/phase":
            self.phases[asked["site"]] = int(asked["to"])
        return Reply(json.dumps(self.visits[asked["site"]]).encode(), headers=JSON)


async def _read_head(wire: Wire) -> bytes:
    """The head of a request; a handshake that came to a plain server is no request."""
    first = await wire.reader.readexactly(1)
    if first == HANDSHAKE:
        return NO_REQUEST
    return first + await wire.reader.readuntil(HEAD_END)


def _bind(address: str) -> socket.socket:
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((address, 0))
    return bound


def _parse(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines if line)
    return Request(method, target, {name.lower(): value.strip() for name, _, value in pairs})
