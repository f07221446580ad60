"""Annex 2 computed from annex 1, and compared with what a unit wrote.

Source: the notice's annex 2 and annexes.md. Every item counts rows of annex 1 by platform column,
except item 2 (职务账号, accounts of a person in office): the notice counts in annex 1 only
accounts 以单位名称命名或认证, so item 2 is given from outside and never counted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from meice.engines.annexes import columns
from meice.engines.annexes.model import BasicRow, CountRow, Rectified
from meice.engines.outlets import platform_named

Counts = Mapping[str, int | None]


def has_problem(row: BasicRow) -> bool:
    """问题排查情况 names a problem: neither blank nor 无问题."""
    return any(problem != columns.NOTHING_WRONG for problem in row.problems)


def _measures(row: BasicRow) -> tuple[bool, ...]:
    """For each of the seven items whether the row counts in it."""
    return (
        True,
        False,  # 职务账号
        has_problem(row),
        row.rectified is Rectified.YES,
        row.interactive is True,
        row.has_review_system is True,
        row.outsourced is True,
    )


_OFFICE_HOLDERS = 1
_TOTAL = columns.COUNT_TOTAL.title


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of annex 2 in which a unit's own count is not the computed one.

    ``line`` counts the unit's own rows from 0; ``column`` is one of ``COUNT_COLUMNS`` or ``合计``.
    """

    line: int
    item: str
    column: str
    own: int | None
    computed: int | None


@lru_cache(maxsize=4096)
def count_column(kind: str) -> str:
    """The column of annex 2 in which 类型 counts; what is unknown counts under the last one."""
    platform = platform_named(kind)
    return str(platform.annex2_column) if platform else columns.OTHER_COLUMN


def tally(rows: Iterable[BasicRow], office_holders: Counts | None = None) -> tuple[CountRow, ...]:
    """The seven rows of annex 2; ``office_holders`` is item 2 by column (absent: not known, its
    cells stay blank)."""
    counts = [dict.fromkeys(columns.COUNT_COLUMNS, 0) for _ in columns.COUNT_ITEMS]
    alike = Counter((count_column(row.kind), _measures(row)) for row in rows)
    for (column, measures), number in alike.items():
        for item, holds in zip(counts, measures, strict=True):
            item[column] += number * holds
    return tuple(
        _count_row(item, (office_holders or {}) if line == _OFFICE_HOLDERS else counts[line])
        for line, item in enumerate(columns.COUNT_ITEMS)
    )


def _count_row(item: str, counts: Counts) -> CountRow:
    full = {column: counts.get(column) for column in columns.COUNT_COLUMNS}
    return CountRow(item=item, counts=full, total=total_of(full))


def total_of(counts: Counts) -> int | None:
    """合计: the sum of the columns, None when no column is filled."""
    filled = [count for count in counts.values() if count is not None]
    return sum(filled) if filled else None


def lines_of_items(own: Sequence[CountRow]) -> Mapping[int, int]:
    """Which row of a unit's own annex 2 is which of the seven items: by its words, else, where
    there are exactly seven, by its place. Item (from 0) → row (from 0)."""
    by_words = {_plain(row.item): line for line, row in enumerate(own)}
    complete = len(own) == len(columns.COUNT_ITEMS)
    found = {
        item: by_words.get(_plain(words), item if complete else None)
        for item, words in enumerate(columns.COUNT_ITEMS)
    }
    return {item: line for item, line in found.items() if line is not None}


def office_holder_row(own: Sequence[CountRow]) -> CountRow | None:
    """Item 2 of a unit's own annex 2."""
    line = lines_of_items(own).get(_OFFICE_HOLDERS)
    return None if line is None else own[line]


def sum_office_holders(own: Iterable[CountRow]) -> Counts:
    """The sum of the units' own item 2, by column; a column nobody filled stays blank."""
    sums: dict[str, int | None] = dict.fromkeys(columns.COUNT_COLUMNS)
    for row in own:
        for column in columns.COUNT_COLUMNS:
            count = row.counts.get(column)
            if count is not None:
                sums[column] = (sums[column] or 0) + count
    return sums


def differences(own: Sequence[CountRow], computed: Sequence[CountRow]) -> tuple[Difference, ...]:
    """Every cell of ``own`` that is not what ``computed`` says; a blank is 0.

    Of item 2 only 合计 is compared, with the sum of the unit's own columns.
    """
    return tuple(
        difference
        for item, line in lines_of_items(own).items()
        for difference in _row_differences(line, own[line], _expected(item, own[line], computed))
    )


def _expected(item: int, own: CountRow, computed: Sequence[CountRow]) -> Counts:
    if item != _OFFICE_HOLDERS:
        return {**computed[item].counts, _TOTAL: computed[item].total}
    total = total_of(own.counts)
    return {} if total is None else {_TOTAL: total}


def _row_differences(line: int, own: CountRow, expected: Counts) -> Iterable[Difference]:
    found = {**own.counts, _TOTAL: own.total}
    for column, count in expected.items():
        if (found.get(column) or 0) != (count or 0):
            yield Difference(line, own.item, column, found.get(column), count)


def _plain(item: str) -> str:
    return "".join(item.split()).removesuffix("（个）")
