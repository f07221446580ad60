"""One request on its way: its hops, what it has used of its limits, and the answer it becomes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from meice.engines.gate.answers import Answer, Certificate, Failure, Limits, Request
from meice.engines.gate.outcomes import Fault
from meice.engines.gate.targets import Refused, Target, join, read_target
from meice.engines.gate.wire import REDIRECTS, Hop, Wire

METHODS = frozenset({"GET", "HEAD", "POST"})
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
VALUE = re.compile(r"[^\r\n\x00]*")
NEVER = frozenset({"host", "content-length", "transfer-encoding", "connection", "expect"})
USUAL = (
    ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("accept-language", "zh-CN,zh;q=0.9,en;q=0.5"),
)
ANYWHERE = frozenset({"accept", "accept-language", "user-agent", "range"})
COOKIES = 20  # of one origin
COOKIE = re.compile(rb"\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=([^;\s\x00-\x1f\x7f]{0,4096})")


@dataclass(slots=True)
class Job:
    """A request with everything that has happened to it so far."""

    request: Request
    on_answer: Callable[[Answer], None]
    limits: Limits
    started: float = 0.0
    target: Target | None = None
    addresses: tuple[str, ...] = ()
    hops: list[str] = field(default_factory=list)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)  # by origin, this job's only
    distrust: Fault | None = None  # the handshake failed; the certificate is being looked at
    certificate: Certificate | None = None
    received: int = 0

    def remaining(self) -> float:
        """Seconds left of the whole time, redirects together."""
        return self.limits.total_s - (time.monotonic() - self.started)

    def hop(self, target: Target, *, look: bool, only_look: bool, insecure: bool) -> Hop:
        """The next request of this job."""
        limits, total = self.limits, max(int(self.remaining() * 1000), 1)
        return Hop(
            target=target,
            addresses=self.addresses,
            method=self.request.method,
            headers=self.header_lines(target),
            body=self.request.body,
            insecure=insecure,
            look=look or only_look,
            only_look=only_look,
            connect_ms=min(int(limits.connect_s * 1000), total),
            total_ms=total,
            bytes_wire=limits.bytes_wire,
            bytes_body=limits.bytes_body,
            header_bytes=limits.header_bytes,
        )

    def header_lines(self, target: Target) -> tuple[str, ...]:
        """What is sent; another origin than the first gets nothing that was meant for the first."""
        asked = dict(USUAL) | {name.lower(): value for name, value in self.request.headers}
        if self.request.etag:
            asked["if-none-match"] = self.request.etag
        if self.request.modified:
            asked["if-modified-since"] = self.request.modified
        if self.hops and not is_same_origin(self.hops[0], target):
            asked = {name: value for name, value in asked.items() if name in ANYWHERE}
        jar = self.cookies.get(target.origin)
        if jar:
            asked["cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        return (*(f"{name}: {value}" for name, value in asked.items()), "Expect:")

    def keep_cookies(self, lines: list[bytes]) -> None:
        """Cookies of a redirect go back to the same origin within this job, and nowhere else."""
        for line in lines:
            if self.target and line[:11].lower() == b"set-cookie:":
                found = COOKIE.match(line, 11)
                jar = self.cookies.setdefault(self.target.origin, {})
                if found and len(jar) < COOKIES:
                    jar[found[1].decode()] = found[2].decode("latin-1")

    def next_target(self, wire: Wire) -> Target | Refused | None:
        """Where the answer on ``wire`` sends us; None when it is no redirect to follow."""
        if wire.status not in REDIRECTS or not self.request.follow or self.target is None:
            return None
        location = raw_header(wire.lines, b"location")
        if self.request.method == "POST" or not location:
            return None
        return join(self.target, location)

    def answer(self, wire: Wire | None = None, fault: Fault | None = None) -> Answer:
        """The answer at the end: the response on ``wire``, or why there is none."""
        good = wire is not None and fault is None
        address, http = ("", "") if wire is None else (wire.address(), wire.http())
        return Answer(
            url=self.request.url,
            final_url=self.target.url if self.target else self.request.url,
            hops=tuple(self.hops),
            status=(wire.status or None) if wire else None,
            headers=read_headers(wire.lines) if wire else (),
            body=b"".join(wire.chunks) if wire and good else b"",
            failure=fault.failure if fault else None,
            detail=fault.detail if fault else "",
            uncertain=fault.uncertain if fault else False,
            address=address,
            elapsed_s=time.monotonic() - self.started if self.started else 0.0,
            received=self.received,
            http=http,
            certificate=self.certificate,
        )


def start(request: Request, on_answer: Callable[[Answer], None], limits: Limits) -> Job:
    """A new job; ValueError when the caller asks for what no request may have."""
    if request.method not in METHODS:
        raise ValueError(f"method {request.method}")
    for name, value in request.headers:
        if not TOKEN.fullmatch(name) or not VALUE.fullmatch(value) or name.lower() in NEVER:
            raise ValueError(f"header {name}")
    if request.etag or request.modified:
        etag, modified = one_line(request.etag), one_line(request.modified)
        request = replace(request, etag=etag, modified=modified)
    return Job(request, on_answer, request.limits or limits)


def one_line(value: str | None) -> str | None:
    """A validator that a server once sent; what could not have been a header value is dropped."""
    return value if value and VALUE.fullmatch(value) else None


def is_same_origin(url: str, target: Target) -> bool:
    """True when ``url``, written by us, has the origin of ``target``."""
    first = read_target(url)
    return isinstance(first, Target) and first.origin == target.origin


def raw_header(lines: list[bytes], name: bytes) -> bytes:
    """The first header called ``name``, undecoded."""
    for line in lines:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b""


def read_headers(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    """Names in lower case; values as UTF-8, else Latin-1. Folded lines join the one before."""
    found: list[tuple[str, str]] = []
    for line in lines:
        key, colon, value = line.partition(b":")
        if line[:1] in (b" ", b"\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {decode(line.strip())}")
        elif colon:
            found.append((decode(key.strip()).lower(), decode(value.strip())))
    return tuple(found)


def decode(raw: bytes) -> str:
    """Header text; servers write UTF-8 or bytes of their own."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def refused(job: Job, reason: str) -> Fault:
    """Not allowed to go there: from the start, or by a redirect."""
    return Fault(Failure.REDIRECT_REFUSED if job.hops else Failure.ADDRESS_REFUSED, reason)
