"""Annex 2 of a submission: computed from its rows, 职务账号 from the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from meice.engines.annexes.columns import COUNT_COLUMNS
from meice.engines.annexes.model import Annex, BasicRow, CountRow
from meice.engines.annexes.tally import Counts, count_column, tally
from meice.orgs.models import Unit
from meice.registry.models import Holder, Outlet
from meice.surveys.models import SubmissionHeader, SubmissionRow
from meice.surveys.rows.texts import engine_rows


def office_holders_of(unit: Unit, besides: Sequence[str] = ()) -> dict[str, int]:
    """职务账号 of the unit and below by column of annex 2; `besides`: paths of units that hand in
    their own."""
    counts = dict.fromkeys(COUNT_COLUMNS, 0)
    held = Outlet.objects.standing().filter(holder=Holder.PERSON).below(unit.path)
    for path in besides:
        held = held.exclude(unit_path__startswith=path)
    for outlet in held.only("platform"):
        counts[count_column(outlet.platform_name)] += 1
    return counts


def counts_of(rows: Iterable[SubmissionRow], office_holders: Counts) -> tuple[CountRow, ...]:
    """The seven rows of annex 2 for the standing rows of annex 1."""
    basic = [row for row in rows if row.annex == Annex.BASIC and not row.removed]
    typed = [row for row in engine_rows(Annex.BASIC, basic) if isinstance(row, BasicRow)]
    return tally(typed, office_holders)


def own_counts(header: SubmissionHeader | None) -> tuple[CountRow, ...]:
    """The annex 2 that the unit itself handed in; empty when it left that to the system."""
    return tuple(CountRow.from_json(row) for row in header.own_counts) if header else ()
