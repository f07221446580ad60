"""Servers that misbehave on the wire: assurance.md 3.3, one behaviour a line of the table."""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli

from tests.faults.farm.model import Behaviour, Plan, Request, Truth, Wire

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
PAGE = "<html><title>慢</title><body>通知公告 2026-11-20</body></html>".encode()
BLOCK = b"x" * 65536
CHALLENGE = "<html><title>安全验证</title><script>var _ts_challenge=1</script></html>".encode()
MEBI = 2**20
REFUSED = "redirect-refused address-refused"
GZIP_WINDOW = 31  # zlib's number for a gzip frame


def say(*parts: bytes) -> Behaviour:
    """Send these bytes and close."""

    async def behave(wire: Wire, request: Request) -> None:
        for part in parts:
            await wire.send(part)

    return behave


def stream(head: bytes, blocks: Callable[[], Iterator[bytes]]) -> Behaviour:
    """Send a head, then blocks until the visitor hangs up."""

    async def behave(wire: Wire, request: Request) -> None:
        await wire.send(head)
        for block in blocks():
            await wire.send(block)

    return behave


def forever(block: bytes) -> Callable[[], Iterator[bytes]]:
    """The same block without end."""
    return lambda: itertools.repeat(block)


def status(code: int, *lines: bytes, body: bytes = CHALLENGE) -> Behaviour:
    """A status with a body."""
    head = b"HTTP/1.1 %d Whatever\r\nContent-Length: %d\r\n" % (code, len(body))
    return say(head + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body)


def redirect(target: bytes) -> Behaviour:
    """302 to one place."""
    return status(302, b"Location: " + target, body=b"")


