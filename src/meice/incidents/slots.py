"""What the room shows elsewhere: sidebar, to-dos, panels, search, what a leaver holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from meice.audit.phrases import name_acts, name_details
from meice.engines.marks import mask_personal
from meice.incidents import phrases, tasks
from meice.incidents.actions.following import (
    follow_units,
    held_incidents,
    move_incident,
    name_incident,
)
from meice.incidents.models import LIVE, Incident, IncidentStatus, Letter, late_at
from meice.incidents.policies import may_report_incident
from meice.incidents.views.timers import next_timer
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
    TodoList,
    TodoSource,
)
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet

LADDER_SECONDS = 60
FOLLOW_SECONDS = 600
FORGET_AT = time(4, 40)
MOST, SHOWN = 30, 8


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.navigation.register(
        NavItem(
            NavGroup.DAILY, "事件", icon="urgent", url_name="incident-list", order=30,
            visible=_sees_incidents, tally=_open_incidents,
        )
    )  # fmt: skip
    slots.todos.register(TodoSource("事件", _todos))
    slots.outlet_panels.register(
        Panel("事件", "incidents/_outlet_panel.html", _outlet_panel, order=50)
    )
    slots.unit_panels.register(Panel("事件", "incidents/_unit_panel.html", _unit_panel, order=55))
    slots.home_panels.register(Panel("事件", "incidents/_home_panel.html", _home_panel, order=30))
    slots.search.register(SearchSource("事件", _find, order=46))
    slots.holdings.register(HoldingSource("事件", held_incidents, name_incident, move_incident))
    slots.unit_moved.register(follow_units)
    slots.unit_ties.register(_live_incidents)
    schedules.every(seconds=LADDER_SECONDS, task=tasks.climb_ladder, key="incidents.ladder")
    schedules.every(seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="incidents.follow-units")
    schedules.daily(at=FORGET_AT, task=tasks.forget_senders, key="incidents.forget-senders")


def _sees_incidents(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS) or user.has(Right.SEE_SECURITY)


def _open_incidents(user: User, at: datetime) -> Tally:
    """What waits for her own act; hot when a timer has run out."""
    return Tally(Incident.objects.mine(user), late_at(at))


def _todos(user: User, at: datetime) -> Iterable[Todo]:
    """What she has in hand, what nobody has taken up, letters to sign for."""
    if not _sees_incidents(user):
        return
    mine = Incident.objects.mine(user).select_related("unit").order_by("claim_by", "pk")
    for incident in mine[:MOST]:
        yield _todo(incident, user, at)
    yield from _letters(user)


def _todo(incident: Incident, user: User, at: datetime) -> Todo:
    free = incident.status == IncidentStatus.OPEN
    timer = next_timer(incident, at)
    why = incident.state.label if free else f"{incident.state.label}，你在处置"
    return Todo(
        what=f"{incident.number} {mask_personal(incident.shown_title)}",
        why=f"{why}；{timer.label}{timer.words}" if timer else why,
        verb="认领" if free else "处置",
        url=incident.get_absolute_url(),
        unit=incident.unit_name,
        due=timer.due if timer else None,
        of=TodoList.OFFICE if free else TodoList.MINE,
    )


def _letters(user: User) -> Iterable[Todo]:
    """Letters to the offices of security that nobody has signed for."""
    if not user.has(Right.VERIFY_SECURITY):
        return
    seen = Incident.objects.visible_to(user).filter(status__in=LIVE).values("pk")
    waiting = Letter.objects.filter(
        incident__in=seen, office__in=("guard", "network"), received_at=None
    )
    for letter in waiting.select_related("incident").order_by("pk")[:MOST]:
        yield Todo(
            what=f"{letter.number} {mask_personal(letter.incident.shown_title)}",
            why=f"{letter.sent_by_unit or letter.sent_by_name}转送，等签收",
            verb="签收",
            url=letter.incident.get_absolute_url(),
            unit=letter.incident.unit_name,
            of=TodoList.OFFICE,
        )


def _outlet_panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    """The incidents about this outlet that the reader may see, the last first."""
    rows = Incident.objects.visible_to(user).filter(outlet=outlet).order_by("-pk")
    shown = list(rows[:SHOWN])
    may_report = may_report_incident(user, outlet.unit)
    if not shown and not may_report:
        return None
    return {"incidents": shown, "outlet": outlet, "may_report": may_report}


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The last incidents of a unit and below."""
    if not _sees_incidents(user):
        return None
    rows = Incident.objects.visible_to(user).filter(unit_path__startswith=unit.path)
    return {"incidents": list(rows.order_by("-pk")[:SHOWN]), "unit": unit}


def _home_panel(panel: None, user: User) -> dict[str, Any] | None:
    """What is live now with the timer that ends first; nothing while it is quiet."""
    if not _sees_incidents(user):
        return None
    at = now()
    live = Incident.objects.visible_to(user).live().order_by("claim_by", "pk")
    shown = [(row, next_timer(row, at)) for row in live[:5]]
    return {"incidents": shown} if shown else None


def _live_incidents(unit: Unit) -> str:
    """A unit is not closed while something of it is being handled."""
    number = Incident.objects.live().filter(unit=unit).count()
    return f"还有 {number} 件事件没有办结，先办结或改派。" if number else ""


def _find(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    """By number, title, unit or outlet."""
    if not "".join(words.split()) or not _sees_incidents(user):
        return []
    found = Incident.objects.visible_to(user).matching(words).order_by("-pk")[:limit]
    return [
        SearchHit(
            f"{row.number} {mask_personal(row.shown_title)}",
            f"{row.state.label} · {row.unit_name}",
            row.get_absolute_url(),
        )
        for row in found
    ]
