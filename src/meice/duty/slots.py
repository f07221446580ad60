"""What the room shows elsewhere: sidebar, top bar, to-dos, panels, search, what a leaver holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Q

from meice.audit.phrases import name_acts, name_details
from meice.duty import phrases, tasks
from meice.duty.actions import move_stake, stakes_of
from meice.duty.models import Handover, HandoverStatus, Roster, Shift, Swap
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

REMIND_SECONDS = 900
MOST = 10


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.navigation.register(NAVIGATION)
    slots.todos.register(TodoSource("换班和接班", _answers))
    slots.todos.register(TodoSource("排班缺口", _troubles))
    slots.unit_panels.register(Panel("值班", "duty/_unit_panel.html", _unit_panel, order=60))
    slots.home_panels.register(Panel("今日值班", "duty/_home_panel.html", _home_panel, order=5))
    slots.search.register(SearchSource("值班表", _find_rosters, order=60))
    slots.holdings.register(HoldingSource("值班", stakes_of, str, move_stake))
    slots.unit_ties.register(_rosters_left)
    schedules.daily(at=time(6, 10), task=tasks.fill_rosters, key="duty.fill")
    schedules.every(seconds=REMIND_SECONDS, task=tasks.remind_duty, key="duty.remind")


def sees_duty(user: User) -> bool:
    """Those who see business or security; administrators do not."""
    return user.has(Right.SEE_BUSINESS) or user.has(Right.SEE_SECURITY)


def _open_answers(user: User, at: datetime) -> Tally | None:
    """Swaps and notes that wait for her."""
    if not sees_duty(user):
        return None
    wanted = Q(pk__in=Swap.objects.asked().filter(to=user.pk).values("shift"))
    wanted |= Q(pk__in=Handover.objects.waiting_for(user).values("shift"))
    return Tally(Shift.objects.filter(wanted), Q(pk__in=[]))


NAVIGATION = NavItem(
    NavGroup.DAILY, "值班", icon="calendar-user", url_name="duty", order=10,
    visible=sees_duty, tally=_open_answers,
)  # fmt: skip


def _answers(user: User, at: datetime) -> Iterable[Todo]:
    """Swaps to answer and notes to accept or to mend."""
    if not sees_duty(user):
        return
    asked = Swap.objects.asked().filter(to=user.pk)
    rows = asked.select_related("shift__layer__roster__unit", "by").order_by("shift__begins_at")
    for swap in rows[:MOST]:
        unit = swap.shift.roster.unit.called
        yield Todo(
            f"换班：{swap.shift}", f"{swap.by}请你换班", "答复", swap.get_absolute_url(), unit,
            due=swap.shift.begins_at,
        )  # fmt: skip
    notes = Handover.objects.waiting_for(user).select_related(
        "shift__layer__roster__unit", "next_shift"
    )
    for note in notes.order_by("written_at")[:MOST]:
        returned = note.status == HandoverStatus.RETURNED
        why, verb = ("接班人退回", "补充") if returned else (f"{note.by_name}已交班", "接班")
        yield Todo(
            str(note), why, verb, note.get_absolute_url(), note.shift.roster.unit.called,
            due=note.next_shift.begins_at,
        )  # fmt: skip


def _troubles(user: User, at: datetime) -> Iterable[Todo]:
    """Rosters of hers with gaps in the coming weeks."""
    if not sees_duty(user):
        return
    rows = Roster.objects.running().kept_by(user).filter(troubles__gt=0).select_related("unit")
    for roster in rows.order_by("pk")[:MOST]:
        yield Todo(
            f"{roster}：{roster.troubles} 处要补", "以后几周的排班有缺口、空班或冲突", "去补",
            roster.get_absolute_url(), roster.unit.called,
        )  # fmt: skip


def _home_panel(_record: Any, user: User) -> dict[str, Any] | None:
    """Who is on duty now, in the rosters nearest to the reader."""
    if not sees_duty(user):
        return None
    at = now()
    rows = Shift.objects.shown_to(user).at(at).filter(layer__roster__active=True).exclude(user=None)
    nearest = rows.select_related("layer__roster__unit", "user").order_by(
        "layer__roster__unit__path", "layer__roster", "layer__place", "pk"
    )
    return {"shifts": list(nearest[:MOST])}


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The unit's rosters, for those who see them."""
    if not sees_duty(user):
        return None
    rosters = Roster.objects.visible_to(user).running().filter(unit=unit.pk).order_by("pk")
    return {"rosters": list(rosters[:MOST]), "on_duty": Shift.objects.on_duty(unit, now())}


def _find_rosters(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    found = Roster.objects.visible_to(user).matching(words).select_related("unit").order_by("pk")
    return [
        SearchHit(f"{roster.unit.called} {roster}", "值班表", roster.get_absolute_url())
        for roster in found[:limit]
    ]


def _rosters_left(unit: Unit) -> str:
    """A unit with a running roster stays in use."""
    number = Roster.objects.filter(unit=unit, active=True).count()
    return f"还有 {number} 张值班表在用，先停用它们。" if number else ""
