"""What activity and leads show elsewhere."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meice.audit.phrases import name_acts, name_details
from meice.inspections.activity import phrases, tasks
from meice.inspections.activity.checked import checked
from meice.inspections.activity.verdict import Activity
from meice.inspections.models import Lead, OutletActivity
from meice.inspections.models.activity import SPEAKING
from meice.inspections.policies import may_see_activity, may_see_leads
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.slots import CheckSource, NavGroup, NavItem, Panel, Tally, Todo, TodoSource
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.registry.models import Outlet

MOST = 20
MOST_COUNTED = 1000


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.navigation.register(
        NavItem(
            NavGroup.RECTIFICATION, "活跃度", icon="heartbeat", url_name="activity-list", order=40,
            visible=lambda user: bool(may_see_activity(user)),
        )
    )  # fmt: skip
    slots.navigation.register(
        NavItem(
            NavGroup.RECTIFICATION, "线索", icon="zoom-question", url_name="lead-list", order=50,
            visible=lambda user: bool(may_see_leads(user)), tally=_waiting,
        )
    )  # fmt: skip
    slots.todos.register(TodoSource("账号将到更新期限", _near))
    slots.outlet_panels.register(
        Panel("活跃度", "inspections/_activity_panel.html", _panel, order=30)
    )
    slots.outlet_joins.register("judged_activity")
    slots.outlet_checks.register(CheckSource("巡检", checked))
    schedules.every(seconds=600, task=tasks.ask_sources, key="inspections.ask-sources")
    schedules.every(seconds=3600, task=tasks.compare_links, key="inspections.compare-links")
    schedules.daily(at=time(3, 30), task=tasks.judge_activity, key="inspections.judge-activity")


def _waiting(user: User, at: datetime) -> Tally | None:
    """Leads that nobody has judged, of very many the first thousand; never late."""
    if not user.has(Right.DECIDE_BUSINESS):
        return None
    first = Lead.objects.visible_to(user).waiting().values("pk")[:MOST_COUNTED]
    return Tally(Lead.objects.filter(pk__in=first), Q(pk__in=[]))


def _near(user: User, at: datetime) -> Iterable[Todo]:
    """The unit's own accounts whose line is near, for those who can do something about it."""
    reach = user.reach(Right.DRAFT_BUSINESS)
    if not reach:
        return
    rows = OutletActivity.objects.standing().filter(activity=Activity.NEAR)
    own = Outlet.objects.standing().below(*reach)
    for row in rows.filter(outlet__in=own).select_related("outlet__unit")[:MOST]:
        due = datetime.combine(
            row.line_on or timezone.localdate(at), time(23, 59), timezone.get_current_timezone()
        )
        yield Todo(
            what=f"{row.outlet.name}快到更新期限",
            why=row.reasons[0] if row.reasons else "",
            verb="更新或说明",
            url=reverse("outlet-activity", args=[row.outlet_id]),
            unit=row.outlet.unit.called,
            due=due,
        )


def _panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    if outlet.platform not in SPEAKING or not outlet.publishes:
        return None
    if not user.has(Right.SEE_BUSINESS, outlet.unit):
        return None
    return {"outlet": outlet, "row": getattr(outlet, "judged_activity", None)}
