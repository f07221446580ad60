"""What is asked of the gate and what it answers. A failure is a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Failure(StrEnum):
    """Why there is no response; the codes of the command line's JSON."""

    DNS = "dns"  # the name does not exist, or has no address
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"  # name, connection, headers or body did not come in time
    EMPTY = "empty"  # closed without a byte
    TLS_ERROR = "tls-error"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    REDIRECT_REFUSED = "redirect-refused"  # a redirect to where we may not go
    ADDRESS_REFUSED = "address-refused"  # the URL, its port or its address may not be visited
    TOO_LARGE = "too-large"
    BAD_RESPONSE = "bad-response"  # not HTTP, broken framing or encoding, cut short
    BLOCKED = "blocked"  # answered, but with a challenge instead of the page
    ROBOTS_DENIED = "robots-denied"
    UNKNOWN_ERROR = "unknown-error"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost, all its redirects together; seconds and bytes."""

    connect_s: float = 8.0
    total_s: float = 15.0
    bytes_wire: int = 8_000_000  # of the body, as sent
    bytes_body: int = 10_000_000  # of the body, unpacked
    redirects: int = 8
    header_bytes: int = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask for. Only GET and HEAD follow redirects.

    ``insecure``: give the body although the certificate is not valid; its facts say so.
    ``etag`` and ``modified`` are the answer headers of the last visit (304 then has no body).
    """

    url: str
    method: str = "GET"  # GET, HEAD or POST
    headers: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    modified: str | None = None
    insecure: bool = False
    follow: bool = True
    body: bytes = b""  # of a POST
    limits: Limits | None = None  # instead of the fetcher's


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the server showed, whether valid or not; times are aware, UTC."""

    subject: str
    issuer: str
    names: tuple[str, ...]  # DNS names and addresses it is for
    not_before: datetime
    not_after: datetime
    self_signed: bool
    name_ok: bool  # one of the names fits the host asked for
    chain_ok: bool | None  # trusted to a root; None: not known
    reason: str = ""  # why the chain is not trusted, in OpenSSL's words
    protocol: str = ""  # "TLSv1.3"
    key: str = ""  # "RSA 2048"
    signature: str = ""  # "sha256"

    def days_left(self, now: datetime) -> int:
        """Whole days from ``now`` (aware) to the end; negative once expired."""
        return (self.not_after - now).days


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``body`` is unpacked and empty whenever ``failure`` is set.

    ``uncertain``: the failure says nothing about the site (our resolver or network was silent).
    ``detail`` is a short Chinese reason of our own words, never text of the other side.
    """

    url: str  # as asked for
    final_url: str
    hops: tuple[str, ...] = ()  # URLs that redirected, in order
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()  # names in lower case
    body: bytes = field(default=b"", repr=False)
    failure: Failure | None = None
    detail: str = ""
    uncertain: bool = False
    address: str = ""  # that answered
    elapsed_s: float = 0.0
    received: int = 0  # bytes on the wire, headers and body
    http: str = ""  # "1.0", "1.1", "2"
    certificate: Certificate | None = None

    def header(self, name: str, default: str = "") -> str:
        """The first header called ``name``, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), default)

    @property
    def ok(self) -> bool:
        """True when a response below 400 came whole."""
        return self.failure is None and self.status is not None and self.status < 400
