"""Schedules: made, changed, switched on and off; and the rows that follow their units."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from meice.audit.actions import Detail, record
from meice.inspections import policies
from meice.inspections.models import Finding, Frequency, Observation, Run, Schedule, SiteCheck
from meice.kernel.access import require
from meice.orgs.models import Unit, User
from meice.registry.models import Outlet

MOST_MOVED = 5000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a schedule says; `outlets` empty: all sites of the unit and below."""

    name: str
    unit: Unit
    rule_set: str
    frequency: Frequency = Frequency.WEEKLY
    at: time = time(2, 0)
    max_pages: int = 40
    rate: Decimal = Decimal(1)
    watches_reach: bool = False
    is_active: bool = True
    outlets: Sequence[Outlet] = field(default=())


@transaction.atomic
def create_schedule(plan: Plan, *, by: User, at: datetime) -> Schedule:
    """A new one; its first run is when its hour comes."""
    require(policies.may_run_probes(by, plan.unit))
    schedule = Schedule(made_by=by, made_at=at, **_facts(plan))
    schedule.next_at = schedule.beginning(at)
    schedule.save()
    schedule.outlets.set(plan.outlets)
    _note("schedule.create", schedule, by)
    return schedule


@transaction.atomic
def edit_schedule(schedule: Schedule, plan: Plan, *, by: User, at: datetime) -> Schedule:
    """Other words for it; a run that is going on keeps the old ones."""
    schedule = (
        Schedule.objects.select_for_update(of=("self",)).select_related("unit").get(pk=schedule.pk)
    )
    require(policies.may_edit_schedule(by, schedule) & policies.may_run_probes(by, plan.unit))
    for name, value in _facts(plan).items():
        setattr(schedule, name, value)
    schedule.next_at = schedule.beginning(at)
    schedule.version += 1
    schedule.save()
    schedule.outlets.set(plan.outlets)
    _note("schedule.edit", schedule, by)
    return schedule


def _facts(plan: Plan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "unit": plan.unit,
        "unit_path": plan.unit.path,
        "rule_set": plan.rule_set,
        "frequency": plan.frequency,
        "at": plan.at,
        "max_pages": plan.max_pages,
        "rate": plan.rate,
        "watches_reach": plan.watches_reach,
        "is_active": plan.is_active,
    }


def _note(act: str, schedule: Schedule, by: User) -> None:
    detail: Detail = {
        "name": schedule.name, "frequency": schedule.frequency, "active": schedule.is_active
    }  # fmt: skip
    record(act, schedule, by=by, detail=detail, unit_path=schedule.unit_path)


def follow_units() -> int:
    """Write the units' present paths on the rows of this room; how many were behind. A finding
    goes with its outlet when that goes to another unit."""
    behind = _follow_outlets()
    for model in (Finding, SiteCheck, Observation, Run, Schedule):
        rows = model._default_manager.exclude(unit_path=F("unit__path"))
        for pk, path in rows.values_list("pk", "unit__path")[:MOST_MOVED]:
            behind += model._default_manager.filter(pk=pk).update(unit_path=path)
    return behind


def _follow_outlets() -> int:
    moved = Finding.objects.filter(outlet__isnull=False).exclude(unit=F("outlet__unit"))
    behind = 0
    for pk, unit, path in moved.values_list("pk", "outlet__unit", "outlet__unit_path")[:MOST_MOVED]:
        behind += Finding.objects.filter(pk=pk).update(unit_id=unit, unit_path=path)
    return behind
