"""The ladder before an end: 90, 30, 7 and 0 days; rotations and checks that are due. Each rung
speaks once for each end; after an outage only the nearest rung speaks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.compliance.actions.terms import all_terms
from meice.compliance.models import ComplianceItem, Custody, Device, ExpiryReminder
from meice.compliance.workflow import TermName
from meice.notices.actions import notify_all
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over
from meice.registry.models import Outlet

MORNING = time(8, 30)
CHUNK = 500
END, DUE = "end", "due"
WIDER: Mapping[str, tuple[Role, ...]] = {
    TermName.FIRST.value: (Role.OPERATOR,),
    TermName.SECOND.value: (Role.OPERATOR,),
    TermName.THIRD.value: (Role.OPERATOR, Role.LEADER),
    END: (Role.OPERATOR, Role.LEADER, Role.DEPARTMENT),
}
"""Who is told at which rung: the nearer, the more."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One end that comes: of which thing, on which day, in which words."""

    subject: str
    due_on: date
    unit: Unit
    text: str
    url: str
    also: tuple[User, ...] = ()


def rung_of(left: int, terms: Mapping[TermName, int]) -> str:
    """The rung for so many days left; blank while none is due."""
    if left <= 0:
        return END
    for name in (TermName.THIRD, TermName.SECOND, TermName.FIRST):
        if left <= terms[name]:
            return name.value
    return ""


def remind_ends(at: datetime) -> int:
    """One round, from 8:30 on; gives the number of things that were reminded of."""
    here = timezone.localtime(at)
    if here.time() < MORNING:
        return 0
    terms, today = all_terms(), here.date()
    rounds: Sequence[tuple[Iterable[Ending], Callable[[Ending], str]]] = (
        (_items(today, terms), lambda one: rung_of((one.due_on - today).days, terms)),
        (_rotations(today), lambda _: DUE),
        (_checks(today), lambda _: DUE),
    )
    return sum(_say_all(list(endings), rung, at) for endings, rung in rounds)


def _items(today: date, terms: Mapping[TermName, int]) -> Iterable[Ending]:
    until = today + timedelta(days=terms[TermName.FIRST])
    rows = ComplianceItem.objects.expiring(until).select_related("outlet__unit")
    for item in rows.order_by("valid_until", "pk").iterator(chunk_size=CHUNK):
        if item.valid_until is None:
            continue
        left = (item.valid_until - today).days
        when = f"还有 {left} 天到期" if left > 0 else ("今天到期" if left == 0 else "已过期")
        yield Ending(
            f"item:{item.pk}", item.valid_until, item.outlet.unit,
            f"{_called(item.outlet)}的{item.get_kind_display()}{when}",
            reverse("compliance", args=[item.outlet_id]),
        )  # fmt: skip


def _rotations(today: date) -> Iterable[Ending]:
    rows = Custody.objects.held().filter(rotate_by__lte=today)
    for custody in rows.select_related("outlet__unit", "holder").order_by("pk"):
        if custody.rotate_by is None:
            continue
        yield Ending(
            f"custody:{custody.pk}", custody.rotate_by, custody.outlet.unit,
            f"{_called(custody.outlet)}的「{custody.what}」该轮换口令了",
            custody.get_absolute_url(), (custody.holder,) if custody.holder else (),
        )  # fmt: skip


def _checks(today: date) -> Iterable[Ending]:
    rows = Device.objects.to_check(today).select_related("unit", "custodian")
    for device in rows.order_by("pk"):
        if device.check_due_on is None:
            continue
        yield Ending(
            f"device:{device.pk}", device.check_due_on, device.unit,
            f"专用设备 {device} 该检查了", device.get_absolute_url(),
            (device.custodian,) if device.custodian else (),
        )  # fmt: skip


def _called(outlet: Outlet) -> str:
    return f"{outlet.name}（{outlet.platform_name}）"


def _say_all(endings: Sequence[Ending], rung: Callable[[Ending], str], at: datetime) -> int:
    """What was not said yet; what was is read at once."""
    said = _said([one.subject for one in endings])
    waiting = [
        (one, step) for one in endings
        if (step := rung(one)) and (one.subject, step, one.due_on) not in said
    ]  # fmt: skip
    return sum(_say(one, step, at) for one, step in waiting)


def _said(subjects: Sequence[str]) -> set[tuple[str, str, date]]:
    found: set[tuple[str, str, date]] = set()
    for start in range(0, len(subjects), CHUNK):
        rows = ExpiryReminder.objects.filter(subject__in=subjects[start : start + CHUNK])
        found |= set(rows.values_list("subject", "rung", "due_on"))
    return found


@transaction.atomic
def _say(one: Ending, rung: str, at: datetime) -> int:
    """The row first: a second worker finds it there and is silent."""
    reminder, is_new = ExpiryReminder.objects.get_or_create(
        subject=one.subject, rung=rung, due_on=one.due_on, defaults={"at": at}
    )
    if not is_new:
        return 0
    people = _people(one, rung)
    notify_all(people, text=one.text, url=one.url, kind=NoticeKind.REMINDER)
    reminder.reached = len(people)
    reminder.save(update_fields=["reached"])
    detail: Detail = {"rung": rung, "people": len(people)}
    record("compliance.remind", one.unit, by=None, detail=detail, unit_path=one.unit.path)
    return 1


def _people(one: Ending, rung: str) -> list[User]:
    roles = WIDER.get(rung, (Role.OPERATOR,))
    found = [*one.also, *(person for role in roles for person in people_over(role, one.unit))]
    return [person for person in {each.pk: each for each in found}.values() if person.is_active]
