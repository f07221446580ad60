"""交接班: written by who goes, accepted by who comes; what is open goes along until it is done."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from meice.duty import policies
from meice.duty.actions import events
from meice.duty.actions.changing import lock_shift
from meice.duty.actions.watching import next_of
from meice.duty.models import Handover, OpenItem, Roster, Shift
from meice.duty.workflow import HANDOVER
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User

MOST_ITEMS = 20


@transaction.atomic
def write_handover(
    shift: Shift, text: str, *, items: Iterable[str] = (), done: Iterable[int] = (), by: User,
    at: datetime,
) -> Handover:  # fmt: skip
    """The note of a shift with new open items; `done` are items of before that are settled."""
    roster, shift = lock_shift(shift)
    after = next_of(shift)
    require(policies.may_write_handover(by, shift, after, at))
    if after is None or Handover.objects.filter(shift=shift).exists():
        raise Refused("这一班已经写过交班记录。")
    handover = Handover.objects.create(
        shift=shift, next_shift=after, text=_words(text), by=by, by_name=by.name, written_at=at
    )
    _settle(handover, items, done, by, at)
    events.note_event(shift, "write", by=by, at=at)
    _ask(roster, handover)
    detail = {"to": str(after.user or ""), "shift": str(shift)}
    events.note("handover.write", roster, by=by, detail=detail)
    return handover


def _words(text: str) -> str:
    bare = text.strip()[:4000]
    if not bare:
        raise Refused("交班记录写一句值班情况，没有情况写「无异常」。")
    return bare


def _settle(
    handover: Handover, items: Iterable[str], done: Iterable[int], by: User, at: datetime
) -> None:
    words = [" ".join(item.split())[:300] for item in items]
    new = [item for item in dict.fromkeys(words) if item]
    if len(new) > MOST_ITEMS:
        raise Refused(f"一次最多交 {MOST_ITEMS} 个事项。")
    layer = handover.shift.layer
    OpenItem.objects.bulk_create(
        OpenItem(layer=layer, handover=handover, text=text) for text in new
    )
    closed = OpenItem.objects.filter(layer=layer, done_at=None, pk__in=list(done))
    closed.update(done_at=at, done_by=by, done_by_name=by.name)


def _ask(roster: Roster, handover: Handover) -> None:
    text = f"请接班：{roster} {handover.by_name}交来{handover.shift}的记录"
    events.tell([handover.next_shift.user], text, handover.get_absolute_url())


def _lock(handover: Handover) -> tuple[Roster, Handover]:
    roster, _ = lock_shift(handover.shift)
    found = Handover.objects.select_related(
        "shift__layer__roster__unit", "next_shift__layer", "next_shift__user", "by"
    )
    return roster, found.get(pk=handover.pk)


@transaction.atomic
def accept_handover(handover: Handover, *, by: User, at: datetime, note: str = "") -> Handover:
    """接班: from here on the open items are hers."""
    roster, handover = _lock(handover)
    HANDOVER.take("accept", handover, by)
    handover.accepted_by, handover.accepted_by_name = by, by.name
    handover.accepted_at, handover.note = at, note.strip()[:500]
    handover.save()
    events.note_event(handover.shift, "accept", by=by, at=at, note=handover.note)
    _finish(roster, handover, "accept", by)
    return handover


@transaction.atomic
def return_handover(handover: Handover, *, by: User, at: datetime, note: str) -> Handover:
    """退回补充, and what is missing."""
    roster, handover = _lock(handover)
    HANDOVER.take("return", handover, by)
    if not note.strip():
        raise Refused("退回须写明还缺什么。")
    handover.note = note.strip()[:500]
    handover.save()
    _finish(roster, handover, "return", by)
    return handover


def _finish(roster: Roster, handover: Handover, step: str, by: User) -> None:
    detail = {"shift": str(handover.shift)}
    events.note(f"handover.{step}", roster, by=by, detail=detail)
    text = f"交班记录{handover.state.label}：{handover.shift}"
    kind = NoticeKind.TASK if step == "return" else NoticeKind.RESULT
    events.tell([handover.by], text, handover.get_absolute_url(), besides=by, kind=kind)


@transaction.atomic
def amend_handover(
    handover: Handover, text: str, *, items: Iterable[str] = (), done: Iterable[int] = (),
    by: User, at: datetime,
) -> Handover:  # fmt: skip
    """Say it better, and ask again."""
    roster, handover = _lock(handover)
    HANDOVER.take("amend", handover, by)
    handover.text, handover.written_at = _words(text), at
    handover.save()
    _settle(handover, items, done, by, at)
    _ask(roster, handover)
    detail = {"shift": str(handover.shift)}
    events.note("handover.amend", roster, by=by, detail=detail)
    return handover


@transaction.atomic
def close_item(item: OpenItem, *, by: User, at: datetime) -> OpenItem:
    """办结: it goes to nobody any more."""
    pk = OpenItem.objects.values_list("layer__roster", flat=True).get(pk=item.pk)
    roster = events.lock_roster(pk)
    item = OpenItem.objects.select_related("layer__roster__unit").get(pk=item.pk)
    require(policies.may_close_item(by, item.layer, at))
    if item.done_at is not None:
        raise Refused(f"{item.done_by_name}已经办结。")
    item.done_at, item.done_by, item.done_by_name = at, by, by.name
    item.save(update_fields=["done_at", "done_by", "done_by_name"])
    events.note("handover.close", roster, by=by, detail={"text": item.text[:100]})
    return item
