"""Where a link leads, as the checks ask it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from meice.engines.webprobe.pages import Link


def host_of(url: str) -> str:
    """The host of an absolute address in lower case; nothing for a broken one."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_address(host: str) -> bool:
    """Whether the host is an IP address."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def leaves(link: Link) -> bool:
    """Whether the link leads to another owner: another registrable domain, another bare address.

    Two ports of one IP address may be two owners, as no name says otherwise.
    """
    if not link.same_domain:
        return True
    return not link.same_site and is_address(host_of(link.url))
