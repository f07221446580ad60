"""Servers of a few lines on loopback, each with one way to answer."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from meice.engines.gate import Policy

Script = Callable[[socket.socket, "Served"], None]


@dataclass
class Served:
    """One server: its port, what it was asked, and the event that ends its connections."""

    port: int
    over: threading.Event = field(default_factory=threading.Event)
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def policy(self) -> Policy:
        return Policy(exact=frozenset({("127.0.0.1", self.port)}))

    def trickle(self, connection: socket.socket, first: bytes, piece: bytes) -> None:
        """Send a piece every hundredth of a second until the test is over."""
        connection.sendall(first)
        while not self.over.wait(0.01):
            connection.sendall(piece)

    def flood(self, connection: socket.socket, first: bytes, piece: bytes) -> None:
        """Send as fast as the other side takes it."""
        connection.sendall(first)
        while not self.over.is_set():
            connection.sendall(piece)


def read_head(connection: socket.socket) -> bytes:
    """The request's head; empty when the other side has closed."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(65_536)
        if not more:
            return b""
        head += more
    return head


def run(listener: socket.socket, served: Served, script: Script) -> None:
    """Accept until the listener is closed; each connection in a thread of its own."""

    def talk(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            script(connection, served)

    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            served.connections += 1
            threading.Thread(target=talk, args=(connection,), daemon=True).start()


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Served]]:
    """``serve(script)`` starts a server whose connections are handled by ``script``."""
    with contextlib.ExitStack() as stack:

        def start(script: Script) -> Served:
            listener = socket.create_server(("127.0.0.1", 0), backlog=256)
            served = Served(listener.getsockname()[1])
            stack.callback(close, listener)
            stack.callback(served.over.set)
            threading.Thread(target=run, args=(listener, served, script), daemon=True).start()
            return served

        yield start


def close(listener: socket.socket) -> None:
    """End the listener's thread too."""
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def saying(*answers: bytes) -> Script:
    """A server that gives these answers in turn, the last one again and again."""

    def script(connection: socket.socket, served: Served) -> None:
        while head := read_head(connection):
            served.heads.append(head)
            connection.sendall(answers[min(len(served.heads), len(answers)) - 1])

    return script


def page(body: bytes = b"<p>\xe9\xa6\x96\xe9\xa1\xb5</p>", *headers: bytes) -> bytes:
    """A whole answer."""
    lines = b"".join(line + b"\r\n" for line in headers)
    return b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (lines, len(body), body)


def redirect(location: bytes, *headers: bytes) -> bytes:
    """A redirect."""
    lines = b"".join(line + b"\r\n" for line in headers)
    return b"HTTP/1.1 302 Found\r\nLocation: %s\r\n%sContent-Length: 0\r\n\r\n" % (location, lines)


@pytest.fixture
def unused_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
