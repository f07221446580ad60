"""What was seen beside what is registered: unregistered, off campus (双非), or known.

Source of the three classes of 双非: school notices of 2018 and 2021 "按教育部文件要求" (outside
address with the school's domain, campus address with another domain, neither but the school's
content). A class is a claim for a person to judge.
"""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from meice.engines.outlets import bare_host

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Standing(StrEnum):
    """Where a sighting stands; the value is what people read."""

    REGISTERED = "已在台账"
    UNREGISTERED = "未登记"


class OffCampus(StrEnum):
    """双非, by the three definitions."""

    NONE = ""
    OUTSIDE_ADDRESS = "校外地址、学校域名"
    OTHER_DOMAIN = "校内地址、校外域名"
    BOTH = "校外地址、校外域名"
    UNKNOWN = "地址未知，无法判断"


@dataclass(frozen=True, slots=True)
class Campus:
    """What belongs to the school: its domains (each with what is below) and its networks."""

    domains: tuple[str, ...]
    networks: tuple[Network, ...] = ()

    def has_domain(self, host: str) -> bool:
        """Is the host one of the school's domains or below one?"""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def has_address(self, address: str) -> bool | None:
        """Does the address lie in a campus network? None when there is nothing to tell by."""
        try:
            number = ipaddress.ip_address(address)
        except ValueError:
            return None
        if not self.networks:
            return None
        return any(number in net for net in self.networks if net.version == number.version)


def standing_of(host: str, registered: Collection[str]) -> Standing:
    """`registered` are the hosts of the register without www. and m."""
    if bare_host(host) in registered:
        return Standing.REGISTERED
    return Standing.UNREGISTERED


def off_campus(host: str, address: str, campus: Campus) -> OffCampus:
    """Which of the three definitions a host meets; UNKNOWN when its address is not known or no
    campus network is set, unless nothing can follow from it."""
    inside, own = campus.has_address(address), campus.has_domain(host)
    if inside is None:
        return OffCampus.UNKNOWN
    if own:
        return OffCampus.NONE if inside else OffCampus.OUTSIDE_ADDRESS
    return OffCampus.OTHER_DOMAIN if inside else OffCampus.BOTH
