"""Where the house may go: the public internet on the usual ports, and what a person opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from urllib.parse import urlsplit

from meice.engines.gate.addresses import Address, Network, read_address, special_ranges

PORTS = frozenset({80, 443, 8080, 8443})
OWN = "这是本系统自己的服务器"
OWN_URLS = ("MEICE_DATABASE_URL", "MEICE_BROKER_URL", "MEICE_PUBLIC_URL")
# The bad ports of the Fetch standard: HTTP text sent there is read as commands of other protocols.
BAD_PORTS = frozenset(
    {*(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101)}
    | {*(102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389)}
    | {*(427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636)}
    | {*(989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379)}
    | {*(6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211)}
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be visited. The default is the public internet on the usual ports and no more.

    ``campus_networks``: private networks with the school's own sites; they never open loopback,
    link-local, metadata addresses or our own servers. ``exact``: single ``(host, port)`` pairs for
    the demo and the tests. ``allow``: any network on any port, for the person at the command line
    only. ``own``: ``(host or address, port)`` of our servers, never visited; port 0 is every port.
    """

    campus_networks: tuple[Network, ...] = ()
    exact: frozenset[tuple[str, int]] = frozenset()
    allow: tuple[Network, ...] = ()
    own: frozenset[tuple[str, int]] = frozenset()
    ports: frozenset[int] = PORTS

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> Policy:
        """The server's policy from ``MEICE_…`` variables; ValueError names what cannot be read."""
        own = {(host, 0) for host in own_hosts(settings)}
        ports = {read_port(item) for item in items(settings, "MEICE_PROBE_PORTS")}
        return cls(
            campus_networks=tuple(
                read_network(item) for item in items(settings, "MEICE_CAMPUS_NETWORKS")
            ),
            exact=frozenset(read_pair(item) for item in items(settings, "MEICE_PROBE_EXACT")),
            own=frozenset(own),
            ports=PORTS | ports,
        )

    def names(self, host: str, port: int, address: Address) -> bool:
        """True when a person named this very place: an exact pair or an allowed network."""
        named = (host, port) in self.exact and read_address(host) is None
        if named or (str(address), port) in self.exact:
            return True
        return port not in BAD_PORTS and is_within(address, self.allow)

    def refusal(self, host: str, address: Address, port: int) -> str | None:
        """Why ``address`` may not be visited for ``host``, in Chinese; None when it may."""
        if self.names(host, port, address):
            return None
        if any((name, each) in self.own for name in (host, str(address)) for each in (port, 0)):
            return OWN
        for special in special_ranges(address):
            if not (special.campus and is_within(address, self.campus_networks)):
                return f"{special.name}，不访问"
        if port not in self.ports or port in BAD_PORTS:
            return f"不访问端口 {port}"
        return None


def is_within(address: Address, networks: tuple[Network, ...]) -> bool:
    """True when one of ``networks`` holds ``address``."""
    return any(address in network for network in networks)


def items(settings: Mapping[str, str], name: str) -> Iterator[str]:
    """The items of a comma-separated setting."""
    return (item.strip() for item in settings.get(name, "").split(",") if item.strip())


def own_hosts(settings: Mapping[str, str]) -> Iterator[str]:
    """Our own servers: named ones, the database, the broker and the public name."""
    for item in items(settings, "MEICE_OWN_HOSTS"):
        address = read_address(item.strip("[]"))
        yield str(address) if address else item.lower()
    for name in OWN_URLS:
        host = urlsplit(settings.get(name, "")).hostname
        if host:
            yield host


def read_network(text: str) -> Network:
    """A CIDR network; ValueError when it is none."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"不是网段：{text}") from None


def read_port(text: str) -> int:
    """A port number; ValueError when it is none."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65_536:
        return int(text)
    raise ValueError(f"不是端口：{text}")


def read_pair(text: str) -> tuple[str, int]:
    """``host:port`` or ``[IPv6]:port``; ValueError when it is none."""
    host, _, port = text.rpartition(":")
    address = read_address(host.strip("[]"))
    if not host or (address is None and (":" in host or "*" in host or "/" in host)):
        raise ValueError(f"不是“主机:端口”：{text}")
    return (str(address) if address else host.lower()), read_port(port)
