"""Shifts given to another person: by the keeper, for an absence, when somebody leaves."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from meice.audit.actions import Detail
from meice.duty import policies
from meice.duty.actions import events
from meice.duty.actions.watching import count_troubles
from meice.duty.gaps import day_words
from meice.duty.models import Cause, Handover, Layer, Member, Roster, Shift, StandIn
from meice.duty.rota import is_night
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.notices.models import NoticeKind
from meice.orgs.models import User


def lock_shift(shift: Shift) -> tuple[Roster, Shift]:
    """The roster is locked first, as everywhere."""
    pk = Shift.objects.filter(pk=shift.pk).values_list("layer__roster", flat=True).first()
    if pk is None:
        raise Refused("这一班已被重排删去，请回到日历看现在的排班。")
    return events.lock_roster(pk), events.fresh_shift(shift.pk)


@transaction.atomic
def change_shift(shift: Shift, *, to: User, reason: str, by: User, at: datetime) -> Shift:
    """调班: another person has it, with a reason. A running shift is split at the moment: who was
    there until now stays on record. Gives the shift that is `to`'s."""
    roster, shift = lock_shift(shift)
    require(policies.may_change_shift(by, shift, at))
    require(policies.may_serve(to, shift.layer))
    if not reason.strip():
        raise Refused("调班须写明原因。")
    if shift.user_id == to.pk:
        raise Refused(f"这一班本来就是{to}的。")
    before = shift.user
    events.lock_people(before, to)
    events.require_free(to, [shift])
    note = f"{before or '空班'} → {to}：{reason.strip()[:200]}"
    if shift.has_begun(at):
        shift = _split(shift, at)
        events.note_event(shift, "split", by=by, at=at, note=note)
    else:
        events.note_event(shift, "change", by=by, at=at, note=note)
    events.give_shift(shift, to, Cause.CHANGED, at)
    count_troubles(roster, at)
    detail = {"from": str(before or ""), "to": str(to), "shift": str(shift)}
    events.note("shift.change", roster, by=by, detail=detail)
    _tell_both(shift, before, to, by)
    return shift


def _tell_both(shift: Shift, before: User | None, to: User, by: User) -> None:
    where = f"{shift.roster} {shift}（{shift.hours}）"
    url = shift.get_absolute_url()
    events.tell([to], f"调到你值班：{where}", url, besides=by)
    events.tell([before], f"这一班改由{to}值：{where}", url, besides=by, kind=NoticeKind.RESULT)


