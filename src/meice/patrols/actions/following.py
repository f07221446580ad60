"""A unit that moves in the tree takes its rounds along; a leaver's rounds and plans go to another."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from meice.audit.actions import record
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.patrols.actions import events
from meice.patrols.actions.plans import lock_plan
from meice.patrols.models import TO_DO, Checklist, Plan, Round


def follow_units() -> int:
    """Write the unit's present path on the rows of this room; how many were behind.

    Called when a unit moves, inside its transaction, and by a job.
    """
    behind = 0
    for model in (Checklist, Plan, Round):
        rows = model._default_manager.exclude(unit_path=F("unit__path"))
        for pk, path in rows.values_list("pk", "unit__path"):
            behind += model._default_manager.filter(pk=pk).update(unit_path=path)
    return behind


def held_rounds(person: User) -> Iterable[Any]:
    """Her name on rounds that are still to be walked: rows of round and user."""
    named = Round.people.through.objects.filter(user=person.pk, round__status__in=TO_DO)
    return named.select_related("round").order_by("round")


def name_round(row: Any) -> str:
    """`2026-11-22 上午巡查`."""
    return str(row.round)


def move_round(row: Any, to: User, by: User) -> None:
    """Another stands in her place, inside the caller's transaction."""
    round = events.lock_round(row.round)
    round.people.remove(row.user_id)
    round.people.add(to)
    round.people_names = events.names_of(round.people.order_by("pinyin_key"))[:200]
    round.save(update_fields=["people_names"])
    events.note_event(round, "move", by=by, at=now(), note=to.name)
    record("round.move", round, by=by, detail={"to": to.name}, unit_path=round.unit_path)


def held_plans(person: User) -> Iterable[Any]:
    """Her name in plans: rows of plan and user."""
    named = Plan.patrollers.through.objects.filter(user=person.pk)
    return named.select_related("plan").order_by("plan")


def name_plan(row: Any) -> str:
    """`上午巡查（数信学院）`."""
    return f"{row.plan}（{row.plan.unit.called}）"


def move_plan(row: Any, to: User, by: User) -> None:
    """Another is named in her place, inside the caller's transaction."""
    plan = lock_plan(row.plan)
    plan.patrollers.remove(row.user_id)
    plan.patrollers.add(to)
    record("patrol_plan.move", plan, by=by, detail={"to": to.name}, unit_path=plan.unit_path)
