"""The unit's turn: 签收, 答复 with proof, the leader's word, more time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.files.models import StoredFile
from meice.kernel.access import Refused
from meice.orgs.models import User
from meice.rectification.actions import events
from meice.rectification.actions.ladder import set_ladder
from meice.rectification.models import ItemStatus, Order, OrderItem, Proof, Reply
from meice.rectification.workflow import ITEM
from meice.registry.actions.terms import workdays

MOST_PROOFS = 20


@dataclass(frozen=True, slots=True)
class ReplyText:
    """What the unit says: `text` for the whole, `answers` by item id, `links` by item id."""

    text: str
    answers: Mapping[int, str] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def acknowledge_order(order: Order, *, by: User, at: datetime) -> Order:
    """签收: the unit has it."""
    order = events.take(order, "acknowledge", by)
    order.acknowledged_at = at
    set_ladder(order)
    events.finish(order, "acknowledge", by=by, at=at)
    return order


@transaction.atomic
def reply_to_order(
    order: Order, said: ReplyText, *, proofs: Sequence[StoredFile] = (), by: User, at: datetime
) -> Order:
    """答复: to the unit's leader, who answers for it. Every open item needs its own words."""
    order = events.take(order, "reply", by)
    reply = _write_reply(order, said, proofs, by, at)
    events.finish(order, "reply", by=by, at=at, reply=reply, detail={"files": len(proofs)})
    text = f"请确认对整改通知单 {order.number} 的答复"
    events.tell(events.leaders_of(order.unit), order, text, besides=by)
    return order


@transaction.atomic
def attest_order(
    order: Order,
    said: ReplyText,
    *,
    stamped: StoredFile,
    proofs: Sequence[StoredFile] = (),
    by: User,
    at: datetime,
) -> Order:
    """The same, to the department at once: the stamped page stands for the leader's click."""
    order = events.take(order, "attest", by)
    reply = _write_reply(order, said, proofs, by, at)
    reply.stamped = stamped
    _reach_department(order, "attest", reply, by, at)
    return order


@transaction.atomic
def confirm_reply(order: Order, *, by: User, at: datetime) -> Order:
    """The leader answers for the reply; now the department looks again."""
    order = events.take(order, "confirm", by)
    reply = order.replies.order_by("pk").last()
    if reply is None:
        raise Refused("还没有答复。")
    reply.confirmed_by, reply.confirmed_name, reply.confirmed_at = by, by.name, at
    _reach_department(order, "confirm", reply, by, at)
    return order


@transaction.atomic
def decline_reply(order: Order, *, reason: str, by: User, at: datetime) -> Order:
    """The leader gives it back to its writer, with what is missing."""
    if not reason.strip():
        raise Refused("退回须写明要改什么。")
    order = events.take(order, "decline", by)
    for item in order.items.all():
        if item.status == ItemStatus.ANSWERED:
            ITEM.take("reject", item, by)
            item.save(update_fields=["status"])
    set_ladder(order)
    events.finish(order, "decline", by=by, at=at, note=reason.strip())
    text = f"对整改通知单 {order.number} 的答复退回修改"
    events.tell(events.operators_of(order.unit), order, text, besides=by)
    return order


def _write_reply(
    order: Order, said: ReplyText, proofs: Sequence[StoredFile], by: User, at: datetime
) -> Reply:
    """The reply, its answers and files; the items are answered, older outcomes are wiped."""
    if not said.text.strip():
        raise Refused("答复须写明整改情况。")
    if len(proofs) > MOST_PROOFS:
        raise Refused(f"一次最多附 {MOST_PROOFS} 个文件。")
    today = timezone.localdate(at)
    late = workdays().between(order.due_on, today) if order.due_on and order.due_on < today else 0
    answered = [item for item in order.items.all() if item.status == ItemStatus.OPEN]
    for item in answered:
        _answer(item, said, by, at)
    reply = Reply.objects.create(
        order=order,
        round=order.replies.count() + 1,
        text=said.text.strip(),
        answers=[_told(item) for item in answered],
        by=by,
        by_name=by.name,
        at=at,
        days_late=late,
    )
    Proof.objects.bulk_create(Proof(reply=reply, file=stored) for stored in proofs)
    return reply


def _answer(item: OrderItem, said: ReplyText, by: User, at: datetime) -> None:
    words = said.answers.get(item.pk, "").strip()
    if not words:
        raise Refused(f"第 {item.place} 项还没有写怎么改的。")
    ITEM.take("answer", item, by)
    item.answer = words[:500]
    item.answer_link = events.shown_link(said.links.get(item.pk, ""))
    item.answered_at = at
    item.machine_outcome, item.machine_at, item.machine_url = "", None, ""
    item.person_outcome, item.person_at = "", None
    item.save()


def _told(item: OrderItem) -> dict[str, str | int]:
    return {"item": item.pk, "place": item.place, "text": item.answer, "link": item.answer_link}


def _reach_department(order: Order, step: str, reply: Reply, by: User, at: datetime) -> None:
    reply.save()
    order.replied_at, order.ladder_on = at, None
    events.finish(order, step, by=by, at=at, reply=reply if step == "attest" else None)
    text = f"「{order.unit_name}」已答复整改通知单 {order.number}，请复查"
    events.tell(events.department_of(order.unit), order, text, besides=by)
