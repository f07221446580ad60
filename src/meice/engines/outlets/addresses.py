"""Addresses of websites in one form, and as people should see them. No network is used.

Two addresses that a browser treats as one have one canonical form: lower-case scheme and host,
IDN as punycode, no default port, no trailing dot, no fragment, no tracking parameters.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_FORBIDDEN = re.compile(r"[\s\\<>\"^`{|}\x00-\x1f\x7f]")
_IDEOGRAPHIC_DOTS = re.compile("[。．｡]")
_ALIAS = re.compile(r"^(?:www|m|wap|3g|mobile)\.(?=[^.]+\.)")
_TRACKING = re.compile(
    r"utm_\w+|spm|isappinstalled|share_\w+|sharer_\w+|nsukey|fbclid|gclid|bd_vid|clicktime|lailu",
    re.IGNORECASE,
)
_SHARED_FROM = frozenset({"timeline", "singlemessage", "groupmessage"})
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Address:
    """The canonical parts; `host` is ASCII, `port` None when it is the scheme's own."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str

    @property
    def netloc(self) -> str:
        """Host and, where it is not the default, port; an IPv6 host in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The canonical URL."""
        return f"{self.scheme}://{self.netloc}{self.path}" + (
            f"?{self.query}" if self.query else ""
        )


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def ascii_host(host: str) -> str | None:
    """Return a host in lower-case ASCII (IDN as punycode) without a trailing dot, or None."""
    host = _IDEOGRAPHIC_DOTS.sub(".", host.strip()).removesuffix(".").lower()
    try:
        ascii_form = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return ascii_form if _HOST.fullmatch(ascii_form) or _is_ip(ascii_form) else None


def readable_host(host: str) -> str:
    """Return the host as people read it (punycode back to Chinese); as given when it is broken."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def bare_host(host: str) -> str:
    """Return the host without its alias label: www., m., wap., 3g., mobile."""
    return _ALIAS.sub("", host)


def _split(text: str) -> SplitResult | None:
    text = text.strip()
    if not text or _FORBIDDEN.search(text):
        return None
    try:
        return urlsplit(text if _SCHEME.match(text) else f"http://{text.removeprefix('//')}")
    except ValueError:
        return None


def _port(parts: SplitResult) -> int | None:
    """Return the port if it is not the scheme's own. Raises ValueError as urllib does."""
    return None if parts.port == _DEFAULT_PORTS[parts.scheme] else parts.port


def _is_tracking(name: str, value: str) -> bool:
    return bool(_TRACKING.fullmatch(name)) or (name == "from" and value in _SHARED_FROM)


def _query(text: str) -> str:
    pairs = parse_qsl(text, keep_blank_values=True)
    kept = [pair for pair in pairs if not _is_tracking(*pair)]
    return text if len(kept) == len(pairs) else urlencode(kept)


def read_address(text: str) -> Address | None:
    """Read a website's address; a bare host is taken as http.

    None for what is no http(s) address: another scheme, a user name in it, a broken host or port.
    """
    parts = _split(text)
    if parts is None or parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc:
        return None
    host = ascii_host(parts.hostname or "")
    try:
        port = _port(parts)
    except ValueError:
        return None
    if host is None:
        return None
    path = quote(parts.path, safe=_SAFE_IN_PATH) or "/"
    return Address(parts.scheme, host, port, path, _query(parts.query))


def canonical_url(text: str) -> str | None:
    """Return the one form of a website's address, or None when it is no http(s) address."""
    address = read_address(text)
    return address.url if address else None
