"""The columns (栏目) of a site, each once, from the many pages that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from meice.engines.webprobe.pages import Column, Dated

MOST = 300  # columns kept of one site


@dataclass(slots=True)
class ColumnNotes:
    """A column is told by its list page; one without is told by its name.

    The same name with two list pages is two columns (通知公告 of two offices).
    """

    by_url: dict[str, Column] = field(default_factory=dict)
    by_name: dict[str, Column] = field(default_factory=dict)

    def add(self, column: Column) -> None:
        """Put together what two pages say of one column: the most items, the latest day."""
        before = self.by_url.get(column.url) if column.url else self.by_name.get(column.name)
        if before is None and column.url and not self._named(column.name, column.url):
            before = self.by_name.get(column.name)
        if before is None and len(self.by_url) + len(self.by_name) >= MOST:
            return
        merged = _merged(before, column) if before else column
        if before is not None and not before.url:
            self.by_name.pop(before.name, None)
        if merged.url:
            self.by_url[merged.url] = merged
        else:
            self.by_name[merged.name] = merged

    def all(self, published: Mapping[str, Dated]) -> tuple[Column, ...]:
        """Every column, as first seen; inferred years corrected by what the entries say."""
        named = [
            column for column in self.by_name.values() if not self._named(column.name, column.url)
        ]
        return tuple(_corrected(column, published) for column in (*self.by_url.values(), *named))

    def _named(self, name: str, url: str) -> bool:
        """Whether a column of this name has a list page already, other than ``url``."""
        return any(each.name == name and each.url != url for each in self.by_url.values())


def _merged(one: Column, other: Column) -> Column:
    own = next((each for each in (one, other) if each.own_page), one)
    latest = max(
        (each.latest for each in (one, other) if each.latest is not None),
        key=lambda dated: (dated.day, dated.year_written),
        default=None,
    )
    return replace(
        own,
        url=one.url or other.url,
        items=max(one.items, other.items),
        dated=max(one.dated, other.dated),
        latest=latest,
        found_on=one.found_on,
    )


def _corrected(column: Column, published: Mapping[str, Dated]) -> Column:
    """`[06-29]` of an entry whose own page says 2021: the year was only the latest possible."""
    latest = column.latest
    if latest is None or latest.year_written:
        return column
    own = published.get(latest.url)
    if own is None or (own.day.month, own.day.day) != (latest.day.month, latest.day.day):
        return column
    return replace(column, latest=latest._replace(day=own.day, year_written=True))
