"""Plans: made, changed, paused, taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.patrols import policies
from meice.patrols.actions.checklists import list_of
from meice.patrols.models import MOST_OUTLETS, Manning, Plan
from meice.patrols.rhythm import Rhythm
from meice.patrols.workflow import PLAN
from meice.registry.models import Outlet


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan says. `checklist`: a list's pk or the key of a pattern. `units`, `kinds`,
    `outlets` as in `Plan`."""

    name: str
    unit: Unit
    rhythm: Rhythm = Rhythm.WORKDAYS
    weekday: int | None = None
    month_day: int | None = None
    days_before: int | None = None
    begins_at: time = time(8, 30)
    due_at: time = time(12)
    span_days: int = 0
    manning: Manning = Manning.NAMED
    patrollers: Sequence[User] = ()
    checklist: str = "daily"
    units: Sequence[Unit] = ()
    kinds: Sequence[str] = ()
    outlets: Sequence[Outlet] = field(default=())


@transaction.atomic
def create_plan(said: PlanText, *, by: User, at: datetime) -> Plan:
    """A new one; its first round opens when its hour comes."""
    require(policies.may_plan(by, said.unit))
    plan = Plan(made_by=by, made_at=at)
    _write(plan, said, by, at)
    _note("patrol_plan.create", plan, by)
    return plan


@transaction.atomic
def edit_plan(plan: Plan, said: PlanText, *, by: User, at: datetime, version: int) -> Plan:
    """Other words for it; rounds that are open keep the old ones. `Refused` when somebody else has
    changed it since `version`."""
    plan = lock_plan(plan)
    require(policies.may_edit_plan(by, plan) & policies.may_plan(by, said.unit))
    if plan.version != version:
        raise Refused("你打开之后，别人改过这个计划。请看过再改。")
    plan.version += 1
    _write(plan, said, by, at)
    _note("patrol_plan.edit", plan, by)
    return plan


@transaction.atomic
def pause_plan(plan: Plan, *, by: User) -> Plan:
    """No more rounds; an open one stays to be walked."""
    return _switch(plan, "pause", by)


@transaction.atomic
def restart_plan(plan: Plan, *, by: User) -> Plan:
    """Rounds again, from the next due day on."""
    return _switch(plan, "restart", by)


def lock_plan(plan: Plan) -> Plan:
    """The row as it is now, held until the transaction ends."""
    list(Plan.objects.select_for_update().filter(pk=plan.pk).values_list("pk"))
    return Plan.objects.select_related("unit", "checklist").get(pk=plan.pk)


def _switch(plan: Plan, step: str, by: User) -> Plan:
    plan = lock_plan(plan)
    PLAN.take(step, plan, by)
    plan.version += 1
    plan.save(update_fields=["status", "version"])
    record(f"patrol_plan.{step}", plan, by=by, unit_path=plan.unit_path)
    return plan


def _write(plan: Plan, said: PlanText, by: User, at: datetime) -> None:
    _check(said)
    plan.checklist = list_of(said.checklist, said.unit, by=by, at=at)
    for name, value in _facts(said).items():
        setattr(plan, name, value)
    plan.save()
    plan.patrollers.set(said.patrollers)
    plan.units.set(said.units)
    plan.outlets.set(said.outlets)
    number = plan.scope().count()
    if not number:
        raise Refused("按这个范围没有在用的账号可巡。请放宽范围。")
    if number > MOST_OUTLETS:
        raise Refused(
            f"按这个范围有 {number} 个账号，一轮最多 {MOST_OUTLETS} 个。请按单位或类型分成几个计划。"
        )


def _facts(said: PlanText) -> dict[str, Any]:
    """The columns; of the days only what the rhythm asks for."""
    return {
        "name": " ".join(said.name.split())[:60],
        "unit": said.unit,
        "unit_path": said.unit.path,
        "rhythm": said.rhythm,
        "weekday": said.weekday if said.rhythm == Rhythm.WEEKLY else None,
        "month_day": said.month_day if said.rhythm == Rhythm.MONTHLY else None,
        "days_before": said.days_before if said.rhythm == Rhythm.NOTABLE else None,
        "begins_at": said.begins_at,
        "due_at": said.due_at,
        "span_days": said.span_days,
        "manning": said.manning,
        "kinds": list(said.kinds),
    }


def _check(said: PlanText) -> None:
    if not said.name.strip():
        raise Refused("计划须有名称。")
    if not said.span_days and said.due_at <= said.begins_at:
        raise Refused("完成时间须晚于开始时间。")
    lacking = {
        Rhythm.WEEKLY: said.weekday is None and "选每周的星期几。",
        Rhythm.MONTHLY: said.month_day is None and "填每月几号。",
        Rhythm.NOTABLE: said.days_before is None and "填提前几天。",
    }.get(said.rhythm)
    if lacking:
        raise Refused(lacking)
    if said.manning == Manning.NAMED and not said.patrollers:
        raise Refused("至少指定一个巡查人。")
    for person in said.patrollers:
        if not any(post.unit.path == said.unit.path[: len(post.unit.path)]
                   or post.unit.path.startswith(said.unit.path)
                   for post in person.current_posts()):  # fmt: skip
            raise Refused(f"{person.name}不在这个单位的岗位上，不能指定。")


def _note(act: str, plan: Plan, by: User) -> None:
    detail: Detail = {"name": plan.name, "people": plan.patrollers.count()}
    record(act, plan, by=by, detail=detail, unit_path=plan.unit_path)
