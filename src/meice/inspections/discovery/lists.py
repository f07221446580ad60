"""Hosts in what the IT office uploads: zone files, certificate exports, lists of web servers.

Runs in a limited child; knows no Django. Every reader gives `Host`s in the order of the file; what
is no host (wildcards, service records, comments) is passed over, what looks like one and cannot be
read is counted.
"""

import csv
import ipaddress
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from typing import Any

import dns.exception
import dns.name
import dns.rdatatype
import dns.zone

from meice.engines.outlets import ascii_host, read_address

MAX_HOSTS = 50_000
ADDRESS_TYPES = (dns.rdatatype.A, dns.rdatatype.AAAA, dns.rdatatype.CNAME)
_DIRECTIVE = re.compile(r"^\s*(?:server_name|ServerName|ServerAlias)\s+([^;#]+)", re.MULTILINE)
_WORD = re.compile(r"[^\s,;，；、\"'|]+")
_HOST = re.compile(
    r"^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$"
)
_FILES = frozenset(
    {"conf", "log", "html", "htm", "php", "txt", "key", "pem", "crt", "sock", "json"}
)


class ListKind(StrEnum):
    """What was uploaded; the value is what people choose."""

    ZONE = "DNS 区文件"
    CERTIFICATES = "证书透明度导出"
    SERVERS = "网站服务器清单"


class Unreadable(ValueError):
    """The file is not of its kind; the message says in Chinese how to mend it."""


@dataclass(frozen=True, slots=True)
class Host:
    """A name that answers, the address the file gives it ("" when it gives none), and the place
    in the file where it stands."""

    name: str
    address: str
    place: str


def read_hosts(given: tuple[str, bytes]) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """(kind, content) → (fault, ((name, address, place), …)) as plain values for the way out of
    the child; each name once, with its first place and the first address given."""
    kind, content = given
    try:
        hosts = _once(READERS[ListKind(kind)](_text(content)))
    except Unreadable as error:
        return str(error), ()
    return "", tuple((host.name, host.address, host.place) for host in hosts)


def _text(content: bytes) -> str:
    for charset in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("不是文本文件。请导出为 UTF-8 或 GB18030 的文本再传。")


def _once(hosts: Iterator[Host]) -> list[Host]:
    found: dict[str, Host] = {}
    for host in hosts:
        known = found.get(host.name)
        if known is None:
            if len(found) >= MAX_HOSTS:
                raise Unreadable(f"超过 {MAX_HOSTS} 个域名。请分几个文件上传。")
            found[host.name] = host
        elif host.address and not known.address:
            found[host.name] = Host(known.name, host.address, known.place)
    return list(found.values())


def host_of(text: str) -> str:
    """The host of a name or an address as people write them, in ASCII and lower case; "" for what
    is none: wildcards (their parent is taken), bare words, addresses of machines, file names."""
    word = text.strip().strip(".").lower().removeprefix("*.")
    if "://" in word or "/" in word:
        address = read_address(word)
        word = address.host if address else ""
    word = word.partition(":")[0]
    if not word.isascii():
        word = ascii_host(word) or ""
    if not _HOST.match(word) or word.rpartition(".")[2] in _FILES:
        return ""
    return word


def _address_of(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""


def _zone(text: str) -> Iterator[Host]:
    """RFC 1035 master files; `$INCLUDE` is refused, `$GENERATE` is bounded by the library."""
    try:
        zone = dns.zone.from_text(
            text, _origin(text), relativize=False, check_origin=False, allow_include=False
        )
    except (dns.exception.DNSException, ValueError) as error:
        detail = str(error)[:80]
        raise Unreadable(f"不是可读的 DNS 区文件（{detail}）。请带上 $ORIGIN 一行导出。") from error
    for name, node in zone.nodes.items():
        written = host_of(name.to_text(omit_final_dot=True))
        if not written or name.labels[0].startswith((b"_", b"*")):
            continue
        for rdataset in node:
            if rdataset.rdtype in ADDRESS_TYPES:
                for rdata in rdataset:
                    yield Host(written, _address_of(rdata.to_text()), str(name))


def _origin(text: str) -> dns.name.Name:
    """The origin the file names: `$ORIGIN`, else the owner of its SOA; the root when neither."""
    found = re.search(r"^\$ORIGIN\s+(\S+)", text, re.MULTILINE)
    found = found or re.search(r"^(\S+\.)\s+(?:\d+\s+)?(?:IN\s+)?SOA\s", text, re.MULTILINE)
    return dns.name.from_text(found[1]) if found else dns.name.root


def _certificates(text: str) -> Iterator[Host]:
    """JSON of a log search (`name_value`, `common_name`, `dns_names`), the same as .csv, or one
    name a line."""
    try:
        rows = json.loads(text)
    except ValueError:
        yield from _columns(text, ("name_value", "common_name", "dns_names", "域名", "名称"))
        return
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        for value in _values(row):
            for word in _WORD.findall(value):
                if name := host_of(word):
                    yield Host(name, "", f"第 {number} 条")


def _values(row: Any) -> Iterator[str]:
    if isinstance(row, str):
        yield row
    if not isinstance(row, dict):
        return
    for key in ("name_value", "common_name", "dns_names", "names"):
        value = row.get(key)
        yield from [value] if isinstance(value, str) else map(str, value or ())


def _servers(text: str) -> Iterator[Host]:
    """nginx and Apache configuration, a .csv with 域名 and IP, or words on lines."""
    directives = _DIRECTIVE.findall(text)
    if directives:
        for number, names in enumerate(directives, start=1):
            for word in names.split():
                if name := host_of(word):
                    yield Host(name, "", f"第 {number} 个站点")
        return
    yield from _columns(text, ("域名", "网址", "host", "server_name", "站点", "url"))


def _columns(text: str, headings: tuple[str, ...]) -> Iterator[Host]:
    """Lines of a .csv whose heading names the column, else every host on every line; an address on
    the line belongs to its hosts."""
    lines = text.splitlines()
    head = [
        cell.strip().lower() for cell in next(csv.reader(StringIO(lines[0] if lines else "")), [])
    ]
    wanted = [index for index, cell in enumerate(head) if cell in headings]
    for number, line in enumerate(lines, start=1):
        if line.lstrip().startswith(("#", ";", "//")) or (wanted and number == 1):
            continue
        cells = next(csv.reader(StringIO(line)), []) if wanted else [line]
        address = next(filter(None, map(_address_of, _WORD.findall(line))), "")
        for cell in [cells[i] for i in wanted if i < len(cells)] if wanted else cells:
            for word in _WORD.findall(cell):
                if name := host_of(word):
                    yield Host(name, address, f"第 {number} 行")


READERS: Mapping[ListKind, Callable[[str], Iterator[Host]]] = {
    ListKind.ZONE: _zone,
    ListKind.CERTIFICATES: _certificates,
    ListKind.SERVERS: _servers,
}
