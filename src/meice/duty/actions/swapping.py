"""换班: one asks, the other answers; what nobody answered lapses when the shift begins."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from meice.duty import policies
from meice.duty.actions import events
from meice.duty.actions.changing import lock_shift
from meice.duty.actions.watching import count_troubles, keepers_of
from meice.duty.models import Cause, Roster, Shift, Swap
from meice.duty.workflow import SWAP
from meice.kernel.access import Refused, require, when
from meice.notices.models import NoticeKind
from meice.orgs.models import User

CHUNK = 200


@transaction.atomic
def ask_swap(
    shift: Shift, *, to: User, reason: str, by: User, at: datetime, given: Shift | None = None
) -> Swap:
    """Ask `to` to take the shift; with `given` (one of hers on this roster), to exchange."""
    roster, shift = lock_shift(shift)
    require(policies.may_ask_swap(by, shift, at))
    if to.pk == by.pk:
        raise Refused("换班要请别人。")
    if not reason.strip():
        raise Refused("换班须写明原因。")
    given = _given(roster, given, to, at) if given else None
    _check(shift, given, by, to)
    swap = Swap.objects.create(
        shift=shift, given=given, by=by, to=to, reason=reason.strip()[:200], asked_at=at
    )
    what = f"和你换班：{shift} 换 {given}" if given else f"请你替一班：{shift}（{shift.hours}）"
    events.tell([to], f"{by}想{what}，请答复", swap.get_absolute_url())
    detail = {"to": str(to), "shift": str(shift)}
    events.note("swap.ask", roster, by=by, detail=detail)
    return swap


def _given(roster: Roster, given: Shift, to: User, at: datetime) -> Shift:
    fresh = events.fresh_shift(given.pk)
    if fresh.layer.roster_id != roster.pk or fresh.user_id != to.pk or fresh.has_begun(at):
        raise Refused(f"换来的一班须是{to}在这张值班表上、还没有开始的班。")
    if Swap.objects.asked().filter(Q(given=fresh) | Q(shift=fresh)).exists():
        raise Refused("对方的这一班正在和别人换，请另选一班。")
    return fresh


def _check(shift: Shift, given: Shift | None, by: User, to: User) -> None:
    """Both may serve where they go, and neither is on duty twice at once."""
    events.lock_people(by, to)
    require(policies.may_serve(to, shift.layer))
    leaves = [given.pk] if given else []
    events.require_free(to, [shift], besides=leaves)
    if given:
        require(policies.may_serve(by, given.layer))
        events.require_free(by, [given], besides=[shift.pk])


def _lock(swap: Swap) -> tuple[Roster, Swap]:
    roster, _ = lock_shift(swap.shift)
    found = Swap.objects.select_related(
        "shift__layer__roster__unit", "shift__user", "given__layer__roster__unit", "given__user",
        "by", "to",
    )  # fmt: skip
    return roster, found.get(pk=swap.pk)


@transaction.atomic
def accept_swap(swap: Swap, *, by: User, at: datetime, note: str = "") -> Swap:
    """同意: the shifts change hands at once; the keeper hears of it."""
    roster, swap = _lock(swap)
    SWAP.take("accept", swap, by)
    require(policies.is_timely(swap, at))
    require(when(roster.active, "这张值班表已停用。"))
    _check(swap.shift, swap.given, swap.by, swap.to)
    events.give_shift(swap.shift, swap.to, Cause.SWAPPED, at)
    events.note_event(
        swap.shift, "swap", by=by, at=at, note=f"{swap.by} → {swap.to}：{swap.reason}"
    )
    if swap.given is not None:
        events.give_shift(swap.given, swap.by, Cause.SWAPPED, at)
        events.note_event(swap.given, "swap", by=by, at=at, note=f"{swap.to} → {swap.by}")
    _decide(roster, swap, "accept", by, at, note)
    count_troubles(roster, at)
    text = f"「{roster}」{swap.by}和{swap.to}换班：{swap.shift}"
    events.tell(
        keepers_of(roster), text, swap.get_absolute_url(), besides=by, kind=NoticeKind.RESULT
    )
    return swap


@transaction.atomic
def decline_swap(swap: Swap, *, by: User, at: datetime, note: str = "") -> Swap:
    """不同意: everything stays as it is."""
    roster, swap = _lock(swap)
    SWAP.take("decline", swap, by)
    _decide(roster, swap, "decline", by, at, note)
    return swap


@transaction.atomic
def withdraw_swap(swap: Swap, *, by: User, at: datetime) -> Swap:
    """收回, before the other has answered."""
    roster, swap = _lock(swap)
    SWAP.take("withdraw", swap, by)
    _decide(roster, swap, "withdraw", by, at)
    return swap


def lapse_swaps(at: datetime) -> int:
    """Swaps that nobody answered before a shift of them began."""
    overdue = Swap.objects.overdue(at).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    return sum(_lapse(pk, at) for pk in list(overdue))


@transaction.atomic
def _lapse(pk: int, at: datetime) -> int:
    roster, swap = _lock(Swap.objects.select_related("shift").get(pk=pk))
    if not SWAP.verdict("lapse", swap, None):
        return 0
    SWAP.take("lapse", swap, None)
    _decide(roster, swap, "lapse", None, at)
    return 1


def _decide(
    roster: Roster, swap: Swap, step: str, by: User | None, at: datetime, note: str = ""
) -> None:
    swap.decided_at, swap.note = at, note.strip()[:200]
    swap.save(update_fields=["status", "decided_at", "note"])
    detail = {"to": str(swap.to), "shift": str(swap.shift)}
    events.note(f"swap.{step}", roster, by=by, detail=detail)
    text = f"换班{swap.state.label}：{swap.shift}"
    told = [swap.by, swap.to] if step == "withdraw" else [swap.by]
    url = swap.get_absolute_url()
    events.tell(told, text, url, besides=by, kind=NoticeKind.RESULT)
