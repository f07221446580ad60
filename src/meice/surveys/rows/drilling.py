"""From a number of annex 2 to exactly the rows it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meice.engines.annexes.columns import COUNT_ITEMS, COUNT_TOTAL, OFFICE_HOLDER_ITEM
from meice.engines.annexes.model import BasicRow
from meice.engines.annexes.tally import tally
from meice.surveys.models import ConsolidationMember


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a number; of item 2 (职务账号) only the unit's number is known."""

    unit: str
    submission: int
    row: BasicRow | None
    number: int = 1


def rows_behind(members: Iterable[ConsolidationMember], item: str, column: str) -> list[Counted]:
    """What the cell (item, column) counts; `column` 合计 means all columns. The sum of `number`
    is the cell's number. Raises ValueError for an unknown item."""
    at = COUNT_ITEMS.index(item)
    found: list[Counted] = []
    for member in members:
        if item == OFFICE_HOLDER_ITEM:
            found += _office_holders(member, column)
            continue
        for given in member.rows:
            row = BasicRow.from_json(given)
            counted = tally([row])[at]
            if _number(dict(counted.counts), column):
                found.append(Counted(member.unit_name, member.submission_id, row))
    return found


def _office_holders(member: ConsolidationMember, column: str) -> Iterable[Counted]:
    number = _number(member.office_holders, column)
    if number:
        yield Counted(member.unit_name, member.submission_id, None, number)


def _number(counts: dict[str, int | None], column: str) -> int:
    if column == COUNT_TOTAL.title:
        return sum(count or 0 for count in counts.values())
    return counts.get(column) or 0
