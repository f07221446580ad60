"""The right end of the top bar: slots that upper rooms fill in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from meice.kernel.slots import Slot, Tally


@dataclass(frozen=True, slots=True)
class TopLine:
    """What one item says now: `text` (short), `label` (read aloud, whole), `url`; `wide` is the
    part that goes first when room is scarce."""

    text: str
    label: str
    url: str
    wide: str = ""


@dataclass(frozen=True, slots=True)
class TopItem:
    """One item (duty, inbox): `line(request, number)` or None when there is nothing to show.

    `number` comes from `tally(user, now)`, counted by one query with those of the sidebar; None
    on a page that counts nothing.
    """

    icon: str
    order: int
    line: Callable[[HttpRequest, int | None], TopLine | None]
    tally: Callable[[Any, datetime], Tally | None] | None = None


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A line of the account menu; `post` makes it a button with CSRF (signing out, 换岗位)."""

    label: str
    url: str
    post: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in and as what: name, line under it (unit · post), the menu's lines.

    `headings` renames groups of the sidebar for this post (台账 → 本单位); `is_admin` shows the
    remark about a front end that was not built; `single_keys` off silences one-letter keys.
    """

    name: str
    line: str
    links: tuple[MenuLink, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    single_keys: bool = True
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class AccountSource:
    """Tells the account of a request; None for a person who is not signed in."""

    find: Callable[[HttpRequest], Account | None]


topbar: Slot[TopItem] = Slot(lambda item: item.order)
account: Slot[AccountSource] = Slot()


def account_of(request: HttpRequest) -> Account | None:
    """The first answer of the registered sources, asked once per request."""
    if not hasattr(request, "meice_account"):
        answers = (source.find(request) for source in account)
        request.meice_account = next(filter(None, answers), None)  # type: ignore[attr-defined]
    return request.meice_account  # type: ignore[attr-defined, no-any-return]
