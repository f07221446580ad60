"""From an address to the outlet it stands for, by the platform table alone. No network is used.

A short link (v.douyin.com/…, mp.weixin.qq.com/s/…) names its platform but not the account: then
the identifier is empty, and a person has to open it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote

from meice.engines.outlets.addresses import Address, bare_host, read_address
from meice.engines.outlets.platforms import PLATFORM_BY_KEY, PLATFORMS, Platform, UrlPattern

_WEBSITE = PLATFORM_BY_KEY["website"]
_PLATFORM_OF_HOST = {host: platform for platform in PLATFORMS for host in platform.hosts}


@dataclass(frozen=True, slots=True)
class Identity:
    """Which outlet an address stands for.

    `identifier` is the permanent id where the address has one, else the handle, else (websites)
    host and path without www. and m.; empty when the address does not tell.
    `permanent_id` survives a change of name; `canonical_url` is one form per outlet.
    """

    platform: Platform
    identifier: str
    permanent_id: str | None
    canonical_url: str


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    permanent: bool
    pattern: UrlPattern


def _platform_of(host: str) -> Platform | None:
    return _PLATFORM_OF_HOST.get(host) or _PLATFORM_OF_HOST.get(bare_host(host))


def _from_path(pattern: UrlPattern, match: re.Match[str]) -> _Found | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    for name in ("id", "handle"):
        if name in groups:
            return _Found(unquote(groups[name]), name == "id", pattern)
    return None


def _from_query(pattern: UrlPattern, address: Address) -> _Found | None:
    values = parse_qs(address.query).get(pattern.query or "")
    # An unescaped + in __biz is base64, not a blank.
    value = values[0].strip().replace(" ", "+") if values else ""
    return _Found(value, not pattern.query_is_handle, pattern) if value else None


def _fits(platform: Platform, found: _Found) -> bool:
    """A permanent id must have the platform's shape: a parameter can hold anything."""
    return not (found.permanent and platform.permanent_id) or is_permanent_id(platform, found.value)


def _readings(platform: Platform, address: Address) -> Iterator[_Found]:
    target = bare_host(address.host) + address.path
    for pattern in platform.urls:
        match = pattern.path.fullmatch(target) or pattern.path.fullmatch(target.rstrip("/"))
        if match is None:
            continue
        found = _from_query(pattern, address) if pattern.query else _from_path(pattern, match)
        if found is not None and _fits(platform, found):
            yield found


def _canonical(found: _Found, address: Address) -> str:
    if not found.pattern.canonical:
        return address.url
    value = quote(found.value, safe="/=._-")
    return found.pattern.canonical.format(id=value, handle=value, value=value)


def _site(address: Address) -> Identity:
    host = bare_host(address.host) + (f":{address.port}" if address.port else "")
    return Identity(_WEBSITE, host + address.path.rstrip("/"), None, address.url)


def identify(url: str) -> Identity | None:
    """Return which outlet an address stands for, or None when it is no http(s) address."""
    address = read_address(url)
    if address is None:
        return None
    platform = _platform_of(address.host)
    if platform is None:
        return _site(address)
    found = next(_readings(platform, address), None)
    if found is None:
        return Identity(platform, "", None, address.url)
    permanent = found.value if found.permanent else None
    return Identity(platform, found.value, permanent, _canonical(found, address))


def is_permanent_id(platform: Platform, text: str) -> bool:
    """Tell whether `text` has the shape of the platform's permanent id (gh_…, uid, sec_uid …)."""
    return bool(platform.permanent_id and platform.permanent_id.fullmatch(text.strip()))
