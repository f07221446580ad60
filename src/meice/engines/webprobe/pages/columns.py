"""Columns (栏目) of a page: lists of dated entries under a name.

On a list page the breadcrumb names the list that the page is about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.column_names import name_and_address
from meice.engines.webprobe.pages.column_words import kind_of_column
from meice.engines.webprobe.pages.entries import Listing
from meice.engines.webprobe.pages.model import Column, Dated


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list with its name and the address of its full list, each empty where it is not told."""

    name: str
    url: str
    has_more: bool  # a 更多 link leads there
    texts: tuple[str, ...]  # the entries' words
    dated: tuple[Dated, ...]

    @property
    def reads_like_titles(self) -> bool:
        """Undated entries that are titles, not the words of a menu."""
        return len(self.texts) >= 2 and sum(map(len, self.texts)) / len(self.texts) >= 8


@dataclass(frozen=True, slots=True)
class Around:
    """What a page says of itself that helps to name its columns."""

    url: str
    breadcrumb: tuple[str, ...]
    text: str
    is_article: bool

    @property
    def is_list_page(self) -> bool:
        """It stands below something, and is no article."""
        return len(self.breadcrumb) >= 2 and not self.is_article


def named_lists(listings: Sequence[Listing], base: Base) -> list[NamedList]:
    """Return the lists that may be columns: with a dated entry, or with a name and an address."""
    found: list[NamedList] = []
    for listing in listings:
        dated = tuple(listing.dated)
        if not dated and len(listing.entries) < 2:
            continue
        texts = tuple(entry.link.text for entry in listing.entries)
        one = NamedList("", "", False, texts, dated)
        if texts and (dated or one.reads_like_titles):
            found.append(NamedList(*name_and_address(listing.entries[0].node, base), texts, dated))
    return found


def find_columns(lists: Sequence[NamedList], around: Around) -> list[Column]:
    """Return the columns among the lists; an undated list only where a 更多 link proves it one."""
    own = _own_list(lists, around)
    return _merged(
        _column(one, around, one is own)
        for one in lists
        if one.dated or (one.name and one.has_more and one.url != around.url)
    )


def _own_list(lists: Sequence[NamedList], around: Around) -> NamedList | None:
    """The list that a list page is about: the one with most dated entries."""
    best = max(lists, key=lambda one: len(one.dated), default=None)
    return best if best is not None and best.dated and around.is_list_page else None


def _column(one: NamedList, around: Around, is_own: bool) -> Column:
    name, url = (around.breadcrumb[-1], around.url) if is_own else (one.name, one.url)
    latest = max(one.dated, key=lambda each: each.day, default=None)
    return Column(
        name, url, kind_of_column(name), len(one.texts), len(one.dated), latest, around.url, is_own
    )


def _merged(columns: Iterable[Column]) -> list[Column]:
    """One column a name and address: a picture list and a text list under one heading are one."""
    found: dict[tuple[str, str], Column] = {}
    for number, column in enumerate(columns):
        key = (column.name or str(number), column.url)
        other = found.get(key)
        found[key] = _joined(other, column) if other else column
    return list(found.values())


def _joined(one: Column, other: Column) -> Column:
    days = [column.latest for column in (one, other) if column.latest]
    latest = max(days, key=lambda each: each.day, default=None)
    items, dated = one.items + other.items, one.dated + other.dated
    own = one.own_page or other.own_page
    return Column(one.name, one.url, one.kind, items, dated, latest, one.found_on, own)
