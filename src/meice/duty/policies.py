"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from datetime import date, datetime, timedelta

from meice.duty.models import (
    Handover,
    Layer,
    LayerKind,
    Roster,
    Shift,
    StandIn,
    Swap,
    people_of,
)
from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right

KEEPERS_ONLY = "由这张值班表的排班人、单位主管领导或宣传部办理。"
LEADERS_ONLY = "值班表由单位主管领导或宣传部新建和停用。"
OVER = "这一班已经结束，不能再改。"
NOT_HERS = "这一班不是你的。"
WRITE_BEFORE = timedelta(hours=4)
CALL_BEFORE = timedelta(days=1)
SERVING_RIGHTS = (
    Right.DRAFT_BUSINESS,
    Right.REVIEW_BUSINESS,
    Right.CONFIRM_BUSINESS,
    Right.DECIDE_BUSINESS,
    Right.VERIFY_SECURITY,
)


def may_create_roster(by: User, unit: Unit | None = None) -> Verdict:
    """A new roster of a unit: its leader, or the department."""
    held = by.has(Right.CONFIRM_BUSINESS, unit) or by.has(Right.DECIDE_BUSINESS, unit)
    return when(held, LEADERS_ONLY)


def may_close_roster(by: User, roster: Roster) -> Verdict:
    """Out of use; nothing more is planned."""
    return may_create_roster(by, roster.unit) & when(roster.active, "已经停用。")


def may_reopen_roster(by: User, roster: Roster) -> Verdict:
    """Back into use."""
    return may_create_roster(by, roster.unit) & when(not roster.active, "正在使用。")


def may_edit_roster(by: User, roster: Roster) -> Verdict:
    """Its settings, layers, patterns and shifts: its keepers, the leader, the department."""
    return _keeps(by, roster) & when(roster.active, "这张值班表已停用。")


def _keeps(by: User, roster: Roster) -> Verdict:
    if may_create_roster(by, roster.unit):
        return ALLOWED
    named = any(keeper.pk == by.pk for keeper in roster.keepers.all())
    return when(named and serves_now(by), KEEPERS_ONLY)


def serves_now(by: User) -> bool:
    """Does her chosen post go on duty at all? An auditor's or administrator's does not."""
    return any(by.has(right) for right in SERVING_RIGHTS)


