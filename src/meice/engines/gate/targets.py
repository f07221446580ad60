"""A URL, read so strictly that no other parser can read it differently; the rest is refused.

What browsers, urllib and curl would each repair in their own way (user names, backslashes, numbers
that might be addresses, look-alike dots) is refused, never guessed. The network library is only
ever given the URL that is written here anew.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_from_bytes, urljoin

from meice.engines.gate.addresses import Address, read_address

LONGEST = 8192
SHORT = 300  # such URLs are remembered once read: a crawl meets each of them several times
DEFAULT_PORTS = {"http": 80, "https": 443}
SPLIT = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.IGNORECASE | re.DOTALL)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
PORT = re.compile(r"(.*?)(?::([0-9]{0,5}))?", re.DOTALL)
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
DOTTED = re.compile(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})")
QUAD = re.compile(r"[0-9a-f:]+(?:\.[0-9]{1,3}){0,3}")
# what IDNA 2003 and 2008, and so browsers and libraries, read differently
TROUBLE = re.compile("[\u3002\u00df\u1e9e\u03c2\u200b-\u200f\u2060\ufeff\u00ad]")
RAW = re.compile(r"[^!$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z|~]+")
PRINTABLE = "".join(map(chr, range(33, 127)))
PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Refused:
    """A URL that is not visited; the reason is Chinese and holds nothing of the URL."""

    reason: str


@dataclass(frozen=True, slots=True)
class Target:
    """A place to go: ``host`` is lower-case ASCII, ``address`` set when the host is one."""

    scheme: str
    host: str
    port: int
    path: str  # with the query; begins with "/"
    address: Address | None = None

    @property
    def authority(self) -> str:
        """``host`` or ``host:port``, as a URL has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The URL written anew."""
        return self.origin + self.path


def read_target(url: str) -> Target | Refused:
    """Read an absolute http(s) URL; the fragment is dropped, ends are trimmed of spaces."""
    return read_short(url) if len(url) <= SHORT else read(url)


def read(url: str) -> Target | Refused:
    """``read_target``, each time anew."""
    url = url.strip(" ")
    if len(url) > LONGEST:
        return Refused("网址过长")
    if CONTROL.search(url):
        return Refused("网址中有控制字符")
    parts = SPLIT.fullmatch(url)
    if parts is None:
        return Refused("网址须以 http:// 或 https:// 开头")
    scheme, authority, path = parts[1].lower(), parts[2], parts[3]
    place = read_authority(authority)
    if isinstance(place, Refused):
        return place
    host, port, address = place
    return Target(scheme, host, port or DEFAULT_PORTS[scheme], write_path(path), address)


read_short = lru_cache(maxsize=8192)(read)


def join(base: Target, location: bytes) -> Target | Refused:
    """Where a redirect of ``base`` leads; bytes that are not UTF-8 are kept percent-encoded."""
    try:
        text = location.strip(b" \t").decode("utf-8")
    except UnicodeDecodeError:
        text = quote_from_bytes(location.strip(b" \t"), safe=PRINTABLE)
    if "\\" in text[:2] or CONTROL.search(text):
        return Refused("跳转地址无法确定")
    try:
        return read_target(urljoin(base.url, text))
    except ValueError:  # an unfinished IPv6 address
        return Refused("跳转地址无法确定")


@lru_cache(maxsize=4096)
def read_authority(authority: str) -> tuple[str, int, Address | None] | Refused:
    """Host, port (0 when none is written) and the address, when the host is one."""
    if "@" in authority:
        return Refused("网址中不能有用户名")
    if "\\" in authority or "%" in authority:
        return Refused("主机名中有不能使用的字符")
    parts = PORT.fullmatch(authority)
    if parts is None or (parts[2] and not 0 < int(parts[2]) < 65_536):
        return Refused("端口不正确")
    host = read_host(parts[1])
    if isinstance(host, Refused):
        return host
    return host[0], int(parts[2] or 0), host[1]


def read_host(text: str) -> tuple[str, Address | None] | Refused:
    """A host in lower-case ASCII, with its address when it is one."""
    if text.startswith("["):
        return read_bracketed(text)
    text = text.lower()
    if not text.isascii():
        text = to_ascii(text)
    name = text[:-1] if text.endswith(".") and not NUMBER.fullmatch(text.split(".")[-2]) else text
    labels = name.split(".")
    if NUMBER.fullmatch(labels[-1]):
        address = read_address(name) if DOTTED.fullmatch(name) else None
        return (name, address) if address else Refused("地址须写成四段十进制数")
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        return Refused("主机名不正确")
    return name, None


def read_bracketed(text: str) -> tuple[str, Address] | Refused:
    """An IPv6 address in brackets, without a zone."""
    inner = text[1:-1].lower()
    address = read_address(inner) if text.endswith("]") and QUAD.fullmatch(inner) else None
    if address is None or address.version != 6:
        return Refused("IPv6 地址不正确")
    return str(address), address


def to_ascii(text: str) -> str:
    """A Chinese domain as xn-- labels; empty (so refused) where standards would differ."""
    if len(text) > 253 or TROUBLE.search(text) or unicodedata.normalize("NFKC", text) != text:
        return ""
    try:
        name = text.encode("idna")
        return name.decode("ascii") if name.decode("idna") == text else ""
    except UnicodeError:
        return ""


def write_path(path: str) -> str:
    """Path and query with everything unusual percent-encoded as UTF-8, as browsers do."""
    path, mark, query = path.replace("\\", "/", path.partition("?")[0].count("\\")).partition("?")
    if not path:
        path = "/"
    text = PERCENT.sub("%25", path + mark + query)
    return RAW.sub(lambda found: quote_from_bytes(found[0].encode("utf-8")), text)
