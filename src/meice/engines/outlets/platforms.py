"""The platform table: what a platform is called, where its pages are, how it is counted.

Sources: notice 一（一） (one account per platform and unit; the platforms it names), annexes.md
(annex 2 columns, aliases), domain.md 2.3 (platforms units report). The table is `platforms.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Any


class Annex2Column(StrEnum):
    """The seven count columns of annex 2, in the order of the form."""

    WEBSITE = "网站"
    WEIBO = "微博"
    WECHAT = "微信"
    TOUTIAO = "头条号"
    DOUYIN = "抖音号"
    APP = "移动客户端"
    OTHER = "其他政务新媒体"


class PlatformKind(StrEnum):
    SITE = "site"
    ACCOUNT = "account"
    GROUP = "group"
    APP = "app"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class UrlPattern:
    """One shape of an address: `path` is matched against host + path without www. and m."""

    path: re.Pattern[str]
    query: str | None
    query_is_handle: bool
    canonical: str | None


@dataclass(frozen=True, slots=True)
class Platform:
    """One row of the table; `exempt` means outside the rule of one account per platform."""

    key: str
    name: str
    annex2_column: Annex2Column
    kind: PlatformKind
    exempt: bool
    publishes: bool
    aliases: tuple[str, ...]
    hosts: tuple[str, ...]
    permanent_id: re.Pattern[str] | None
    urls: tuple[UrlPattern, ...]


def _pattern(row: Mapping[str, Any]) -> UrlPattern:
    return UrlPattern(
        re.compile(row["path"]), row.get("query"), row.get("handle", False), row.get("canonical")
    )


def _platform(row: Mapping[str, Any]) -> Platform:
    permanent = row.get("permanent_id")
    return Platform(
        key=row["key"],
        name=row["name"],
        annex2_column=Annex2Column(row["column"]),
        kind=PlatformKind(row["kind"]),
        exempt=row.get("exempt", False),
        publishes=row.get("publishes", True),
        aliases=tuple(row.get("aliases", ())),
        hosts=tuple(row.get("hosts", ())),
        permanent_id=re.compile(permanent) if permanent else None,
        urls=tuple(_pattern(url) for url in row.get("urls", ())),
    )


def _read_table() -> tuple[Platform, ...]:
    text = resources.files(__package__).joinpath("platforms.toml").read_text("utf-8")
    return tuple(_platform(row) for row in tomllib.loads(text)["platform"])


PLATFORMS: tuple[Platform, ...] = _read_table()
PLATFORM_BY_KEY: Mapping[str, Platform] = MappingProxyType({p.key: p for p in PLATFORMS})

_JOINTS = re.compile(r"[/\\|、,;:·—–-]+|其[他它]")
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_BLANKS = re.compile(r"\s+")
_ORNAMENTS = re.compile(r"^(?:官方|校园|学校|学院|校级|本校|单位)|(?:官方|平台|账号|帐号)$")


def _folded(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _names() -> dict[str, Platform]:
    """Every way of writing a platform, folded. A name written for two platforms is a mistake."""
    names: dict[str, Platform] = {}
    for platform in PLATFORMS:
        for written in (platform.name, platform.key, *platform.aliases):
            if names.setdefault(_folded(written), platform) is not platform:
                raise ValueError(f"platforms.toml: {written} stands for two platforms")
    return names


_NAMES = _names()


def _exact(folded: str) -> Platform | None:
    return _NAMES.get(folded) or _NAMES.get(_ORNAMENTS.sub("", folded))


def _parts(folded: str) -> set[Platform | None]:
    return {_exact(part) for part in _JOINTS.split(folded) if part}


def platform_named(text: str) -> Platform | None:
    """Return the platform that `text` names (`微信`, `B 站`, `微信公众号（订阅号）`), or None.

    A remark in brackets counts only where it names a platform. None as well when the text names
    two platforms (`微信、微博`): which one is meant is a question for a person.
    """
    folded = _folded(text)
    if found := _exact(folded):
        return found
    remarks = {platform for remark in _BRACKETED.findall(folded) for platform in _parts(remark)}
    named = _parts(_BRACKETED.sub("", folded)) | (remarks - {None})
    return named.pop() if len(named) == 1 else None
