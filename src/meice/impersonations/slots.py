"""What the room shows elsewhere: sidebar, to-dos, panels, search; its rounds."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.utils import timezone

from meice.audit.phrases import name_acts, name_details
from meice.evidence.phrases import name_cases
from meice.impersonations import phrases, tasks
from meice.impersonations.actions.rounds import follow_units
from meice.impersonations.models import OPEN, Impersonation, ImpersonationStatus
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.slots import (
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
from meice.registry.forms.filters import is_private
from meice.registry.models import Outlet

CAMPUS = ZoneInfo("Asia/Shanghai")
FOLLOW_SECONDS = 60
MOST, SHOWN = 30, 5
S = ImpersonationStatus
VERBS = {
    S.REPORTED: ("受理", "有人举报"),
    S.JUDGING: ("研判", "取证研判中"),
    S.CONFIRMED: ("报送", "已认定，等报送"),
    S.APPLIED: ("登记答复", "对方的答复期限已到"),
    S.RETURNED: ("报送", "再次出现"),
    S.WATCHED: ("复查", "看它是否又出现、是否换了名"),
}


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    name_cases(phrases.CASES)
    slots.navigation.register(
        NavItem(
            NavGroup.DAILY, "假冒账号", icon="user-exclamation", url_name="impersonation-list",
            order=40, visible=_sees, tally=_open,
        )
    )  # fmt: skip
    slots.todos.register(TodoSource("假冒账号", _todos))
    slots.outlet_panels.register(
        Panel("假冒", "impersonations/_panel.html", _outlet_panel, order=60)
    )
    slots.unit_panels.register(
        Panel("假冒账号", "impersonations/_panel.html", _unit_panel, order=70)
    )
    slots.search.register(SearchSource("假冒账号", _find, order=60))
    slots.unit_moved.register(follow_units)
    schedules.daily(at=time(8, 10), task=tasks.remind_due, key="impersonations.remind")
    schedules.daily(at=time(3, 50), task=tasks.forget_senders, key="impersonations.forget-senders")
    schedules.every(
        seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="impersonations.follow-units"
    )


def _sees(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS) or user.has(Right.SEE_SECURITY)


def _open(user: User, at: datetime) -> Tally:
    """What the department has to do now; hot when a day is over."""
    today = timezone.localdate(at)
    late = Q(status__in=OPEN, due_on__lt=today) | Q(status="watched", check_on__lt=today)
    return Tally(Impersonation.objects.mine(user, today), late)


def _end_of(day: date | None) -> datetime | None:
    """A day's deadline is its end."""
    return datetime.combine(day, time(23, 59), CAMPUS) if day else None


def _todos(user: User, at: datetime) -> Iterable[Todo]:
    """The department's open dockets, what is due first."""
    mine = Impersonation.objects.mine(user, timezone.localdate(at))
    for docket in mine.order_by(F("due_on").asc(nulls_last=True), "check_on", "pk")[:MOST]:
        verb, why = VERBS[S(docket.status)]
        yield Todo(
            what=f"假冒账号：{docket}",
            why=why,
            verb=verb,
            url=docket.get_absolute_url(),
            unit=docket.unit_name,
            due=_end_of(docket.check_on if docket.status == S.WATCHED else docket.due_on),
        )


def _outlet_panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    """The fakes that pass for this outlet, as far as the reader may see them."""
    rows = Impersonation.objects.visible_to(user).filter(imitated_outlet=outlet)
    shown = list(rows.order_by("-pk")[:SHOWN])
    may_report = user.has(Right.DRAFT_BUSINESS, outlet.unit)
    if not shown and not may_report:
        return None
    return {"dockets": shown, "outlet": outlet, "may_report": may_report}


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The last fakes that a unit and those below it have reported."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    rows = Impersonation.objects.visible_to(user).filter(unit_path__startswith=unit.path)
    shown = list(rows.order_by("-pk")[:SHOWN])
    return {"dockets": shown, "unit": unit} if shown else None


def _find(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    """By number, name, account or the name that is imitated."""
    bare = "".join(words.split())
    if not bare or is_private(bare) or not _sees(user):
        return []
    found = Impersonation.objects.visible_to(user).matching(bare).order_by("-pk")[:limit]
    return [
        SearchHit(str(one), f"{one.state.label} · {one.unit_name}", one.get_absolute_url())
        for one in found
    ]
