"""What the room shows elsewhere: sidebar, to-dos, pages of outlets and units, what a leaver holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from meice.audit.phrases import name_acts, name_details
from meice.evidence.phrases import name_cases
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.clock import now
from meice.kernel.slots import (
    HoldingSource,
    NavGroup,
    NavItem,
    Panel,
    SearchHit,
    SearchSource,
    Tally,
    Todo,
    TodoSource,
)
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.patrols import phrases, tasks
from meice.patrols.actions import following
from meice.patrols.models import Answer, Round, RoundStatus, Seen, Visit
from meice.patrols.policies import may_see_patrols
from meice.registry.forms.filters import is_private
from meice.registry.models import Outlet

OPEN_SECONDS = 300
LADDER_SECONDS = 300
FOLLOW_SECONDS = 600
MOST = 20
SHOWN = 5
VERBS = {
    RoundStatus.OPEN: "开始巡查",
    RoundStatus.UNDERWAY: "接着巡查",
    RoundStatus.MISSED: "补巡",
}


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    name_cases({"round": "内容巡查"})
    slots.navigation.register(
        NavItem(
            NavGroup.DAILY, "内容巡查", icon="route", url_name="round-list", order=20,
            visible=lambda user: bool(may_see_patrols(user)), tally=_open_rounds,
        )
    )  # fmt: skip
    slots.todos.register(TodoSource("内容巡查", _round_todos))
    slots.todos.register(TodoSource("漏巡待说明", _missed_todos))
    slots.outlet_panels.register(
        Panel("内容巡查", "patrols/_outlet_panel.html", _outlet_panel, order=60)
    )
    slots.unit_panels.register(Panel("内容巡查", "patrols/_unit_panel.html", _unit_panel, order=60))
    slots.search.register(SearchSource("巡查", _find_rounds, order=60))
    slots.holdings.register(
        HoldingSource(
            "要巡查的一轮", following.held_rounds, following.name_round, following.move_round
        )
    )
    slots.holdings.register(
        HoldingSource("巡查计划", following.held_plans, following.name_plan, following.move_plan)
    )
    slots.unit_moved.register(following.follow_units)
    schedules.every(seconds=OPEN_SECONDS, task=tasks.open_rounds, key="patrols.open-rounds")
    schedules.every(seconds=LADDER_SECONDS, task=tasks.climb_ladder, key="patrols.ladder")
    schedules.every(seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="patrols.follow-units")


def _open_rounds(user: User, at: datetime) -> Tally:
    """Hers to walk; hot when one is late."""
    return Tally(Round.objects.mine(user), Q(due_at__lt=at))


def _round_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Her rounds, the earliest end first."""
    for round in Round.objects.mine(user).order_by("due_at", "pk")[:MOST]:
        left = round.outlet_count - round.done_count
        yield Todo(
            what=f"{round.name}：{round.outlet_count} 个账号，已巡 {round.done_count} 个",
            why=round.occasion or (f"还有 {left} 个没看" if left else "都看过了，等你完成"),
            verb=VERBS[RoundStatus(round.status)],
            url=round.get_absolute_url(),
            unit=round.unit_name,
            due=round.due_at,
        )


def _missed_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Missed rounds of the unit, for its leader."""
    reach = user.reach(Right.CONFIRM_BUSINESS)
    if not reach:
        return
    missed = Round.objects.visible_to(user).filter(status=RoundStatus.MISSED)
    for round in missed.order_by("due_at", "pk")[:MOST]:
        yield Todo(
            what=f"{round.name}漏巡（{round.people_names or '没有人'}）",
            why="安排补巡，或说明原因",
            verb="说明",
            url=round.get_absolute_url(),
            unit=round.unit_name,
            due=round.due_at,
        )


def _outlet_panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    """What the last rounds saw of it."""
    if not user.has(Right.SEE_BUSINESS, outlet.unit):
        return None
    seen = Round.objects.visible_to(user).values("pk")
    visits = Visit.objects.filter(outlet=outlet, round__in=seen, done_at__isnull=False)
    shown = list(visits.select_related("round").order_by("-done_at")[:SHOWN])
    if not shown:
        return None
    keys = [visit.pk for visit in shown]
    answers = Answer.objects.filter(visit__in=keys, state=Seen.PROBLEM)
    notes: dict[int, list[str]] = {}
    for pk, note in answers.values_list("visit", "note"):
        notes.setdefault(pk, []).append(note)
    return {"visits": [(visit, notes.get(visit.pk, [])) for visit in shown]}


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The rounds of the unit and below: how many, how many missed, the last ones."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    own = Round.objects.visible_to(user).filter(unit_path__startswith=unit.path)
    counts = own.aggregate(all=Count("pk"), missed=Count("pk", filter=Q(missed_at__isnull=False)))
    if not counts["all"]:
        return None
    last = list(own.order_by("-opens_at", "-pk")[:SHOWN])
    moment = now()
    return {**counts, "rounds": [(round, round.is_late(moment)) for round in last], "unit": unit}


def _find_rounds(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    bare = "".join(words.split())
    if not bare or is_private(bare) or not may_see_patrols(user):
        return []
    found = Round.objects.visible_to(user).matching(bare).order_by("-opens_at")[:limit]
    return [
        SearchHit(str(round), f"{round.state.label} · {round.unit_name}", round.get_absolute_url())
        for round in found
    ]
