"""Rounds that open when their hour comes; the job may come as often as it likes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.duty.models import Shift
from meice.kernel.access import Refused, require
from meice.kernel.workdays import Workdays
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role
from meice.patrols import policies
from meice.patrols.actions import events, terms
from meice.patrols.actions.ladder import set_ladder
from meice.patrols.actions.plans import lock_plan
from meice.patrols.checklist import kind_of
from meice.patrols.models import MOST_OUTLETS, Manning, Plan, PlanStatus, Round, Visit
from meice.patrols.rhythm import Notable, Rhythm, is_due, occasion_of
from meice.registry.actions.terms import workdays
from meice.registry.models import Outlet

WALKERS = (Role.OPERATOR, Role.REVIEWER, Role.DEPARTMENT)
BY_HAND = timedelta(hours=4)
"""How long a round added by hand is given."""


def open_rounds(at: datetime) -> int:
    """Every round that is due by now and does not exist yet; gives how many were opened.

    A round whose time was over before the system came to it (it was switched off) is not made: it
    is nobody's fault that it was not walked.
    """
    today = timezone.localdate(at)
    plans = list(Plan.objects.active().select_related("unit").order_by("pk"))
    had = set(Round.objects.filter(day=today, turn=0).values_list("plan", flat=True))
    calendar, notable = workdays(), terms.notable_days()
    opened = 0
    for plan in plans:
        if plan.pk not in had and _is_time(plan, today, at, calendar, notable):
            opened += _open_one(plan, today, at, notable)
    return opened


def _is_time(
    plan: Plan, day: date, at: datetime, calendar: Workdays, notable: Sequence[Notable]
) -> bool:
    return plan.opens(day) <= at < plan.ends(day) and is_due(plan.turn, day, calendar, notable)


@transaction.atomic
def _open_one(plan: Plan, day: date, at: datetime, notable: Sequence[Notable]) -> bool:
    """Under the plan's lock: a second worker finds the round there."""
    plan = lock_plan(plan)
    if plan.status != PlanStatus.ACTIVE or plan.rounds.filter(day=day, turn=0).exists():
        return False
    occasion = occasion_of(plan.turn, day, notable) if plan.rhythm == Rhythm.NOTABLE else ""
    made = _make(plan, day, at=at, opens=plan.opens(day), ends=plan.ends(day), occasion=occasion)
    return made is not None


@transaction.atomic
def start_round(plan: Plan, *, occasion: str, by: User, at: datetime) -> Round:
    """加巡一次: now, for four hours, besides those the plan asks for."""
    plan = lock_plan(plan)
    require(policies.may_start_round(by, plan))
    day = timezone.localdate(at)
    turn = plan.rounds.filter(day=day).count() + 1
    made = _make(
        plan, day, at=at, opens=at, ends=at + BY_HAND, occasion=occasion.strip()[:100],
        turn=turn, by=by,
    )  # fmt: skip
    if made is None:
        raise Refused("按计划的范围没有在用的账号可巡。")
    detail: Detail = {"name": plan.name, "outlets": made.outlet_count}
    record("patrol_plan.start", plan, by=by, detail=detail, unit_path=plan.unit_path)
    return made


def _make(
    plan: Plan,
    day: date,
    *,
    at: datetime,
    opens: datetime,
    ends: datetime,
    occasion: str,
    turn: int = 0,
    by: User | None = None,
) -> Round | None:
    """The round with its outlets as they are called now; None where there is nothing to look at."""
    outlets = list(plan.scope()[:MOST_OUTLETS])
    if not outlets:
        return None
    people = people_of(plan, opens)
    made = Round(
        plan=plan, name=plan.name, occasion=occasion, unit=plan.unit, unit_path=plan.unit_path,
        unit_name=plan.unit.name, day=day, turn=turn, opens_at=opens, due_at=ends,
        checklist=plan.checklist.current, outlet_count=len(outlets),
        people_names=events.names_of(people)[:200],
        leader_names=events.names_of(events.leaders_of(plan.unit))[:100],
    )  # fmt: skip
    set_ladder(made, terms.all_terms(), said=set())
    made.save()
    made.people.set(people)
    Visit.objects.bulk_create(
        [_visit(made, place, outlet) for place, outlet in enumerate(outlets, 1)], batch_size=500
    )
    events.note_event(made, "open", by=by, at=at, note=occasion)
    detail: Detail = {"name": made.name, "outlets": len(outlets), "people": len(people)}
    record("round.open", made, by=by, detail=detail, unit_path=made.unit_path)
    _tell(made, people)
    return made


def _tell(made: Round, people: Sequence[User]) -> None:
    until = timezone.localtime(made.due_at)
    if people:
        text = f"{made.name}：{made.outlet_count} 个账号，{until:%m月%d日 %H:%M} 前巡完"
        events.tell(people, made, text)
        return
    text = f"{made.name}没有人巡查，请指定或接手，{until:%m月%d日 %H:%M} 前巡完"
    over = [*events.leaders_of(made.unit), *events.department_of(made.unit)]
    events.tell(over, made, text)


def _visit(made: Round, place: int, outlet: Outlet) -> Visit:
    return Visit(
        round=made,
        place=place,
        outlet=outlet,
        name=outlet.name,
        platform=outlet.platform,
        platform_name=outlet.platform_name,
        kind=kind_of(outlet.platform),
        unit_name=outlet.unit.name,
        address=outlet.address,
    )


def people_of(plan: Plan, at: datetime) -> list[User]:
    """Who walks it: whoever is on duty, else the persons named, else whoever keeps the unit's
    outlets; of all of them those who hold a post for it now."""
    duty = on_duty(plan.unit, at) if plan.manning == Manning.DUTY else []
    named = list(plan.patrollers.filter(is_active=True).order_by("pinyin_key"))
    return (
        _with_post(duty, plan.unit)
        or _with_post(named, plan.unit)
        or events.patrollers_of(plan.unit)
    )


def on_duty(unit: Unit, at: datetime) -> list[User]:
    """Who is on duty for the unit at a moment."""
    return Shift.objects.on_duty(unit, at)


def _with_post(people: Sequence[User], unit: Unit) -> list[User]:
    """Those who could walk: a post as operator, reviewer or department over the unit."""
    if not people:
        return []
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    held = Post.objects.current().filter(
        user__in=[person.pk for person in people], role__in=WALKERS, unit__path__in=paths
    )
    able = set(held.values_list("user", flat=True))
    return [person for person in people if person.pk in able]
