"""The frame of a page: addresses of files, sidebar, phone tabs, top bar, foot."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Library
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from meice.kernel.slots import NavCount, navigation
from meice.web import static_files
from meice.web.tallies import counts
from meice.web.topbar import Account, TopLine, account_of, topbar

register = Library()
KEPT_AT_MOST = 500
PHONE_FIRST = ("/", "/outlets/", "/patrols/", "/manuscripts/", "/campaigns/")


@dataclass(frozen=True, slots=True)
class NavLine:
    """A line of the sidebar as shown to one reader."""

    group: str
    label: str
    icon: str
    url: str
    count: NavCount | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """Sidebar and top bar (icon, line) as shown to one reader."""

    side: list[NavLine] = field(default_factory=list)
    top: list[tuple[str, TopLine]] = field(default_factory=list)


@register.simple_tag
def asset(name: str) -> str:
    """The address of one of our static files."""
    return static_files.address(name)


@register.simple_tag
def built(name: str) -> str:
    """The address of a built file, or nothing when the front end was not built."""
    return static_files.address(name) if static_files.is_built(name) else ""


@register.simple_tag
def setting(name: str) -> Any:
    """INSTITUTION or SUPPORT: the two settings that pages name."""
    if name not in {"INSTITUTION", "SUPPORT", "IS_DEMO"}:
        raise ValueError(f"not for templates: {name}")
    return getattr(settings, name, "")


@register.simple_tag(takes_context=True)
def who(context: Any) -> Account | None:
    """The account of the reader, from the room that knows people."""
    request = context.get("request")
    return account_of(request) if request else None


@register.simple_tag(takes_context=True)
def sidebar(context: Any, account: Account | None) -> SafeString:
    """The groups of the sidebar that this reader may see, in the order of work."""
    headings = account.headings if account else {}
    return _navigation(tuple(_lines(context.get("request"))), tuple(headings.items()))


@lru_cache(KEPT_AT_MOST)
def _navigation(lines: tuple[NavLine, ...], headings: tuple[tuple[str, str], ...]) -> SafeString:
    """Drawn once for the same lines and numbers: it was a third of the work of a small page."""
    called = dict(headings)
    groups = [
        (called.get(group, group), list(found))
        for group, found in groupby(lines, key=lambda line: line.group)
    ]
    return render_to_string("web/_navigation.html", {"groups": groups})


@register.simple_tag(takes_context=True)
def phonebar(context: Any) -> SafeString:
    """Three tabs of the reader's own pages and the menu, for narrow screens."""
    lines = {line.url: line for line in _lines(context.get("request"))}
    first = [lines.pop(url) for url in PHONE_FIRST if url in lines]
    return _tabs(tuple([*first, *lines.values()][:3]))


@lru_cache(KEPT_AT_MOST)
def _tabs(lines: tuple[NavLine, ...]) -> SafeString:
    return render_to_string("web/_phonebar.html", {"lines": lines})


@register.inclusion_tag("web/_topbar.html", takes_context=True)
def toplines(context: Any) -> dict[str, Any]:
    """Duty, inbox and whatever else upper rooms show at the right of the top bar."""
    return {"lines": _bars(context.get("request")).top}


def _lines(request: HttpRequest | None) -> list[NavLine]:
    return _bars(request).side


def _bars(request: HttpRequest | None) -> Bars:
    """What the reader may see; counted once per request, though several bars show it."""
    if request is None:
        return Bars()
    if not hasattr(request, "meice_bars"):
        request.meice_bars = _seen(request)  # type: ignore[attr-defined]
    return request.meice_bars  # type: ignore[attr-defined, no-any-return]


def _seen(request: HttpRequest) -> Bars:
    """The current item of the sidebar is the one with the longest address that fits the path.

    A page that only says why something is not to be had (`faces`) counts nothing.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Bars()
    items = [item for item in navigation if item.visible(user)]
    counts_too = not getattr(request, "meice_uncounted", False)
    numbers = counts([*items, *topbar], user) if counts_too else [None] * (len(items) + len(topbar))
    known = [_address(item.url_name, settings.ROOT_URLCONF) for item in items]
    here = max((url for url in known if _fits(request.path, url)), key=len, default="")
    side = [
        NavLine(str(item.group.value), item.label, item.icon, url, number, url == here)
        for item, url, number in zip(items, known, numbers, strict=False)
    ]
    shown = [number.number if number else 0 for number in numbers[len(items) :]]
    told = zip(topbar, shown, strict=True)
    top = [(item.icon, item.line(request, number if counts_too else None)) for item, number in told]
    return Bars(side, [(icon, line) for icon, line in top if line])


@cache
def _address(name: str, root: str) -> str:
    return reverse(name, urlconf=root)


def _fits(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
