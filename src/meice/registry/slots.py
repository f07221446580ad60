"""What the register shows elsewhere: sidebar, to-dos, unit pages, search, what a leaver holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
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
    TodoList,
    TodoSource,
)
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry import phrases
from meice.registry.actions.outlets import follow_units as follow
from meice.registry.actions.people import (
    hand_over_contact,
    held_filings,
    move_filing,
    name_filing,
)
from meice.registry.actions.terms import own_days
from meice.registry.forms.filters import is_private
from meice.registry.models import (
    Contact,
    ExceptionGrant,
    Filing,
    FilingStatus,
    Outlet,
    OutletStatus,
)
from meice.registry.models.filing import Turn
from meice.registry.tasks import follow_units, note_leavers

CAMPUS = ZoneInfo("Asia/Shanghai")
EXPIRY_NOTICE = timedelta(days=14)
VERBS = {
    FilingStatus.DRAFT: ("报送", "草稿还没有报"),
    FilingStatus.RETURNED: ("修改", "退回待改"),
    FilingStatus.CHECKING: ("审核", "等你审核"),
    FilingStatus.CONFIRMING: ("确认", "等你确认"),
    FilingStatus.RECEIVING: ("确认", "请你单位接收"),
    FilingStatus.DECIDING: ("受理", "你已认领"),
}
TURN_WORDS = {Turn.CLAIM: ("认领", "科室待认领"), Turn.OTHERS: ("查看", "")}
LIST_OF = {Turn.MINE: TodoList.MINE, Turn.CLAIM: TodoList.OFFICE, Turn.OTHERS: TodoList.OTHERS}
MOST = 30


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.navigation.register(
        NavItem(
            NavGroup.REGISTER, "账号网站", icon="id-badge-2", url_name="outlet-list", order=10,
            visible=_sees_outlets,
        )
    )  # fmt: skip
    slots.navigation.register(
        NavItem(
            NavGroup.REGISTER, "备案办理", icon="certificate", url_name="filing-list", order=20,
            visible=_sees_filings, tally=_open_filings,
        )
    )  # fmt: skip
    slots.todos.register(TodoSource("备案", _filing_todos))
    slots.todos.register(TodoSource("例外到期", _exception_todos))
    slots.todos.register(TodoSource("台账缺口", _gap_todos))
    slots.unit_panels.register(
        Panel("账号网站", "registry/_unit_panel.html", _unit_panel, order=20)
    )
    slots.home_panels.register(
        Panel("账号网站", "registry/_home_panel.html", _home_panel, order=10)
    )
    slots.unit_moved.register(follow)
    slots.unit_ties.register(_outlets_left)
    slots.own_days.register(own_days)
    slots.search.register(SearchSource("账号网站", _find_outlets, order=10))
    slots.search.register(SearchSource("备案", _find_filings, order=20))
    slots.holdings.register(
        HoldingSource("账号责任人", _held_contacts, _contact_words, hand_over_contact)
    )
    slots.holdings.register(HoldingSource("受理中的备案", held_filings, name_filing, move_filing))
    schedules.every(seconds=60, task=follow_units, key="registry.follow-units")
    schedules.daily(at=time(4, 10), task=note_leavers, key="registry.note-leavers")


def _sees_outlets(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS) or user.has(Right.SEE_SECURITY)


def _sees_filings(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS)


def _open_filings(user: User, at: datetime) -> Tally:
    """My own open filings and, for the department, what nobody has claimed."""
    seen = Filing.objects.visible_to(user)
    return Tally(seen.mine(user) | seen.to_claim(user), Q(due_on__lt=timezone.localdate(at)))


def _noon(day: Any) -> datetime | None:
    """A day's deadline is its end."""
    return datetime.combine(day, time(23, 59), CAMPUS) if day else None


def _filing_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Hers, the office's, and what she did her part of: at most `MOST` of each, in one query."""
    by_due = [F("due_on").asc(nulls_last=True), F("pk").asc()]
    hers = Q(made_by=user.pk) | Q(confirmed_by=user.pk)
    found = Filing.objects.visible_to(user).with_turn(user)
    found = found.filter(Q(turn__in=[Turn.MINE, Turn.CLAIM]) | (Q(turn=Turn.OTHERS) & hers))
    place = Window(RowNumber(), partition_by=F("turn"), order_by=by_due)
    rows: Iterable[Any] = found.annotate(place=place).filter(place__lte=MOST).order_by(*by_due)
    for filing in rows:
        turn = Turn(filing.turn)
        verb, why = TURN_WORDS.get(turn) or VERBS[FilingStatus(filing.status)]
        yield Todo(
            what=f"{filing.get_kind_display()}备案：{filing.name}（{filing.platform_name}）",
            why=why or filing.state.label,
            verb=verb,
            url=reverse("filing", args=[filing.pk]),
            unit=filing.unit_name,
            due=_noon(filing.due_on),
            of=LIST_OF[turn],
        )


