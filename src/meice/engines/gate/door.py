"""The last check: which address a socket may be opened to, whatever was decided before."""

from __future__ import annotations

import re
import socket

from meice.engines.gate.addresses import Address, read_address
from meice.engines.gate.policy import OWN, Policy
from meice.engines.gate.targets import Target

NAME = re.compile(r"(?=.*[a-z])[a-z0-9._-]+")  # neither an address nor the path of a local socket
KEPT = 10_000  # places whose judgement is remembered
FAMILIES = {socket.AF_INET: 4, socket.AF_INET6: 6}


class Door:
    """Judges addresses for one policy; ``own_addresses`` are those of our named servers."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.own_addresses: set[str] = set()
        self.admitted: dict[tuple[str, int, tuple[str, ...]], tuple[tuple[str, ...], str]] = {}

    def own_names(self) -> tuple[str, ...]:
        """The names of our servers whose addresses must be known before the first request."""
        hosts = {host for host, _ in self.policy.own}
        return tuple(sorted(host for host in hosts if NAME.fullmatch(host)))

    def refusal(self, target: Target, address: Address) -> str | None:
        """Why this address of ``target`` may not be visited; None when it may."""
        reason = self.policy.refusal(target.host, address, target.port)
        if reason or self.policy.names(target.host, target.port, address):
            return reason
        if str(address) in self.own_addresses or is_this_machine(address):
            return OWN
        return None

    def admit(self, target: Target, addresses: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """Those of the resolved ``addresses`` that may be visited, and why the others may not."""
        place = (target.host, target.port, addresses)
        known = self.admitted.get(place)
        if known is None:
            known = self.judge(target, addresses)
            if len(self.admitted) < KEPT:
                self.admitted[place] = known
        return known

    def judge(self, target: Target, addresses: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """``admit``, each time anew; the socket is judged anew whatever was admitted."""
        admitted, reason = [], ""
        for text in addresses:
            address = read_address(text)
            refused = "地址不正确" if address is None else self.refusal(target, address)
            if refused is None:
                admitted.append(str(address))
            else:
                reason = refused
        return tuple(admitted), reason

    def veto(
        self, target: Target, pinned: tuple[str, ...], family: int, place: tuple[str, int]
    ) -> str | None:
        """Why no socket may be opened to ``place``: not what was resolved, or not allowed."""
        address = read_address(place[0])
        if address is None or FAMILIES.get(socket.AddressFamily(family)) != address.version:
            return "地址不正确"
        if str(address) not in pinned or place[1] != target.port:
            return "地址与核对过的不一致"
        return self.refusal(target, address)


def is_this_machine(address: Address) -> bool:
    """True for an address of this very machine: the kernel would speak to it from itself."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((str(address), 9))  # sends nothing
            return bool(read_address(probe.getsockname()[0]) == address)
    except OSError:
        return False
