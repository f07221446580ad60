"""What the room shows elsewhere: sidebar, to-dos, panels, search, what a leaver holds, rounds."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from meice.audit.phrases import name_acts, name_details
from meice.compliance import phrases, tasks
from meice.compliance.actions import custodies, devices, following
from meice.compliance.actions.terms import all_terms
from meice.compliance.models import ComplianceItem, Custody, Device, ItemState
from meice.compliance.models.shown import gap_words, lines_of
from meice.compliance.policies import may_record_item, may_see_compliance, works
from meice.compliance.workflow import TermName
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
from meice.registry.models import Outlet

REMIND_SECONDS = 900
FOLLOW_SECONDS = 60
OBSERVE_SECONDS = 3600
CLAIM_AT = time(5, 40)


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    for item in NAVIGATION:
        slots.navigation.register(item)
    slots.todos.register(TodoSource("合规", _todos))
    slots.outlet_panels.register(
        Panel("合规档案", "compliance/_outlet_panel.html", _outlet_panel, order=60)
    )
    slots.unit_panels.register(
        Panel("合规档案", "compliance/_unit_panel.html", _unit_panel, order=70)
    )
    slots.search.register(SearchSource("专用设备", _find_devices, order=60))
    slots.holdings.register(
        HoldingSource("专用设备", devices.held_devices, str, devices.move_device)
    )
    slots.holdings.register(
        HoldingSource(
            "账号保管", custodies.held_custodies, custodies.name_custody, custodies.move_custody
        )
    )
    slots.unit_moved.register(following.follow_units)
    schedules.every(seconds=REMIND_SECONDS, task=tasks.remind_ends, key="compliance.remind")
    schedules.every(
        seconds=OBSERVE_SECONDS, task=tasks.observe_certificates, key="compliance.observe"
    )
    schedules.daily(at=CLAIM_AT, task=tasks.claim_gaps, key="compliance.claim")
    schedules.every(seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="compliance.follow-units")


def _sees(user: User) -> bool:
    return bool(may_see_compliance(user))


def _due_devices(user: User, at: datetime) -> Tally:
    """Devices of her unit whose check is due; all of them are late."""
    today = timezone.localdate(at)
    own = Device.objects.visible_to(user) if _keeps(user) else Device.objects.none()
    return Tally(own.to_check(today), Q(check_due_on__lt=today))


def _ending_items(user: User, at: datetime) -> Tally:
    """Proofs that are over or will be soon; hot when over."""
    today = timezone.localdate(at)
    own = ComplianceItem.objects.visible_to(user) if _keeps(user) else ComplianceItem.objects.none()
    return Tally(own.expiring(today + timedelta(days=30)), Q(valid_until__lt=today))


def _due_custodies(user: User, at: datetime) -> Tally:
    today = timezone.localdate(at)
    own = Custody.objects.visible_to(user) if _keeps(user) else Custody.objects.none()
    return Tally(own.held().filter(rotate_by__lte=today), Q(rotate_by__lt=today))


def _keeps(user: User) -> bool:
    """Whose work it is."""
    rights = (Right.DRAFT_BUSINESS, Right.DECIDE_BUSINESS)
    return any(user.has(right) for right in rights)


NAVIGATION = (
    NavItem(
        NavGroup.SUPPORT, "合规档案", icon="shield-check", url_name="compliance-list", order=20,
        visible=_sees, tally=_ending_items,
    ),
    NavItem(
        NavGroup.SUPPORT, "账号保管", icon="key", url_name="custody-list", order=30,
        visible=_sees, tally=_due_custodies,
    ),
    NavItem(
        NavGroup.SUPPORT, "专用设备", icon="device-desktop", url_name="device-list", order=40,
        visible=_sees, tally=_due_devices,
    ),
)  # fmt: skip


def _todos(user: User, at: datetime) -> Iterable[Todo]:
    """One line a subject, for the unit's operators: the rows are on the list behind it."""
    if not user.has(Right.DRAFT_BUSINESS):
        return
    today = timezone.localdate(at)
    near = today + timedelta(days=all_terms()[TermName.SECOND])
    ends = (
        ComplianceItem.objects.visible_to(user)
        .expiring(near)
        .aggregate(
            over=Count("pk", filter=Q(valid_until__lt=today)),
            soon=Count("pk", filter=Q(valid_until__gte=today)),
        )
    )
    files = reverse("compliance-list")
    if ends["over"]:
        what = f"{ends['over']} 项合规材料已过期"
        yield Todo(what, "换上新的证明，或写明缺", "更新", f"{files}?standing=ended")
    if ends["soon"]:
        what = f"{ends['soon']} 项合规材料临近到期"
        yield Todo(what, "到期前续办", "查看", f"{files}?standing=ending")
    rotate = Custody.objects.visible_to(user).held().filter(rotate_by__lte=today).count()
    if rotate:
        url = f"{reverse('custody-list')}?view=rotate"
        yield Todo(f"{rotate} 个平台登录该轮换口令", "换好后登记日期，不写口令", "登记", url)
    check = Device.objects.visible_to(user).to_check(today).count()
    if check:
        url = f"{reverse('device-list')}?view=due"
        yield Todo(f"{check} 台专用设备该检查", "逐项查看，没查明的照实选", "检查", url)


def _outlet_panel(outlet: Outlet, user: User) -> dict[str, Any] | None:
    """What is lacking, over, or unknown for this outlet."""
    if not _sees(user):
        return None
    items = {item.kind: item for item in ComplianceItem.objects.filter(outlet=outlet)}
    today, days = timezone.localdate(), all_terms()[TermName.SECOND]
    lines = lines_of(outlet, items, today, days)
    return {
        "outlet": outlet,
        "gaps": [line for line in lines if line.is_gap or line.standing == "ending"],
        "words": gap_words(lines),
        "total": len(lines),
        "may_record": may_record_item(user, outlet),
    }


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """Numbers of the unit and below; each leads to its rows. What nobody has told is not here: it
    is on the list, as unknown."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    today = timezone.localdate()
    held = Q(state=ItemState.HELD)
    items = ComplianceItem.objects.filter(outlet__unit_path__startswith=unit.path)
    counted = items.exclude(outlet__status="cancelled").aggregate(
        over=Count("pk", filter=held & Q(valid_until__lt=today)),
        soon=Count("pk", filter=held & Q(valid_until__range=(today, today + timedelta(days=30)))),
        lacking=Count("pk", filter=Q(state=ItemState.LACKING)),
    )
    devices_here = (
        Device.objects.in_use()
        .filter(unit_path__startswith=unit.path)
        .aggregate(all=Count("pk"), due=Count("pk", filter=Q(check_due_on__lte=today)))
    )
    held_here = (
        Custody.objects.held()
        .filter(outlet__unit_path__startswith=unit.path)
        .aggregate(
            all=Count("pk"),
            students=Count("pk", filter=Q(is_student=True)),
            rotate=Count("pk", filter=Q(rotate_by__isnull=True) | Q(rotate_by__lte=today)),
        )
    )
    return {
        "unit": unit, "items": counted, "devices": devices_here, "custodies": held_here,
        "works": works(user, unit),
    }  # fmt: skip


def _find_devices(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    if not words.strip() or not _sees(user):
        return []
    found = Device.objects.visible_to(user).matching(words).select_related("unit").order_by("pk")
    return [
        SearchHit(str(one), f"{one.custodian_name} · {one.unit.called}", one.get_absolute_url())
        for one in found[:limit]
    ]
