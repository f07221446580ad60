"""What is known of a site or account beside its findings. None is unknown, never bad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ColumnFact:
    """One column (栏目) that was seen; ``url`` is the address its findings carry."""

    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Machine facts first, then those a person, a feed or the register answers.

    ``complete``: the site was read to the end of what was asked for. ``history_known``: a week of
    tries is at hand. ``home_dated``: the home page shows a date. ``columns`` is None when no column
    could be told apart. Days are whole days.
    """

    today: date
    complete: bool = False
    history_known: bool = False
    home_dated: bool = False
    columns: tuple[ColumnFact, ...] | None = None
    last_post: date | None = None
    has_consultation: bool | None = None
    oldest_unanswered_days: int | None = None
    app_works: bool | None = None
    is_interactive: bool | None = None
    buys_followers: bool | None = None
    service_statistics_days: int | None = None
    published_replies_days: int | None = None
