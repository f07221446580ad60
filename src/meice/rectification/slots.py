"""What the room shows elsewhere: sidebar, to-dos, panels, search, what a leaver holds."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from meice.audit.phrases import name_acts, name_details
from meice.jobs import schedules
from meice.kernel import slots
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
from meice.rectification import phrases, tasks
from meice.rectification.actions.following import (
    follow_units,
    held_drafts,
    move_draft,
    name_draft,
)
from meice.rectification.models import WITH_UNIT, Circular, Order, OrderItem, OrderStatus
from meice.rectification.policies import may_draft_order
from meice.registry.models import Outlet

CAMPUS = ZoneInfo("Asia/Shanghai")
LADDER_SECONDS = 900
FOLLOW_SECONDS = 60
MOST = 30
SHOWN = 10
VERBS = {
    OrderStatus.DRAFT: ("签发", "草稿还没有签发"),
    OrderStatus.ISSUED: ("签收", "宣传部签发，等你单位签收"),
    OrderStatus.MENDING: ("答复", "整改中，等你答复"),
    OrderStatus.REOPENED: ("答复", "退回重改"),
    OrderStatus.CONFIRMING: ("确认", "答复等你确认"),
    OrderStatus.REPLIED: ("复查", "单位已答复"),
}


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    for item in NAVIGATION:
        slots.navigation.register(item)
    slots.todos.register(TodoSource("整改单", _order_todos))
    slots.outlet_panels.register(
        Panel("整改", "rectification/_outlet_panel.html", _outlet_panel, order=40)
    )
    slots.unit_panels.register(
        Panel("整改单", "rectification/_unit_panel.html", _unit_panel, order=50)
    )
    slots.search.register(SearchSource("整改单", _find_orders, order=40))
    slots.search.register(SearchSource("通报", _find_circulars, order=45))
    slots.holdings.register(HoldingSource("整改单草稿", held_drafts, name_draft, move_draft))
    slots.unit_moved.register(follow_units)
    schedules.every(seconds=LADDER_SECONDS, task=tasks.climb_ladder, key="orders.ladder")
    schedules.every(
        seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="rectification.follow-units"
    )


def _is_asked(user: User) -> bool:
    """Units find their orders among what is asked of them."""
    return user.has(Right.SEE_BUSINESS) and not _is_over(user)


def _is_over(user: User) -> bool:
    """The department, security and the auditor find them beside the findings."""
    return (
        user.has(Right.DECIDE_BUSINESS)
        or user.has(Right.READ_AUDIT)
        or user.has(Right.SEE_SECURITY)
    )


def _sees_circulars(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS)


def _open_orders(user: User, at: datetime) -> Tally:
    """What waits for her own act; hot when the unit is late with one."""
    late = Q(status__in=WITH_UNIT, due_on__lt=timezone.localdate(at))
    return Tally(Order.objects.mine(user), late)


NAVIGATION = (
    NavItem(
        NavGroup.REPORTING, "整改单", icon="file-alert", url_name="order-list", order=20,
        visible=_is_asked, tally=_open_orders,
    ),
    NavItem(
        NavGroup.RECTIFICATION, "整改单", icon="file-alert", url_name="order-list", order=20,
        visible=_is_over, tally=_open_orders,
    ),
    NavItem(
        NavGroup.RECTIFICATION, "通报", icon="speakerphone", url_name="circular-list", order=40,
        visible=_sees_circulars,
    ),
)  # fmt: skip


def _end_of(day: date | None) -> datetime | None:
    """A day's deadline is its end."""
    return datetime.combine(day, time(23, 59), CAMPUS) if day else None


def _order_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Her open orders, the earliest deadline first."""
    mine = Order.objects.mine(user).prefetch_related("items")
    for order in mine.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST]:
        verb, why = VERBS[OrderStatus(order.status)]
        decides = user.has(Right.DECIDE_BUSINESS)
        if decides and order.open_extension_id and order.is_with_unit:
            verb, why = "批复", "单位申请延期"
        with_unit = order.status in WITH_UNIT and not decides
        items = list(order.items.all())
        what = f"{order}：{items[0]}" if items else str(order)
        yield Todo(
            what=what + (f" 等 {len(items)} 项" if len(items) > 1 else ""),
            why=why,
            verb=verb,
            url=order.get_absolute_url(),
            unit=order.unit_name,
            due=_end_of(order.due_on) if with_unit else None,
        )


def _outlet_panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    """The orders about this outlet that the reader may see, the last first."""
    seen = Order.objects.visible_to(user).values("pk")
    items = OrderItem.objects.filter(outlet=outlet, order__in=seen).select_related("order")
    shown = list(items.order_by("-pk")[:SHOWN])
    may_draft = may_draft_order(user, outlet.unit)
    if not shown and not may_draft:
        return None
    return {"items": shown, "outlet": outlet, "may_draft": may_draft}


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The last orders of a unit and below, open ones first."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    orders = Order.objects.visible_to(user).filter(unit_path__startswith=unit.path)
    ended = Q(status__in=["closed", "withdrawn"])
    shown = orders.annotate(is_ended=ended).order_by("is_ended", "-pk")[:SHOWN]
    return {"orders": list(shown), "unit": unit}


def _find_orders(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    """By number, unit or outlet; a number typed whole comes first."""
    bare = "".join(words.split())
    if not bare:
        return []
    found = Order.objects.visible_to(user).matching(bare).order_by("-pk")[:limit]
    return [
        SearchHit(str(order), f"{order.state.label} · {order.unit_name}", order.get_absolute_url())
        for order in found
    ]


def _find_circulars(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    bare = "".join(words.split())
    if not bare or not user.has(Right.SEE_BUSINESS):
        return []
    found = Circular.objects.visible_to(user).matching(bare).order_by("-pk")[:limit]
    return [
        SearchHit(each.title, each.number or each.state.label, reverse("circular", args=[each.pk]))
        for each in found
    ]
