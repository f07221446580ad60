"""Addresses in a page made absolute, and which of them stay on the site.

`urllib.parse.urljoin` costs several microseconds, and a page has hundreds of links: the plain
forms are joined here, the rest is left to it.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

from meice.engines.outlets import bare_host

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What most references of a site look like: nothing to resolve, to encode or to refuse in them.
_PLAIN = re.compile(
    r"/?[A-Za-z0-9_][A-Za-z0-9_/-]{0,500}(?:\.[A-Za-z0-9]{1,8})?(?:\?[A-Za-z0-9_=&%-]{0,500})?"
)
_LINE_ENDS = re.compile(r"[\t\r\n]+")
_SAFE = "/%:@!$&'()*+,;=~-._?#[]"
_LONGEST = 4000  # characters; no site has such an address, hostile pages have

# Labels below a country's domain under which names are given out (.edu.cn, .co.uk, .gd.cn).
_SECOND_LEVEL = frozenset(
    {"com", "net", "org", "edu", "gov", "ac", "mil", "co", "gob", "or", "ne", "go"}
)
_PROVINCES = frozenset(
    {
        "bj", "sh", "tj", "cq", "he", "sx", "nm", "ln", "jl", "hl", "js", "zj", "ah", "fj", "jx",
        "sd", "ha", "hb", "hn", "gd", "gx", "hi", "sc", "gz", "yn", "xz", "sn", "gs", "qh", "nx",
        "xj", "tw", "hk", "mo",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """Return the part of a host name that is registered: `huayuan.edu.cn` of `xcb.huayuan.edu.cn`.

    By the labels in use in China and the usual ones elsewhere, not by the public suffix list;
    an address or a single label is returned as it is.
    """
    host = host.rstrip(".").lower()
    labels = host.split(".")
    if len(labels) < 3 or _is_address(host):
        return host
    under = labels[-2]
    second = len(labels[-1]) == 2 and under in _SECOND_LEVEL
    province = labels[-1] == "cn" and under in _PROVINCES
    return ".".join(labels[-3:] if second or province else labels[-2:])


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def split_host(url: str) -> tuple[str, str]:
    """Return host in lower case and the port as written (empty when none) of an absolute address."""
    start = url.find("//") + 2
    end = len(url)
    for sign in "/?#\\":
        if (found := url.find(sign, start, end)) >= 0:
            end = found
    netloc = url[start:end].rpartition("@")[2].lower()
    if netloc.startswith("["):
        host, _, port = netloc.partition("]")
        return host + "]", port.lstrip(":")
    host, _, port = netloc.partition(":")
    return host, port


_DEFAULT_PORTS = {"http": "80", "https": "443"}


def _site(url: str) -> tuple[str, str]:
    """Host without www. and port without the default: what is one site."""
    host, port = split_host(url)
    scheme = url[: url.find(":")].lower()
    return bare_host(host), "" if port == _DEFAULT_PORTS.get(scheme) else port


@dataclass(slots=True)
class Base:
    """What a page's references are joined to: its address, or the one in its `base` element."""

    page: str
    base: str
    charset: str = "utf-8"
    _scheme: str = ""
    _origin: str = ""
    _directory: str = ""
    _path: str = ""
    _site: tuple[str, str] = ("", "")
    _domain: str = ""
    _own: tuple[bool, bool] = (True, True)
    _known: dict[str, tuple[bool, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.base)
        except ValueError:
            parts = urlsplit(self.page)
        self._scheme = parts.scheme
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._path = self._origin + (parts.path or "/")
        self._directory = self._path[: self._path.rfind("/") + 1]
        self._site = _site(self.page)
        self._domain = registrable_domain(split_host(self.page)[0])
        self._own = self.stays(self._path)

    def resolve(self, reference: str) -> tuple[str, bool, bool] | None:
        """Return the absolute address with whether it is on the same site and domain, or None."""
        if _PLAIN.fullmatch(reference):
            start = self._origin if reference[0] == "/" else self._directory
            return start + reference, self._own[0], self._own[1]
        url = self.absolute(reference)
        return (url, *self.stays(url)) if url is not None else None

    def absolute(self, reference: str) -> str | None:
        """Return the absolute http(s) address without fragment; None for any other reference."""
        reference = reference.strip(" \t\r\n\f\x00\u3000")
        if not reference or reference[0] == "#" or len(reference) > _LONGEST:
            return None
        if "\n" in reference or "\r" in reference or "\t" in reference:
            reference = _LINE_ENDS.sub("", reference)
        if "\\" in reference:
            before, mark, query = reference.partition("?")
            reference = before.replace("\\", "/") + mark + query
        if "#" in reference:
            reference = reference[: reference.index("#")]
        return self._encoded(self._joined(reference))

    def _joined(self, reference: str) -> str | None:
        if reference[:7].lower() == "http://" or reference[:8].lower() == "https://":
            return reference
        if reference[:2] == "//":
            return f"{self._scheme}:{reference}"
        if _SCHEME.match(reference):
            return None
        if "./" in reference or reference.endswith("."):
            return self._by_library(reference)
        if reference[:1] == "/":
            return self._origin + reference
        return (self._path if reference[:1] == "?" else self._directory) + reference

    def _by_library(self, reference: str) -> str | None:
        try:
            return urljoin(self.base, reference)
        except ValueError:
            return None

    def _encoded(self, url: str | None) -> str | None:
        """Blanks and Chinese percent-encoded: the path in UTF-8, the query in the page's charset."""
        if url is None:
            return None
        if url.isascii() and " " not in url:
            return url
        head, mark, query = url.partition("?")
        scheme, slashes, rest = head.partition("//")
        host, slash, path = rest.partition("/")
        coded = quote(query, safe=_SAFE, encoding=self.charset, errors="replace") if query else ""
        path = quote(path, safe=_SAFE, errors="replace")
        return f"{scheme}{slashes}{host}{slash}{path}{mark}{coded}"

    def stays(self, url: str) -> tuple[bool, bool]:
        """Return whether an absolute address is on the same site, and on the same domain."""
        if url.startswith(self._origin) and url[len(self._origin) : len(self._origin) + 1] == "/":
            origin = self._origin
        else:
            origin = url[: _end_of_origin(url)]
        known = self._known.get(origin)
        if known is None:
            domain = registrable_domain(split_host(origin)[0])
            known = _site(origin) == self._site, domain == self._domain
            self._known[origin] = known
        return known


def _end_of_origin(url: str) -> int:
    start = url.find("//") + 2
    found = [place for sign in "/?#" if (place := url.find(sign, start)) >= 0]
    return min(found, default=len(url))
