"""Where the house may go, beyond the public internet."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network
PORTS = frozenset({80, 443, 8080, 8443})


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
