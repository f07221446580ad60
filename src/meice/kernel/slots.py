"""Where a lower room shows what upper rooms know: typed lists filled in `AppConfig.ready()`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """Items in `order` (a sort key; the order of registration without one)."""

    def __init__(self, order: Callable[[T], Any] | None = None) -> None:
        self._items: list[T] = []
        self._order = order

    def register(self, item: T) -> None:
        """Add `item`; the same item twice is a mistake in a room's `ready()`."""
        if item in self._items:
            raise ValueError(f"registered twice: {item!r}")
        self._items.append(item)
        if self._order:
            self._items.sort(key=self._order)

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self._items))

    def __len__(self) -> int:
        return len(self._items)


class NavGroup(StrEnum):
    """The groups of the sidebar, in the order of work; the value is the heading."""

    HOME = ""
    REGISTER = "台账"
    REPORTING = "填报"
    RECTIFICATION = "核实整改"
    EDITORIAL = "内容审核"
    DAILY = "日常监管"
    SUPPORT = "保障"
    STATISTICS = "统计"
    AUDIT = "审计"
    SYSTEM = "系统"


@dataclass(frozen=True, slots=True)
class NavCount:
    """Open items for the reader; `hot` when some are late (white on red)."""

    number: int
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The open rows behind a count, and which of them are late: `rows` is a QuerySet, `late` a Q.

    All tallies of a page are counted by one query, so that a further room costs no further one.
    """

    rows: Any
    late: Any


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the sidebar; absent (never greyed) for whom `visible(user)` is false.

    Its number comes from `tally(user, now)`, counted together with the others.
    """

    group: NavGroup
    label: str
    icon: str
    url_name: str
    order: int
    visible: Callable[[Any], bool]
    tally: Callable[[Any, datetime], Tally | None] | None = None


class TodoList(StrEnum):
    """Whose turn an item is: mine, my office's (nobody has claimed it), somebody else's since I
    did my part."""

    MINE = "mine"
    OFFICE = "office"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the work page: what, why now, whose, until when, and the one verb."""

    what: str
    why: str
    verb: str
    url: str
    unit: str = ""
    due: datetime | None = None
    of: TodoList = TodoList.MINE


@dataclass(frozen=True, slots=True)
class TodoSource:
    """Finds the open items of a user at a time: `find(user, now)`."""

    name: str
    find: Callable[[Any, datetime], Iterable[Todo]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A box on a record's page: `context(record, user)` for `template`; None leaves it out."""

    title: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One answer of the global search."""

    title: str
    hint: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchSource:
    """Finds what a user may see: `find(user, words, limit)`."""

    label: str
    find: Callable[[Any, str, int], Sequence[SearchHit]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class HoldingSource:
    """What a leaving person still holds: `find(person)` gives the rows, `name(row)` their words;
    `move(row, to, by)` hands one over, inside the caller's transaction."""

    label: str
    find: Callable[[Any], Iterable[Any]]
    name: Callable[[Any], str]
    move: Callable[[Any, Any, Any], None]


@dataclass(frozen=True, slots=True)
class UnitChoices:
    """The units a user may choose in a filter: `find(user)` gives (path, name) in tree order."""

    find: Callable[[Any], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class OutletCheck:
    """What a check of a period says of one outlet: `passed` None when nothing could be known."""

    passed: bool | None
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckSource:
    """Which outlets were checked: `find(outlet ids, first day, last day)` by outlet id."""

    name: str
    find: Callable[[Sequence[int], date, date], Mapping[int, OutletCheck]]


def _navigation_order(item: NavItem) -> tuple[int, int]:
    return list(NavGroup).index(item.group), item.order


navigation: Slot[NavItem] = Slot(_navigation_order)
todos: Slot[TodoSource] = Slot()
outlet_panels: Slot[Panel] = Slot(lambda panel: panel.order)
outlet_joins: Slot[str] = Slot()
"""One-to-one rows of upper rooms that an outlet's page fetches with it, by their name there."""
unit_panels: Slot[Panel] = Slot(lambda panel: panel.order)
home_panels: Slot[Panel] = Slot(lambda panel: panel.order)
search: Slot[SearchSource] = Slot(lambda source: source.order)
holdings: Slot[HoldingSource] = Slot()
unit_choices: Slot[UnitChoices] = Slot()
outlet_checks: Slot[CheckSource] = Slot()
"""What 通报 counts as checked; an outlet that no source names is unknown, never passed."""
unit_moved: Slot[Callable[[], object]] = Slot()
"""Called inside the transaction that moves a unit: rooms that keep its path write the new one."""
unit_ties: Slot[Callable[[Any], str]] = Slot()
"""What keeps a unit in use: each gives a Chinese reason for this unit, "" when nothing does."""
own_days: Slot[Callable[[], Mapping[date, bool]]] = Slot()
"""Single days that this deployment has set itself (worked or off), for the rooms beside the one
that keeps them."""
