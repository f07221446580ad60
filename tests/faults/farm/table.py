"""Every site of the farm, in groups that can be brought up alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tests.faults.farm import dates, hostile, ordinary, planted, secured, traps
from tests.faults.farm.model import Plan

GROUPS: Mapping[str, Callable[[], tuple[Plan, ...]]] = {
    "dates": dates.plans,
    "hostile": hostile.plans,
    "ordinary": ordinary.plans,
    "planted": planted.plans,
    "secured": secured.plans,
    "traps": traps.plans,
}


def plans(groups: Iterable[str] = GROUPS) -> tuple[Plan, ...]:
    """The sites of these groups; names are unique over all of them."""
    found = tuple(plan for group in groups for plan in GROUPS[group]())
    names = [plan.name for plan in found]
    assert len(names) == len(set(names))
    return found
