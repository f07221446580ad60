"""The ladder of reminders: when each rung is due, and climbing it once for each deadline."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.kernel.workdays import Workdays
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User
from meice.rectification.actions import events, terms
from meice.rectification.models import Order, OrderStatus, Reminder, Rung
from meice.rectification.workflow import TermName
from meice.registry.actions.terms import workdays

MORNING = time(8, 30)
CHUNK = 200


@dataclass(frozen=True, slots=True)
class _Speech:
    """Whom a rung tells, and what; `{}` are the number and the deadline."""

    people: Callable[[Unit], list[User]]
    text: str
    counts: bool = True


SPEECHES: Mapping[Rung, _Speech] = {
    Rung.RECEIPT: _Speech(events.operators_of, "整改通知单 {} 还没有签收，{}到期"),
    Rung.BEFORE: _Speech(events.operators_of, "整改通知单 {} 快到期了：{}", counts=False),
    Rung.OVERDUE: _Speech(events.operators_of, "整改通知单 {} 已逾期，期限是{}"),
    Rung.LEADER: _Speech(events.leaders_of, "你单位的整改通知单 {} 逾期未答复，期限是{}"),
    Rung.DEPARTMENT: _Speech(
        events.department_of, "整改通知单 {} 逾期仍未答复，已列入督办，期限是{}", counts=False
    ),
}


def rungs_of(
    order: Order, calendar: Workdays, known: Mapping[TermName, int]
) -> list[tuple[date, Rung]]:
    """Each rung of the present deadline with its day, earliest first; empty while it is not the
    unit's turn."""
    if not order.is_with_unit or order.due_on is None or order.issued_at is None:
        return []
    due = order.due_on
    found = [
        (calendar.after(due, -known[TermName.BEFORE]), Rung.BEFORE),
        (calendar.after(due, 1), Rung.OVERDUE),
        (calendar.after(due, known[TermName.LEADER]), Rung.LEADER),
        (calendar.after(due, known[TermName.DEPARTMENT]), Rung.DEPARTMENT),
    ]
    if order.status == OrderStatus.ISSUED:
        issued = timezone.localdate(order.issued_at)
        found.append((calendar.after(issued, known[TermName.RECEIPT]), Rung.RECEIPT))
    return sorted(found, key=lambda pair: (pair[0], list(Rung).index(pair[1])))


def set_ladder(order: Order, calendar: Workdays | None = None) -> None:
    """Write in memory the day on which the ladder looks next; the action saves."""
    rungs = rungs_of(order, calendar or workdays(), terms.all_terms())
    climbed = _climbed(order) if rungs else set()
    order.ladder_on = min((day for day, rung in rungs if rung not in climbed), default=None)


def _climbed(order: Order) -> set[str]:
    """What was said about the present deadline."""
    said = Reminder.objects.filter(order=order.pk, due_on=order.deadline)
    return set(said.values_list("rung", flat=True))


def climb_ladder(at: datetime) -> int:
    """One round, from 8:30 on: whatever is due is said once. Gives the number of reminders."""
    here = timezone.localtime(at)
    if here.time() < MORNING:
        return 0
    due = Order.objects.with_unit().filter(ladder_on__lte=here.date())
    calendar, known = workdays(), terms.all_terms()
    said = 0
    for pk in list(due.order_by("ladder_on", "pk").values_list("pk", flat=True)[:CHUNK]):
        said += _climb(pk, calendar, known, at)
    return said


@transaction.atomic
def _climb(pk: int, calendar: Workdays, known: Mapping[TermName, int], at: datetime) -> int:
    """All rungs of one order that are due, under its lock: a second worker finds them climbed."""
    order = events.lock_order(Order(pk=pk))
    today = timezone.localdate(at)
    rungs, climbed = rungs_of(order, calendar, known), _climbed(order)
    waiting = [(day, rung) for day, rung in rungs if rung not in climbed]
    due = _timely([rung for day, rung in waiting if day <= today], order, today)
    for rung in due:
        _say(order, rung, at)
    left = [day for day, rung in waiting if day > today]
    order.ladder_on = min(left, default=None)
    order.save(update_fields=["ladder_on", "reminders_sent"])
    return len(due)


def _timely(rungs: Iterable[Rung], order: Order, today: date) -> list[Rung]:
    """Once it is late nobody is told that it soon will be."""
    late = order.is_late(today)
    return [rung for rung in rungs if not (late and rung in (Rung.BEFORE, Rung.RECEIPT))]


def _say(order: Order, rung: Rung, at: datetime) -> None:
    speech = SPEECHES[rung]
    text = speech.text.format(order.number, events.day_words(order.due_on))
    kind = NoticeKind.REMINDER
    reached = events.tell(speech.people(order.unit), order, text, kind=kind)
    Reminder.objects.create(
        order=order, rung=rung, due_on=order.deadline, at=at, by=None, reached=reached
    )
    order.reminders_sent += speech.counts
    events.note_event(order, "remind", by=None, at=at, note=f"{rung.label}，已告知 {reached} 人")
    detail: Detail = {"rung": rung.value, "people": reached, "number": order.number}
    record("order.remind", order, by=None, detail=detail, unit_path=order.unit_path)