def may_keep(person: User, unit: Unit) -> Verdict:
    """Be a keeper: somebody who works in the unit or above it."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    here = people_of(unit).filter(pk=person.pk).exists()
    above = Post.objects.current().filter(user=person, unit__path__in=paths, role="department")
    return when(here or above.exists(), f"{person}不在「{unit.called}」任职，不能当排班人。")


def may_serve(person: User, layer: Layer) -> Verdict:
    """Be on duty in a layer: with a post of the unit; a student does not lead."""
    unit = layer.roster.unit
    here = when(
        people_of(unit).filter(pk=person.pk).exists(),
        f"{person}在「{unit.called}」没有可以值班的岗位。",
    )
    if not here or layer.kind != LayerKind.LEADER:
        return here
    posts = Post.objects.current().filter(user=person, is_student=False)
    return when(posts.filter(unit__path__startswith=unit.path).exists(), "学生不能带班。")


def may_drop_layer(by: User, layer: Layer) -> Verdict:
    """Only one that never had a shift: the record of who was on duty stays."""
    return may_edit_roster(by, layer.roster) & when(
        not layer.shifts.exists(),
        "这个班组已有值班记录，不能删除；删去它的排法就不再排班。",
    )


def may_change_shift(by: User, shift: Shift, at: datetime) -> Verdict:
    """Another person, with a reason; one that is running is split at the moment."""
    return may_edit_roster(by, shift.roster) & when(not shift.is_over(at), OVER)


def may_ask_swap(by: User, shift: Shift, at: datetime) -> Verdict:
    """Her own shift, before it begins, one question at a time."""
    return (
        when(shift.user_id == by.pk and serves_now(by), NOT_HERS)
        & when(shift.roster.active, "这张值班表已停用。")
        & when(not shift.has_begun(at), "这一班已经开始，不能再换；有急事请排班人中途换人。")
        & when(
            not any(swap.status == "asked" for swap in shift.swaps.all()),
            "已经在请人换这一班，等对方答复或先收回。",
        )
    )


def may_accept_swap(swap: Swap, by: User) -> Verdict:
    """Who was asked; both shifts must still be with the two."""
    kept = swap.shift.user_id == swap.by_id and (
        swap.given is None or swap.given.user_id == swap.to_id
    )
    return may_decline_swap(swap, by) & when(kept, "排班已经变了，这次换班不成立了。")


def may_decline_swap(swap: Swap, by: User) -> Verdict:
    """Who was asked."""
    return when(swap.to_id == by.pk and serves_now(by), f"这次换班请的是{swap.to}，由本人答复。")


def may_withdraw_swap(swap: Swap, by: User) -> Verdict:
    """Who asked."""
    return when(swap.by_id == by.pk and serves_now(by), f"这次换班是{swap.by}提的，由本人收回。")


def may_lapse_swap(_swap: Swap, by: User | None) -> Verdict:
    """The clock alone."""
    return when(by is None, "到时没有答复的换班自动过期。")


def is_timely(swap: Swap, at: datetime) -> Verdict:
    """Neither shift has begun."""
    begun = swap.shift.has_begun(at) or (swap.given is not None and swap.given.has_begun(at))
    return when(not begun, "这一班已经开始，不能再换。")


def may_write_handover(by: User, shift: Shift, next_shift: Shift | None, at: datetime) -> Verdict:
    """Who is or was on duty, from four hours before the end; somebody else must follow."""
    return (
        when(shift.user_id == by.pk and serves_now(by), "交班记录由这一班的值班人写。")
        & when(shift.roster.needs_handover, "这张值班表不要求交接班。")
        & when(at >= shift.ends_at - WRITE_BEFORE, "还没到交班的时候，结束前 4 小时起可以写。")
        & _is_followed(shift, next_shift)
    )


def _is_followed(shift: Shift, next_shift: Shift | None) -> Verdict:
    if next_shift is None or next_shift.user_id is None:
        return refused("下一班还没有人，请排班人先排上。")
    return when(next_shift.user_id != shift.user_id, "下一班还是你，不用交班。")


def may_accept_handover(handover: Handover, by: User) -> Verdict:
    """Who is on duty next."""
    taker = handover.next_shift.user
    words = f"由下一班的{taker}接班。" if taker else "下一班还没有人，请排班人先排上。"
    return when(taker is not None and taker.pk == by.pk and serves_now(by), words)


def may_return_handover(handover: Handover, by: User) -> Verdict:
    """The same."""
    return may_accept_handover(handover, by)


def may_amend_handover(handover: Handover, by: User) -> Verdict:
    """Who wrote it."""
    return when(handover.by_id == by.pk and serves_now(by), "由写记录的人补充。")


def may_close_item(by: User, layer: Layer, at: datetime) -> Verdict:
    """办结: who is on duty there now or keeps the roster."""
    on_now = Shift.objects.filter(layer=layer, user=by).at(at).exists()
    if on_now and serves_now(by):
        return ALLOWED
    return when(bool(_keeps(by, layer.roster)), "由正在值班的人或排班人办结。")


def may_end_stand_in(by: User, stand_in: StandIn, today: date) -> Verdict:
    """While it lasts."""
    lasts = stand_in.ended_at is None and stand_in.last_day >= today
    return may_edit_roster(by, stand_in.roster) & when(lasts, "这次代班已经结束。")


def may_see_number(by: User, shift: Shift, at: datetime) -> Verdict:
    """To call whoever is on duty now or will be within a day; the row must be shown to her."""
    calls = by.has(Right.SEE_NUMBERS) or by.has(Right.VERIFY_SECURITY)
    near = not shift.is_over(at) and shift.begins_at <= at + CALL_BEFORE
    return when(calls, "你现在的岗位不需要看手机号。") & when(
        near, "只能看正在值班和一天内要值班的人的手机号。"
    )


def may_export(by: User) -> Verdict:
    """A month as `.xlsx` (no numbers in it): whoever sees the roster."""
    held = by.has(Right.SEE_BUSINESS) or by.has(Right.SEE_SECURITY)
    return when(held, "你现在的岗位不能导出值班表。")


def may_subscribe(by: User) -> Verdict:
    """A calendar of one's own shifts: people who go on duty."""
    return when(serves_now(by), "日历订阅给要值班的人用，你现在的岗位不值班。")
