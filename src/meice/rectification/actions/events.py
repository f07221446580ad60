"""What every act on an order has in common: the lock, the line in its history, the word to people."""

from collections.abc import Iterable
from datetime import date, datetime

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User, event_facts
from meice.orgs.roles import Role
from meice.rectification.models import Order, OrderEvent, Reply
from meice.rectification.workflow import ORDER
from meice.registry.actions.people import people_over


def lock_order(order: Order) -> Order:
    """The row as it is now, held until the transaction ends, with what the rules ask for."""
    list(Order.objects.select_for_update().filter(pk=order.pk).values_list("pk"))
    found = Order.objects.select_related("unit").prefetch_related("items", "replies")
    return found.get(pk=order.pk)


def take(order: Order, step: str, by: User) -> Order:
    """Lock it and take the step in memory; raises `Refused` when the state or the rule says no."""
    order = lock_order(order)
    ORDER.take(step, order, by)
    return order


def finish(
    order: Order,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    link: str = "",
    reply: Reply | None = None,
    detail: Detail | None = None,
) -> None:
    """Save, and write the history and the audit of one act."""
    order.version += 1
    order.save()
    note_event(order, act, by=by, at=at, note=note, link=link, reply=reply)
    told: Detail = {"number": order.number, **(detail or {})}
    record(f"order.{act}", order, by=by, detail=told, unit_path=order.unit_path)


def note_event(
    order: Order,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    link: str = "",
    reply: Reply | None = None,
) -> OrderEvent:
    """Who did what when, with the name and post of the moment."""
    facts = event_facts(act, by=by, at=at, note=note)
    return OrderEvent.objects.create(order=order, link=link, reply=reply, **facts)


def operators_of(unit: Unit) -> list[User]:
    """Who mends for the unit; its leaders where it has no operator of its own or above."""
    return people_over(Role.OPERATOR, unit) or people_over(Role.LEADER, unit)


def leaders_of(unit: Unit) -> list[User]:
    """Who answers for the unit."""
    return people_over(Role.LEADER, unit)


def department_of(unit: Unit) -> list[User]:
    """The publicity staff over the unit."""
    return people_over(Role.DEPARTMENT, unit)


def tell(
    people: Iterable[User],
    order: Order,
    text: str,
    *,
    besides: User | None = None,
    kind: NoticeKind = NoticeKind.TASK,
) -> int:
    """One line into the inbox of each, once; gives how many were told."""
    url = order.get_absolute_url()
    chosen = {person.pk: person for person in people if person.is_active}
    if besides is not None:
        chosen.pop(besides.pk, None)
    for person in chosen.values():
        notify(person, text=text, url=url, kind=kind)
    return len(chosen)


def office_of(by: User) -> str:
    """Who signs on paper: 华园大学宣传部 for publicity staff whose post is at the university."""
    post = by.post
    if post is None:
        return ""
    label = str(Role(post.role).label)
    name = str(post.unit.name)
    return name if label in name else f"{name}{label}"


def day_words(day: date | None) -> str:
    """`2026年11月16日`."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def shown_link(text: str) -> str:
    """A link that a page may show: http(s), or one of our own paths. Raises `Refused` for others."""
    bare = text.strip()[:500]
    if not bare or (bare.startswith("/") and not bare.startswith(("//", "/\\"))):
        return bare
    if bare.lower().startswith(("http://", "https://")):
        return bare
    raise Refused("链接写成 https://… 的样子；没有就留空。")