async def slow_headers(wire: Wire, request: Request) -> None:
    """Slow loris: a byte every quarter of a second, a head without an end."""
    await wire.send(b"HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        await wire.trickle(b"X-Slow-%d: y\r\n" % number, 0.25)


async def slow_body(wire: Wire, request: Request) -> None:
    """The same below the head."""
    await wire.send(OK + b"Content-Length: 1000000\r\n\r\n")
    await wire.trickle(PAGE * 1000, 0.25)


async def silent(wire: Wire, request: Request) -> None:
    """Accepts and never answers."""
    await wire.hang()


async def reset_after_head(wire: Wire, request: Request) -> None:
    """RST where the body should begin."""
    await wire.send(OK + b"Content-Length: 5000\r\n\r\n")
    wire.reset()


async def reset_in_body(wire: Wire, request: Request) -> None:
    """RST in the middle of the body."""
    await wire.send(OK + b"Content-Length: 500000\r\n\r\n" + PAGE * 100)
    wire.reset()


async def redirect_on(wire: Wire, request: Request) -> None:
    """Each address sends to the next one; the chain has no end."""
    step = request.path.strip("/")
    number = int(step) if step.isdigit() else 0
    await wire.send(
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /%d\r\n\r\n" % (number + 1)
    )


def gzip_bomb(layers: int) -> bytes:
    """64 MB of zeros, packed once or again and again."""
    packer = zlib.compressobj(6, zlib.DEFLATED, GZIP_WINDOW)
    data = b"".join(packer.compress(bytes(MEBI)) for _ in range(64)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data, 9)
    return data


def brotli_bomb() -> bytes:
    """Sixty-four megabytes of zeros in some hundred bytes."""
    return bytes(brotli.compress(bytes(64 * MEBI), quality=5))


def packed(encoding: bytes, data: Callable[[], bytes]) -> Callable[[], Behaviour]:
    """An answer with a Content-Encoding; the data are made when the farm comes up."""

    def build() -> Behaviour:
        body = data()
        return say(
            OK
            + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (encoding, len(body))
            + body
        )

    return build


@dataclass(frozen=True, slots=True)
class Row:
    """A behaviour, and the failure codes that name it fairly."""

    behaviour: Behaviour
    failures: str
    tls: str = ""


ROWS: dict[str, Row] = {
    "slow-headers": Row(slow_headers, "timeout"),
    "slow-body": Row(slow_body, "timeout"),
    "silent": Row(silent, "timeout"),
    "reset-after-head": Row(reset_after_head, "reset"),
    "reset-in-body": Row(reset_in_body, "reset"),
    "empty-reply": Row(say(), "empty"),
    "endless-body": Row(stream(OK + b"\r\n", forever(BLOCK)), "too-large"),
    "endless-chunks": Row(
        stream(OK + b"Transfer-Encoding: chunked\r\n\r\n", forever(b"10000\r\n" + BLOCK + b"\r\n")),
        "too-large",
    ),
    "ten-gigabytes": Row(
        stream(OK + b"Content-Length: 10737418240\r\n\r\n", forever(BLOCK)), "too-large"
    ),
    "length-too-long": Row(say(OK + b"Content-Length: 5000\r\n\r\n" + PAGE), "bad-response reset"),
    "length-negative": Row(say(OK + b"Content-Length: -1\r\n\r\n" + PAGE), "bad-response"),
    "lengths-differ": Row(
        say(OK + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n" + PAGE), "bad-response"
    ),
    "endless-headers": Row(
        stream(b"HTTP/1.1 200 OK\r\n", lambda: (b"X-%d: y\r\n" % n for n in itertools.count())),
        "too-large bad-response",
    ),
    "huge-header": Row(
        stream(b"HTTP/1.1 200 OK\r\nX-Huge: ", forever(BLOCK)), "too-large bad-response"
    ),
    "nul-in-header": Row(say(OK + b"X-Nul: a\0b\r\n\r\n" + PAGE), "bad-response"),
    "bad-status-line": Row(say(b"HTTP/1.1 OK fine\r\n\r\n" + PAGE), "bad-response"),
    "http-0.9": Row(say(PAGE), "bad-response"),
    "not-http": Row(say(b"SSH-2.0-OpenSSH_9.2\r\n"), "bad-response"),
    "switching": Row(status(101, b"Upgrade: x"), "bad-response timeout empty reset"),
    "continue-flood": Row(
        stream(b"", forever(b"HTTP/1.1 100 Continue\r\n\r\n")), "too-large bad-response timeout"
    ),
    "chunked-garbage": Row(
        say(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\n" + PAGE), "bad-response"
    ),
    "gzip-garbage": Row(
        say(OK + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"), "bad-response"
    ),
    "unasked-304": Row(say(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "bad-response empty"),
    "status-999": Row(status(999), "blocked bad-response"),
    "status-412": Row(status(412), "blocked"),
    "status-403": Row(status(403), "blocked"),
    "status-429": Row(status(429, b"Retry-After: 1"), "blocked"),
    "status-503": Row(status(503, b"Server: WAF"), "blocked"),
    "redirect-loop": Row(redirect(b"/"), "too-many-redirects"),
    "redirect-chain": Row(redirect_on, "too-many-redirects"),
    "redirect-metadata": Row(redirect(b"http://169.254.169.254/latest/meta-data/"), REFUSED),
    "redirect-alibaba": Row(redirect(b"http://100.100.100.200/latest/"), REFUSED),
    "redirect-loopback": Row(redirect(b"http://127.0.0.1:22/"), REFUSED),
    "redirect-decimal": Row(redirect(b"http://2130706433/"), REFUSED),
    "redirect-mapped": Row(redirect(b"http://[::ffff:127.0.0.1]/"), REFUSED),
    "redirect-nat64": Row(redirect(b"http://[64:ff9b::a9fe:a9fe]/"), REFUSED),
    "redirect-file": Row(redirect(b"file:///etc/passwd"), "redirect-refused"),
    "redirect-gopher": Row(redirect(b"gopher://127.0.0.1:6379/_INFO"), "redirect-refused"),
    "redirect-backslash": Row(redirect(b"http://127.0.0.1:22\\@127.77.0.1/"), REFUSED),
    "redirect-user": Row(redirect(b"http://u:p@127.77.0.1/"), REFUSED),
    "plain-behind-tls": Row(say(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "tls-error", tls="none"),
    "client-demanded": Row(say(OK + b"\r\n" + PAGE), "tls-error reset", tls="client-demanded"),
}
BOMBS: dict[str, Callable[[], Behaviour]] = {
    "gzip-bomb": packed(b"gzip", lambda: gzip_bomb(1)),
    "gzip-nested": packed(b"gzip, gzip", lambda: gzip_bomb(2)),
    "brotli-bomb": packed(b"br", brotli_bomb),
}


def plans() -> tuple[Plan, ...]:
    """Sites of which nothing can be known but the failure."""
    rows = tuple(
        Plan(name, lambda _, row=row: row.behaviour, _failing(row.failures), row.tls, raw=True)
        for name, row in ROWS.items()
    )
    bombs = tuple(
        Plan(name, lambda _, build=build: build(), _failing("too-large bad-response"), raw=True)
        for name, build in BOMBS.items()
    )
    return (*rows, *bombs, Plan("port-closed", lambda _: say(), _failing("refused"), closed=True))


def _failing(codes: str) -> Truth:
    return Truth(failures=frozenset(codes.split()))
