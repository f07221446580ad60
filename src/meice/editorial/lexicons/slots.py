"""What the lexicons and the ledger show in the frame: the sidebar, to-dos of the department."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from meice.editorial.models.term import TermChange, TermChangeQuerySet
from meice.kernel import slots
from meice.kernel.slots import NavGroup, NavItem, Tally, Todo, TodoSource
from meice.orgs.models import User
from meice.orgs.roles import Right

MOST = 30


def register() -> None:
    """Fill the slots."""
    slots.navigation.register(
        NavItem(
            NavGroup.EDITORIAL, "词库", icon="book", url_name="lexicon-list", order=80,
            visible=_sees, tally=_waiting_tally,
        )
    )  # fmt: skip
    slots.navigation.register(
        NavItem(
            NavGroup.EDITORIAL, "三审三校清单", icon="clipboard-list", url_name="review-ledger",
            order=70, visible=_sees,
        )
    )  # fmt: skip
    slots.todos.register(TodoSource("词库变更", _todos))


def _sees(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS)


def waiting_for(user: User) -> TermChangeQuerySet:
    """Changes that another person of the department has proposed and she may approve."""
    wanted = Q(pk__in=[])
    for path in user.reach(Right.DECIDE_BUSINESS):
        wanted |= Q(lexicon__unit__path__startswith=path)
    return TermChange.objects.filter(wanted, status="waiting").exclude(by=user.pk)


def _waiting_tally(user: User, _at: datetime) -> Tally | None:
    return Tally(waiting_for(user), Q(pk__in=[])) if user.has(Right.DECIDE_BUSINESS) else None


def _todos(user: User, _at: datetime) -> Iterable[Todo]:
    """The oldest first."""
    if not user.has(Right.DECIDE_BUSINESS):
        return
    for change in waiting_for(user).select_related("lexicon__unit", "by").order_by("pk")[:MOST]:
        yield Todo(
            what=f"词库「{change.lexicon.name}」{change.get_kind_display()}",
            why=f"{change.by.name}：{change.reason}",
            verb="批准",
            url=change.get_absolute_url(),
            unit=change.lexicon.unit.name,
        )
