"""Our own table of special addresses, independent of the Python version's opinion.

Sources: the IANA special-purpose address registries for IPv4 and IPv6, RFC 6890 and its updates,
RFC 4291 and 6052 (IPv4 in IPv6), RFC 3056 (6to4), 4380 (Teredo), 5214 (ISATAP), 9602 (SRv6 SIDs),
9637 (3fff::/20), and the metadata addresses that clouds document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Range:
    """A special range; ``campus``: the school may have its own sites in it and may open it."""

    network: Network
    name: str
    campus: bool = False


def row(network: str, name: str, *, campus: bool = False) -> Range:
    """One row of the table."""
    return Range(ip_network(network), name, campus)


METADATA = "云平台元数据地址"
RANGES = (
    row("0.0.0.0/8", "本网络地址"),
    row("10.0.0.0/8", "内网地址", campus=True),
    row("100.64.0.0/10", "运营商共享地址", campus=True),
    row("100.96.0.96/32", METADATA),  # Volcano Engine
    row("100.100.100.200/32", METADATA),  # Alibaba Cloud
    row("127.0.0.0/8", "本机回环地址"),
    row("168.63.129.16/32", METADATA),  # Azure, a public address
    row("169.254.0.0/16", "链路本地地址"),  # with 169.254.169.254, 169.254.0.23
    row("172.16.0.0/12", "内网地址", campus=True),
    row("192.0.0.0/24", "IETF 协议保留地址"),  # with 192.0.0.192, Oracle Cloud metadata
    row("192.0.2.0/24", "文档示例地址"),
    row("192.31.196.0/24", "AS112 地址"),
    row("192.52.193.0/24", "AMT 地址"),
    row("192.88.99.0/24", "6to4 中继地址"),
    row("192.168.0.0/16", "内网地址", campus=True),
    row("192.175.48.0/24", "AS112 地址"),
    row("198.18.0.0/15", "性能测试地址"),
    row("198.51.100.0/24", "文档示例地址"),
    row("203.0.113.0/24", "文档示例地址"),
    row("224.0.0.0/4", "组播地址"),
    row("240.0.0.0/4", "保留地址"),  # with 255.255.255.255
    row("::/96", "IPv4 兼容地址"),  # with ::, ::1 and every ::a.b.c.d
    row("::ffff:0:0/96", "IPv4 映射地址"),
    row("::ffff:0:0:0/96", "IPv4 转换地址"),
    row("64:ff9b::/96", "NAT64 地址"),
    row("64:ff9b:1::/48", "NAT64 地址"),
    row("100::/64", "丢弃地址"),
    row("100:0:0:1::/64", "占位地址"),
    row("2001::/23", "IETF 协议保留地址"),  # with Teredo 2001::/32, ORCHID, benchmarking
    row("2001:db8::/32", "文档示例地址"),
    row("2002::/16", "6to4 地址"),
    row("2620:4f:8000::/48", "AS112 地址"),
    row("3fff::/20", "文档示例地址"),
    row("5f00::/16", "SRv6 地址"),
    row("fc00::/7", "内网地址", campus=True),
    row("fd00:ec2::254/128", METADATA),  # AWS
    row("fd20:ce::254/128", METADATA),  # Google Cloud
    row("fe80::/10", "链路本地地址"),
    row("fec0::/10", "站点本地地址"),
    row("ff00::/8", "组播地址"),
)
UNICAST = IPv6Network("2000::/3")  # all that IANA has opened for global unicast
UNASSIGNED = Range(IPv6Network("::/0"), "未分配的 IPv6 地址")
ISATAP = Range(IPv6Network("::/0"), "ISATAP 地址")
ISATAP_WORDS = (0x00005EFE, 0x02005EFE)  # the upper half of the interface identifier, RFC 5214 6.1


@lru_cache(maxsize=4096)
def special_ranges(address: Address) -> tuple[Range, ...]:
    """Every special range that holds ``address``; none for a plain public address."""
    found = [each for each in RANGES if address in each.network]
    if isinstance(address, IPv6Address):
        if (int(address) >> 32) & 0xFFFFFFFF in ISATAP_WORDS:
            found.append(ISATAP)
        if not found and address not in UNICAST:
            found.append(UNASSIGNED)
    return tuple(found)


def read_address(text: str) -> Address | None:
    """An address in its plain form; None for anything else, zone identifiers included."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None
