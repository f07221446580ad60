"""Names to addresses, in threads: a resolver that does not answer holds up nobody."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

THREADS = 48
FRESH_S = 60.0
KEPT = 20_000  # names; then all are forgotten
NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


class NoSuchName(Exception):
    """The name does not exist or has no address."""


class ResolverSilent(Exception):
    """Nobody said whether the name exists."""


Resolve = Callable[[str], tuple[str, ...]]
"""Host name → addresses in the order to try; raises NoSuchName or ResolverSilent."""


def system_addresses(host: str) -> tuple[str, ...]:
    """What this machine's resolver says, ``/etc/hosts`` included."""
    if host == "invalid" or host.endswith(".invalid"):  # never exists, RFC 6761 6.4
        raise NoSuchName
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise (NoSuchName if error.errno in NO_SUCH_NAME else ResolverSilent) from None
    except (OSError, UnicodeError):
        raise ResolverSilent from None
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A name's addresses, or why there are none; ``at`` is of the monotonic clock."""

    host: str
    addresses: tuple[str, ...] = ()
    silent: bool = False
    at: float = 0.0


class Resolver:
    """Looks names up in daemon threads and keeps what they said for a minute."""

    def __init__(self, resolve: Resolve | None, wake: Callable[[], None]) -> None:
        self.resolve = resolve or system_addresses
        self.wake = wake
        self.asked: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.said: deque[Resolved] = deque()
        self.kept: dict[str, Resolved] = {}
        self.threads = 0
        self.waiting = 0

    def known(self, host: str) -> Resolved | None:
        """What was said about ``host`` within the last minute."""
        found = self.kept.get(host)
        if found is None or time.monotonic() - found.at > FRESH_S:
            return None
        return found

    def ask(self, host: str) -> None:
        """Look ``host`` up; ``wake`` is called when ``collect`` has the answer."""
        self.waiting += 1
        if self.threads < min(self.waiting, THREADS):
            self.threads += 1
            threading.Thread(target=self.serve, name="resolver", daemon=True).start()
        self.asked.put(host)

    def collect(self) -> list[Resolved]:
        """The answers since the last call."""
        found = []
        while self.said:
            answer = self.said.popleft()
            self.waiting -= 1
            if len(self.kept) >= KEPT:
                self.kept.clear()
            if not answer.silent:
                self.kept[answer.host] = answer
            found.append(answer)
        return found

    def serve(self) -> None:
        """One thread: look up until told to stop."""
        while (host := self.asked.get()) is not None:
            self.said.append(look_up(self.resolve, host))
            self.wake()

    def close(self) -> None:
        """Let the threads end; none is waited for."""
        for _ in range(self.threads):
            self.asked.put(None)


def look_up(resolve: Resolve, host: str) -> Resolved:
    """Ask once; every way to fail becomes a value."""
    try:
        addresses = resolve(host)
    except NoSuchName:
        return Resolved(host, at=time.monotonic())
    except Exception:  # an injected resolver may fail as it likes
        return Resolved(host, silent=True, at=time.monotonic())
    return Resolved(host, addresses, at=time.monotonic())