def _split(shift: Shift, at: datetime) -> Shift:
    """End it now and begin another of the same layer; a note already written goes on from there."""
    moment = at.replace(second=0, microsecond=0)
    if moment <= shift.begins_at:
        return shift
    rest = Shift(
        layer=shift.layer, day=timezone.localdate(moment), watch=shift.watch, begins_at=moment,
        ends_at=shift.ends_at, day_kind=shift.day_kind, day_known=shift.day_known,
        planned=shift.planned, changed_at=at,
    )  # fmt: skip
    shift.ends_at, shift.changed_at = moment, at
    for part in (shift, rest):
        part.minutes = int((part.ends_at - part.begins_at).total_seconds() // 60)
        part.is_night = is_night(part.begins_at, part.ends_at)
    shift.version += 1
    shift.save(update_fields=["ends_at", "minutes", "is_night", "changed_at", "version"])
    rest.save()
    Handover.objects.filter(shift=shift).exclude(status="accepted").update(next_shift=rest)
    return rest


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is away, who stands in, on which days, why."""

    absent: User
    stand_in: User
    first_day: date
    last_day: date
    reason: str


@transaction.atomic
def arrange_stand_in(roster: Roster, absence: Absence, *, by: User, at: datetime) -> StandIn:
    """代班: all her shifts of these days that have not begun, and those planned later."""
    roster = events.lock_roster(roster.pk)
    require(policies.may_edit_roster(by, roster))
    _check_absence(roster, absence, timezone.localdate(at))
    events.lock_people(absence.absent, absence.stand_in)
    shifts = list(_hers(roster, absence.absent, absence.first_day, absence.last_day, at))
    for layer in {shift.layer_id: shift.layer for shift in shifts}.values():
        require(policies.may_serve(absence.stand_in, layer))
    events.require_free(absence.stand_in, shifts)
    made = StandIn.objects.create(
        roster=roster, absent=absence.absent, user=absence.stand_in, first_day=absence.first_day,
        last_day=absence.last_day, reason=absence.reason.strip()[:200], made_by=by, made_at=at,
    )  # fmt: skip
    for shift in shifts:
        events.give_shift(shift, absence.stand_in, Cause.STAND_IN, at)
        note = f"{absence.absent} → {absence.stand_in}：{made.reason}"
        events.note_event(shift, "stand_in", by=by, at=at, note=note)
    count_troubles(roster, at)
    detail: Detail = {"from": str(absence.absent), "to": str(absence.stand_in), "rows": len(shifts)}
    events.note("stand-in.arrange", roster, by=by, detail=detail)
    days = f"{day_words(absence.first_day)}至{day_words(absence.last_day)}"
    text = f"「{roster}」{days}由{absence.stand_in}代{absence.absent}值班，共 {len(shifts)} 班"
    people = [absence.stand_in, absence.absent]
    events.tell(people, text, roster.get_absolute_url(), besides=by)
    return made


def _check_absence(roster: Roster, absence: Absence, today: date) -> None:
    if absence.absent == absence.stand_in:
        raise Refused("代班人不能是本人。")
    if absence.last_day < absence.first_day:
        raise Refused("结束日期须不早于开始日期。")
    if absence.last_day < today:
        raise Refused("这几天已经过去。")
    if not absence.reason.strip():
        raise Refused("代班须写明原因。")
    require(policies.may_serve(absence.stand_in, _any_layer(roster)))
    others = StandIn.objects.filter(
        roster=roster, absent=absence.absent, ended_at=None, first_day__lte=absence.last_day,
        last_day__gte=absence.first_day,
    )  # fmt: skip
    if others.exists():
        raise Refused(f"这几天已安排了人代{absence.absent}值班，先结束那一次。")


def _any_layer(roster: Roster) -> Layer:
    layers = list(roster.layers.all())
    if not layers:
        raise Refused("这张值班表还没有班组。")
    return layers[-1]


def _hers(roster: Roster, person: User, first: date, last: date, at: datetime) -> "QuerySet[Shift]":
    rows = Shift.objects.of(roster).between(first, last).filter(user=person, begins_at__gt=at)
    return rows.select_related("layer__roster__unit", "user")


@transaction.atomic
def end_stand_in(stand_in: StandIn, *, by: User, at: datetime) -> StandIn:
    """From now on she has her own shifts again, where she is free."""
    roster = events.lock_roster(stand_in.roster_id)
    stand_in = StandIn.objects.select_related("roster__unit", "absent", "user").get(pk=stand_in.pk)
    require(policies.may_end_stand_in(by, stand_in, timezone.localdate(at)))
    stand_in.ended_at = at
    stand_in.save(update_fields=["ended_at"])
    events.lock_people(stand_in.absent, stand_in.user)
    rows = _hers(roster, stand_in.user, stand_in.first_day, stand_in.last_day, at)
    back = 0
    for shift in rows.filter(cause=Cause.STAND_IN, planned=stand_in.absent):
        if events.clash_of(stand_in.absent, [shift]) is None:
            events.give_shift(shift, stand_in.absent, Cause.PLANNED, at)
            events.note_event(shift, "return", by=by, at=at, note=f"→ {stand_in.absent}")
            back += 1
    count_troubles(roster, at)
    detail: Detail = {"from": str(stand_in.user), "to": str(stand_in.absent), "rows": back}
    events.note("stand-in.end", roster, by=by, detail=detail)
    text = f"「{roster}」{stand_in.user}代{stand_in.absent}值班已结束，{back} 班由{stand_in.absent}本人值"
    events.tell([stand_in.absent, stand_in.user], text, roster.get_absolute_url(), besides=by)
    return stand_in


@dataclass(frozen=True, slots=True)
class Stake:
    """What a leaving person has on one roster: shifts ahead, places in the order, keeping it."""

    roster: Roster
    person: User
    shifts: int

    @property
    def pk(self) -> int:
        """What names it on the leaving form: she has one stake on a roster."""
        return self.roster.pk

    def __str__(self) -> str:
        return f"{self.roster.unit.called} {self.roster}（还有 {self.shifts} 班）"


def stakes_of(person: User) -> list[Stake]:
    """The rosters on which she still counts."""
    at = now()
    ahead = Shift.objects.filter(user=person, begins_at__gt=at)
    members = Member.objects.filter(user=person).values("pattern__layer__roster")
    wanted = (
        Q(pk__in=ahead.values("layer__roster"))
        | Q(pk__in=members)
        | Q(pk__in=Roster.objects.kept_by(person).values("pk"))
    )
    rosters = Roster.objects.filter(wanted, active=True).select_related("unit").order_by("pk")
    return [Stake(roster, person, ahead.of(roster).count()) for roster in rosters]


def move_stake(stake: Stake, to: User, by: User) -> None:
    """All of it goes to another, inside the caller's transaction; where she is on duty already
    the shift stays empty, and its keeper hears of it."""
    at, roster = now(), events.lock_roster(stake.roster.pk)
    require(policies.may_serve(to, _any_layer(roster)))
    events.lock_people(stake.person, to)
    rows = Shift.objects.of(roster).filter(user=stake.person, begins_at__gt=at)
    for shift in rows.select_related("layer__roster"):
        free = events.clash_of(to, [shift]) is None
        events.give_shift(shift, to if free else None, Cause.CHANGED, at)
        note = f"{stake.person} → {to if free else '空班'}"
        events.note_event(shift, "move", by=by, at=at, note=note)
    for member in Member.objects.filter(user=stake.person, pattern__layer__roster=roster):
        if Member.objects.filter(pattern=member.pattern_id, user=to).exists():
            member.delete()
        else:
            member.user = to
            member.save(update_fields=["user"])
    if any(keeper.pk == stake.person.pk for keeper in roster.keepers.all()):
        roster.keepers.remove(stake.person)
        roster.keepers.add(to)
    count_troubles(events.lock_roster(roster.pk), at)
    events.note("roster.move", roster, by=by, detail={"from": str(stake.person), "to": str(to)})
