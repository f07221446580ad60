"""After the reply: the machine's look, a person's conclusion, back to the unit or closed."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.rectification import policies
from meice.rectification.actions import events, terms
from meice.rectification.actions.ladder import set_ladder
from meice.rectification.models import ItemStatus, Order, OrderItem, OrderStatus, Outcome, Recheck
from meice.rectification.workflow import ITEM, TermName
from meice.registry.actions.terms import workdays


@transaction.atomic
def record_recheck(
    item: OrderItem,
    outcome: str,
    *,
    at: datetime,
    by: User | None = None,
    text: str = "",
    evidence_url: str = "",
    evidence: StoredFile | None = None,
) -> Recheck | None:
    """One look at an answered item: `outcome` fixed, still or unknown.

    Without `by` it is a machine's claim: it is shown, and changes no state, for a machine result is
    never a verdict. The same claim is kept once for each reply; None then, and when the order moved
    on meanwhile. With `by` it is a person's conclusion; against the machine's it needs evidence
    (`Refused` without).
    """
    found = Outcome(outcome)
    order = events.lock_order(item.order)
    item = OrderItem.objects.select_related("order__unit").get(pk=item.pk)
    if by is None:
        return _machine_looks(order, item, found, at, text, evidence_url)
    require(policies.may_recheck_item(item, by))
    has_evidence = bool(evidence_url.strip() or evidence)
    against = item.machine_outcome == Outcome.STILL and found is Outcome.FIXED
    if against and not (has_evidence and text.strip()):
        raise Refused(f"第 {item.place} 项的结论与机器不一致，须写明看到的并附证据。")
    item.person_outcome, item.person_at = found, at
    item.save(update_fields=["person_outcome", "person_at"])
    return _keep(order, item, found, by, at, text, evidence_url, evidence)


def _machine_looks(
    order: Order, item: OrderItem, found: Outcome, at: datetime, text: str, evidence_url: str
) -> Recheck | None:
    waits = order.status == OrderStatus.REPLIED and item.status == ItemStatus.ANSWERED
    if not waits or item.machine_outcome == found:
        return None
    item.machine_outcome, item.machine_at = found, at
    item.machine_url = events.shown_link(evidence_url)
    item.save(update_fields=["machine_outcome", "machine_at", "machine_url"])
    kept = _keep(order, item, found, None, at, text, evidence_url, None)
    people = events.department_of(order.unit)
    if not order.items.filter(status=ItemStatus.ANSWERED, machine_outcome="").exists():
        words = f"整改通知单 {order.number} 机器已复查，待人下结论"
        events.tell(people, order, words)
    return kept


def _keep(
    order: Order,
    item: OrderItem,
    found: Outcome,
    by: User | None,
    at: datetime,
    text: str,
    evidence_url: str,
    evidence: StoredFile | None,
) -> Recheck:
    kept = Recheck.objects.create(
        item=item,
        at=at,
        by=by,
        by_name=by.name if by else "机器",
        outcome=found,
        text=text.strip()[:500],
        evidence_url=events.shown_link(evidence_url),
        evidence=evidence,
    )
    note = f"第 {item.place} 项：{found.label}" + (f"。{text.strip()}" if text.strip() else "")
    events.note_event(order, "recheck", by=by, at=at, note=note, link=_link_of(order, kept))
    detail: Detail = {"item": item.pk, "outcome": found.value, "number": order.number}
    record("order.recheck", order, by=by, detail=detail, unit_path=order.unit_path)
    return kept


def _link_of(order: Order, kept: Recheck) -> str:
    if kept.evidence_id:
        return reverse("order-file", args=[order.pk, kept.evidence_id])
    return kept.evidence_url


@transaction.atomic
def return_reply(order: Order, *, reason: str, by: User, at: datetime) -> Order:
    """退回重改: what a person found unmended is open again, with a new term; the rest is done."""
    if not reason.strip():
        raise Refused("退回须写明还差什么，单位才知道怎么改。")
    order = events.take(order, "return", by)
    for item in order.items.all():
        if item.status == ItemStatus.ANSWERED:
            _settle(item, by, at)
    order.rounds += 1
    days = terms.all_terms()[TermName.REOPEN]
    calendar = workdays()
    order.due_on, order.term_days = calendar.after(timezone.localdate(at), days), days
    order.replied_at = None
    set_ladder(order, calendar)
    detail: Detail = {"due": str(order.due_on), "round": order.rounds}
    events.finish(order, "return", by=by, at=at, note=reason.strip(), detail=detail)
    due = events.day_words(order.due_on)
    text = f"整改通知单 {order.number} 退回重改，新期限{due}"
    events.tell(
        [*events.operators_of(order.unit), *events.leaders_of(order.unit)], order, text, besides=by
    )
    return order


def _settle(item: OrderItem, by: User, at: datetime) -> None:
    """Mended when a person said so; anything else is to be answered again."""
    fixed = item.person_outcome == Outcome.FIXED
    ITEM.take("accept" if fixed else "reject", item, by)
    item.fixed_at = at if fixed else None
    item.save(update_fields=["status", "fixed_at"])


@transaction.atomic
def close_order(order: Order, *, by: User, at: datetime, note: str = "") -> Order:
    """销号: every item is mended; annex 1 column 7 says 是 from now on."""
    order = events.take(order, "close", by)
    for item in order.items.all():
        if item.status == ItemStatus.ANSWERED:
            _settle(item, by, at)
    order.closed_by, order.closed_at = by, at
    order.ladder_on = None
    events.finish(order, "close", by=by, at=at, note=note.strip())
    text = f"整改通知单 {order.number} 已销号"
    people = [*events.operators_of(order.unit), *events.leaders_of(order.unit)]
    events.tell(people, order, text, besides=by, kind=NoticeKind.RESULT)
    return order