def _exception_todos(user: User, at: datetime) -> Iterable[Todo]:
    if not (user.has(Right.DECIDE_BUSINESS) or user.has(Right.DRAFT_BUSINESS)):
        return
    if not _standing(user)["exceptions"]:
        return
    until = timezone.localdate(at) + EXPIRY_NOTICE
    ending = ExceptionGrant.objects.visible_to(user).in_use().filter(expires_on__lte=until)
    for grant in ending.select_related("unit", "outlet").order_by("expires_on")[:MOST]:
        yield Todo(
            what=f"例外到期：{grant.outlet.name}（{grant.platform_name}）",
            why=f"{grant.get_kind_display()}，整合、注销或延期",
            verb="处理",
            url=reverse("outlet", args=[grant.outlet.pk]),
            unit=grant.unit.name,
            due=_noon(grant.expires_on),
        )


def _gap_todos(user: User, at: datetime) -> Iterable[Todo]:
    """One line for all gaps of an operator's unit: the list shows each."""
    if not user.has(Right.DRAFT_BUSINESS):
        return
    own = _standing(user)["gaps"]  # who drafts sees just the outlets that she drafts for
    if own:
        yield Todo(
            what=f"{own} 个账号网站的登记有缺口",
            why="责任人、编号或日期没有填全",
            verb="补齐",
            url=f"{reverse('outlet-list')}?gap=any",
        )


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """Standing outlets of a unit and below."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    outlets = Outlet.objects.visible_to(user).standing().below(unit.path).order_by("pinyin_key")
    shown = list(outlets.select_related("unit")[:10])
    return {"outlets": shown, "total": outlets.count(), "unit": unit}


def _outlets_left(unit: Unit) -> str:
    """Why a unit may not be closed: outlets that still speak in its name."""
    left = Outlet.objects.standing().filter(unit=unit).count()
    return f"还有 {left} 个账号网站登记在这里，先转到别的单位或注销。" if left else ""


def _home_panel(_record: None, user: User) -> dict[str, Any] | None:
    """家底: how many, how many in use, how many with gaps."""
    return _standing(user) if _sees_outlets(user) else None


def _standing(user: User) -> dict[str, int]:
    """The outlets of her reach in numbers; asked for once a request, though two boxes show it."""
    if not hasattr(user, "meice_standing"):
        user.meice_standing = (  # type: ignore[attr-defined]
            Outlet.objects.visible_to(user)
            .standing()
            .aggregate(
                standing=Count("pk"),
                in_use=Count("pk", filter=Q(status=OutletStatus.IN_USE)),
                gaps=Count("pk", filter=~Q(gaps="")),
                exceptions=Count("exception"),
            )
        )
    found: dict[str, int] = user.meice_standing  # type: ignore[attr-defined]
    return found


def _find_outlets(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    if is_private(words) and "." not in words:
        return []
    found = Outlet.objects.visible_to(user).matching(words).select_related("unit")
    return [
        SearchHit(o.name, f"{o.platform_name} · {o.unit.called}", reverse("outlet", args=[o.pk]))
        for o in found.order_by("pinyin_key")[:limit]
    ]


def _find_filings(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    found = Filing.objects.visible_to(user).matching(words).order_by("-pk")[:limit]
    return [
        SearchHit(
            f"{filing.number or filing.get_kind_display()} {filing.name}",
            f"{filing.state.label} · {filing.unit_name}",
            reverse("filing", args=[filing.pk]),
        )
        for filing in found
    ]


def _held_contacts(person: User) -> Iterable[Contact]:
    """Outlets in which a person stands as somebody responsible."""
    held = Contact.objects.filter(user=person).exclude(outlet__status="cancelled")
    return held.select_related("outlet__unit").order_by("outlet__pinyin_key", "pk")


def _contact_words(contact: Contact) -> str:
    outlet = contact.outlet
    return f"{outlet.name}（{outlet.platform_name}）的{contact.called}"
