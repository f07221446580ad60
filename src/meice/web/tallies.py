"""The numbers beside the lines of sidebar and top bar, all counted by one query.

Writing that query out of twenty querysets takes far longer than the database needs to answer it.
Its text is kept for a minute for whoever stands in the same place; the rows are counted anew for
each page, so that no number is old. What a kept text holds fast is the reader's scope (part of
the key) and the moment from which rows are late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, IntegerField, Value, When

from meice.kernel.clock import now
from meice.kernel.slots import NavCount, NavItem, Tally
from meice.web.topbar import TopItem

KEPT_FOR = timedelta(minutes=1)
KEPT_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class Counting:
    """A query as the database takes it; empty when there is nothing to count."""

    written_at: datetime
    sql: str
    params: tuple[Any, ...]


_kept: dict[Any, Counting] = {}


def counts(items: Sequence[NavItem | TopItem], user: Any) -> list[NavCount | None]:
    """The number beside each item; None beside what has no open row."""
    counting = _counting(items, user)
    found: dict[int, NavCount] = {}
    if counting.sql:
        with connection.cursor() as cursor:
            cursor.execute(counting.sql, counting.params)
            rows = cursor.fetchall()
        for place, late, number in rows:
            before = found.get(place, NavCount(0))
            found[place] = NavCount(before.number + number, before.hot or bool(late))
    return [found.get(place) for place in range(len(items))]


def _counting(items: Sequence[NavItem | TopItem], user: Any) -> Counting:
    key, at = (user.scope, tuple(items)), now()
    kept = _kept.get(key)
    if kept is not None and timedelta(0) <= at - kept.written_at < KEPT_FOR:
        return kept
    if len(_kept) >= KEPT_AT_MOST:
        _kept.clear()
    _kept[key] = written = _write(items, user, at)
    return written


def _write(items: Sequence[NavItem | TopItem], user: Any, at: datetime) -> Counting:
    tallies = {
        place: tally
        for place, item in enumerate(items)
        if item.tally and (tally := item.tally(user, at))
    }
    try:
        sql, params = _together(tallies).query.sql_with_params() if tallies else ("", ())
    except EmptyResultSet:
        sql, params = "", ()
    return Counting(at, sql, tuple(params))


def _together(tallies: Mapping[int, Tally]) -> Any:
    """Rows of place, whether late, number."""
    parts = [
        tally.rows.order_by()
        .annotate(
            nav_place=Value(place, IntegerField()),
            nav_late=Case(When(tally.late, then=1), default=0, output_field=IntegerField()),
        )
        .values("nav_place", "nav_late")
        .annotate(nav_number=Count("pk"))
        .values_list("nav_place", "nav_late", "nav_number")
        for place, tally in tallies.items()
    ]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
