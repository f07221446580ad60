"""More time, asked and decided; a reminder by hand."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.rectification import policies
from meice.rectification.actions import events
from meice.rectification.actions.ladder import set_ladder
from meice.rectification.models import Extension, Order, Reminder, Rung
from meice.rectification.workflow import EXTENSION
from meice.registry.actions.terms import workdays

ONE_REMINDER_A_DAY = "今天已经提醒过，明天再提醒。"


@transaction.atomic
def ask_extension(
    order: Order, *, wanted_on: date, reason: str, by: User, at: datetime
) -> Extension:
    """延期申请: until a later day, with a reason; the deadline stands until it is decided."""
    order = events.lock_order(order)
    require(policies.may_ask_extension(by, order, timezone.localdate(at)))
    if not reason.strip():
        raise Refused("申请延期须写明理由。")
    if order.due_on is None or wanted_on <= order.due_on:
        raise Refused("申请的日期须晚于现在的期限。")
    extension = Extension.objects.create(
        order=order,
        wanted_on=wanted_on,
        reason=reason.strip()[:500],
        by=by,
        at=at,
        was_due_on=order.due_on,
    )
    order.open_extension = extension
    note = f"申请延至{events.day_words(wanted_on)}：{reason.strip()}"
    events.finish(order, "ask_extension", by=by, at=at, note=note)
    text = f"「{order.unit_name}」申请整改通知单 {order.number} 延期"
    events.tell(events.department_of(order.unit), order, text, besides=by)
    return extension


@transaction.atomic
def grant_extension(
    extension: Extension, *, until: date | None = None, note: str = "", by: User, at: datetime
) -> Order:
    """Until the day asked for, or another one later than the present deadline."""
    order, extension = _locked(extension)
    EXTENSION.take("grant", extension, by)
    day = until or extension.wanted_on
    if order.due_on is None or day <= order.due_on:
        raise Refused("批准的日期须晚于现在的期限。")
    extension.granted_on = day
    order.due_on = day
    calendar = workdays()
    issued = timezone.localdate(order.issued_at) if order.issued_at else order.due_on
    order.term_days = calendar.between(issued, day)
    set_ladder(order, calendar)
    words = f"同意延至{events.day_words(day)}" + (f"：{note.strip()}" if note.strip() else "")
    return _decide(order, extension, "grant_extension", words, note, by, at)


@transaction.atomic
def refuse_extension(extension: Extension, *, note: str, by: User, at: datetime) -> Order:
    """不同意, with a reason."""
    if not note.strip():
        raise Refused("不同意延期须写明理由。")
    order, extension = _locked(extension)
    EXTENSION.take("refuse", extension, by)
    return _decide(order, extension, "refuse_extension", f"不同意：{note.strip()}", note, by, at)


def _locked(extension: Extension) -> tuple[Order, Extension]:
    """The order is locked first, as everywhere."""
    order = events.lock_order(extension.order)
    fresh = Extension.objects.select_related("order__unit").get(pk=extension.pk)
    return order, fresh


def _decide(
    order: Order, extension: Extension, act: str, words: str, note: str, by: User, at: datetime
) -> Order:
    extension.decided_by, extension.decided_at, extension.note = by, at, note.strip()[:500]
    extension.save()
    order.open_extension = None
    events.finish(order, act, by=by, at=at, note=words, detail={"due": str(order.due_on)})
    text = f"整改通知单 {order.number} 的延期申请：{extension.state.label}"
    events.tell(
        [extension.by, *events.operators_of(order.unit)], order, text, besides=by,
        kind=NoticeKind.RESULT,
    )  # fmt: skip
    return order


@transaction.atomic
def remind_order(order: Order, *, by: User, at: datetime) -> Order:
    """提醒 by hand, counted, once a day: the unit's operators, and its leader when it waits for
    her or is late."""
    order = events.lock_order(order)
    require(policies.may_remind_order(by, order))
    today = timezone.localdate(at)
    by_hand = Reminder.objects.filter(order=order, rung=Rung.HAND).order_by("-at").first()
    if by_hand is not None and timezone.localdate(by_hand.at) == today:
        raise Refused(ONE_REMINDER_A_DAY)
    people = events.operators_of(order.unit)
    if order.status == "confirming" or order.is_late(today):
        people = [*people, *events.leaders_of(order.unit)]
    late = "已逾期，" if order.is_late(today) else ""
    text = f"提醒：整改通知单 {order.number} {late}期限是{events.day_words(order.due_on)}"
    reached = events.tell(people, order, text, kind=NoticeKind.REMINDER)
    Reminder.objects.create(
        order=order, rung=Rung.HAND, due_on=order.deadline, at=at, by=by, reached=reached
    )
    order.reminders_sent += 1
    note = f"第 {order.reminders_sent} 次，已告知 {reached} 人"
    events.finish(order, "remind", by=by, at=at, note=note, detail={"people": reached})
    return order
