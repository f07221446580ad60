"""One handle of the network library: what it is told, and what came in through its callbacks."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from typing import Any

import pycurl

from meice.engines.gate.door import Door
from meice.engines.gate.targets import Target

HTTP_NAMES = {1: "1.0", 2: "1.1", 3: "2", 30: "3"}
STOP = -1  # what a callback returns to end the transfer
REDIRECTS = frozenset({301, 302, 303, 307, 308})
REDIRECT_BODY = 65_536  # as much of a redirect's body is read, so that the connection can be kept
STATUS = re.compile(rb"HTTP/[\d.]+ (\d{3})")
PROTOCOL = re.compile(r"SSL connection using (\S+)")
OLD_TOO = "DEFAULT:@SECLEVEL=0"  # ciphers and keys that are only looked at, never trusted


@dataclass(frozen=True, slots=True)
class Hop:
    """One request to one place. ``addresses`` are the only ones a socket may be opened to."""

    target: Target
    addresses: tuple[str, ...]
    method: str
    headers: tuple[str, ...]
    body: bytes
    insecure: bool
    look: bool  # keep the certificate's facts
    only_look: bool  # stop after the handshake; nothing is asked for
    connect_ms: int
    total_ms: int
    bytes_wire: int
    bytes_body: int
    header_bytes: int


class Wire:
    """A handle that is used again and again; everything of the last hop is forgotten at ``begin``."""

    def __init__(self, door: Door, agent: str, roots: str) -> None:
        self.door = door
        self.curl = pycurl.Curl()
        self.hop: Hop | None = None
        self.job: Any = None  # whose hop it is
        self.method = "GET"
        self.plain = True  # verifies certificates
        self.verbose = False
        self.headers: list[bytes] = []
        self.lent: list[socket.socket] = []
        self.forget()
        self.settle(agent, roots)

    def forget(self) -> None:
        """Empty what the callbacks fill, and close our ends of the sockets."""
        while self.lent:
            self.lent.pop().close()
        self.status = 0
        self.lines: list[bytes] = []
        self.line_bytes = 0
        self.closed = False  # the header block of the answer itself is over
        self.chunks: list[bytes] = []
        self.size = 0
        self.overflow = False
        self.vetoed = ""
        self.protocol = ""

    def settle(self, agent: str, roots: str) -> None:
        """What holds for every request of this handle."""
        curl = self.curl
        for option, value in (
            (pycurl.NOSIGNAL, 1),
            (pycurl.FOLLOWLOCATION, 0),
            (pycurl.PROXY, ""),  # whatever the environment says
            (pycurl.NOPROXY, "*"),
            (pycurl.NETRC, pycurl.NETRC_IGNORED),
            (pycurl.ACCEPT_ENCODING, "gzip, deflate, br"),
            (pycurl.USERAGENT, agent),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
            (pycurl.DNS_CACHE_TIMEOUT, 5),
            (pycurl.SSL_VERIFYPEER, 1),
            (pycurl.SSL_VERIFYHOST, 2),
            (pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2),
            (pycurl.OPENSOCKETFUNCTION, self.open_socket),
            (pycurl.HEADERFUNCTION, self.take_line),
            (pycurl.WRITEFUNCTION, self.take_chunk),
            (pycurl.DEBUGFUNCTION, self.take_note),
        ):
            curl.setopt(option, value)
        set_protocols(curl)
        if roots:
            curl.setopt(pycurl.CAINFO, roots)

    def begin(self, hop: Hop) -> None:
        """Make the handle ready for ``hop``."""
        self.forget()
        self.hop = hop
        curl, target = self.curl, hop.target
        curl.setopt(pycurl.URL, target.url)
        curl.setopt(pycurl.HTTPHEADER, hop.headers)
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, hop.connect_ms)
        curl.setopt(pycurl.TIMEOUT_MS, hop.total_ms)
        curl.setopt(pycurl.MAXFILESIZE, 0 if hop.method == "HEAD" else hop.bytes_wire)
        if target.address is None:
            places = ",".join(f"[{each}]" if ":" in each else each for each in hop.addresses)
            curl.setopt(pycurl.RESOLVE, [f"+{target.host}:{target.port}:{places}"])
        self.choose_method(hop)
        if target.scheme == "https":
            self.choose_trust(hop)

    def choose_method(self, hop: Hop) -> None:
        """GET, HEAD or POST; a handle remembers what it was told last."""
        if hop.method == self.method == "GET":
            return
        curl = self.curl
        curl.setopt(pycurl.NOBODY, 0)
        curl.setopt(pycurl.HTTPGET, 1)
        if hop.method == "HEAD":
            curl.setopt(pycurl.NOBODY, 1)
        if hop.method == "POST":
            curl.setopt(pycurl.POST, 1)
            curl.setopt(pycurl.POSTFIELDS, hop.body)
        self.method = hop.method

    def choose_trust(self, hop: Hop) -> None:
        """Verify the certificate, or only look at it; old protocols are looked at, never trusted."""
        curl, plain = self.curl, not (hop.insecure or hop.only_look)
        if plain != self.plain:
            curl.setopt(pycurl.SSL_VERIFYPEER, int(plain))
            curl.setopt(pycurl.SSL_VERIFYHOST, 2 if plain else 0)
            lowest = pycurl.SSLVERSION_TLSv1_2 if plain else pycurl.SSLVERSION_TLSv1_0
            curl.setopt(pycurl.SSLVERSION, lowest)
            curl.setopt(pycurl.SSL_CIPHER_LIST, "DEFAULT" if plain else OLD_TOO)
            self.plain = plain
        if hop.look != self.verbose:
            curl.setopt(pycurl.OPT_CERTINFO, int(hop.look))
            curl.setopt(pycurl.VERBOSE, int(hop.look))
            self.verbose = hop.look
        if hop.only_look:  # such a handle is used once
            curl.setopt(pycurl.CONNECT_ONLY, 1)
            curl.setopt(pycurl.FRESH_CONNECT, 1)

    def open_socket(self, purpose: int, address: Any) -> Any:
        """Open the socket that the library wants, or veto it."""
        family, kind, protocol, place = address
        if self.hop is None:
            return pycurl.SOCKET_BAD
        reason = self.door.veto(self.hop.target, self.hop.addresses, family, place)
        if reason is not None:
            self.vetoed = reason
            return pycurl.SOCKET_BAD
        self.lent.append(socket.socket(family, kind, protocol))  # the library keeps a copy of it
        return self.lent[-1]

    def take_line(self, line: bytes) -> int | None:
        """One header line; interim answers are forgotten, trailers are not taken."""
        hop = self.hop
        self.line_bytes += len(line)
        if hop is None or self.line_bytes > hop.header_bytes:
            self.overflow = True
            return STOP
        if line.startswith(b"HTTP/"):
            found = STATUS.match(line)
            self.status = int(found[1]) if found else 0
            self.lines, self.closed = [], False
        elif line in (b"\r\n", b"\n"):
            self.closed = True
        elif not self.closed:
            self.lines.append(line)
        return None

    def take_chunk(self, chunk: bytes) -> int | None:
        """A piece of the unpacked body."""
        hop = self.hop
        self.size += len(chunk)
        if hop is None or self.size > hop.bytes_body:
            self.overflow = True
            return STOP
        if self.status in REDIRECTS and self.size > REDIRECT_BODY:
            return STOP
        self.chunks.append(chunk)
        return None

    def take_note(self, kind: int, note: bytes) -> None:
        """The library's remarks on the handshake; only asked for with ``look``."""
        if kind == pycurl.INFOTYPE_TEXT and not self.protocol:
            found = PROTOCOL.search(note.decode("latin-1"))
            self.protocol = found[1] if found else ""

    def leaf(self) -> str:
        """The certificate that was shown, PEM; empty when there was none or it was not looked at."""
        chains = self.curl.getinfo(pycurl.INFO_CERTINFO) or []
        return next((str(value) for pair in chains[:1] for key, value in pair if key == "Cert"), "")

    def http(self) -> str:
        """The version spoken."""
        return HTTP_NAMES.get(self.curl.getinfo(pycurl.INFO_HTTP_VERSION), "")

    def address(self) -> str:
        """The address that answered."""
        return str(self.curl.getinfo(pycurl.PRIMARY_IP) or "")

    def verify_result(self) -> int:
        """OpenSSL's X509_V_ERR code of the last handshake; 0 when the chain is trusted."""
        return int(self.curl.getinfo(pycurl.SSL_VERIFYRESULT))

    def received(self) -> int:
        """Bytes of headers and body on the wire."""
        curl = self.curl
        return int(curl.getinfo(pycurl.HEADER_SIZE) + curl.getinfo(pycurl.SIZE_DOWNLOAD_T))


def set_protocols(curl: pycurl.Curl) -> None:
    """http and https, whatever else the library was built with."""
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
