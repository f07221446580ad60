"""Shifts by the plan: filled ahead, planned anew. What has begun never changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from meice.audit.actions import Detail
from meice.duty import policies
from meice.duty.actions import events
from meice.duty.actions.watching import count_troubles
from meice.duty.models import (
    BY_HAND,
    Cause,
    Handover,
    Layer,
    Member,
    Roster,
    Shift,
    StandIn,
    people_of,
)
from meice.duty.rota import Planned, plan
from meice.kernel.access import Refused, require
from meice.kernel.workdays import Workdays
from meice.notices.models import NoticeKind
from meice.orgs.models import User

CHUNK = 500
LONGEST = timedelta(days=7 * 53)
TOLD_AHEAD = timedelta(days=28)


@transaction.atomic
def fill_roster(roster: Roster, until: date, *, by: User, at: datetime) -> int:
    """Shifts up to `until` where there are none yet; gives how many were added. Again: none."""
    roster = events.lock_roster(roster.pk)
    require(policies.may_edit_roster(by, roster))
    if until > timezone.localdate(at) + LONGEST:
        raise Refused("一次最多排到一年以后。")
    added = fill_locked(roster, at, until)
    events.note("roster.fill", roster, by=by, detail={"until": str(until), "rows": added})
    return added


@transaction.atomic
def replan_roster(roster: Roster, *, by: User, at: datetime) -> int:
    """按排法重排: shifts not begun follow the patterns and the calendar of now; gives how many
    changed. What people have changed or swapped stays."""
    roster = events.lock_roster(roster.pk)
    require(policies.may_edit_roster(by, roster))
    changed = replan_locked(roster, list(roster.layers.all()), at, by=by)
    events.note("roster.replan", roster, by=by, detail={"rows": changed})
    return changed


def fill_all(at: datetime) -> int:
    """Every running roster gets its weeks; each in a transaction of its own."""
    return sum(_fill_one(pk, at) for pk in Roster.objects.running().values_list("pk", flat=True))


@transaction.atomic
def _fill_one(pk: int, at: datetime) -> int:
    roster = events.lock_roster(pk)
    added = fill_locked(roster, at) if roster.active else 0
    if added:
        detail: Detail = {"until": str(roster.filled_until), "rows": added}
        events.note("roster.fill", roster, by=None, detail=detail)
    return added


def fill_locked(roster: Roster, at: datetime, until: date | None = None) -> int:
    """The same, of a locked roster; without `until`: its weeks ahead."""
    today = timezone.localdate(at)
    last = until or today + timedelta(weeks=roster.weeks_ahead)
    planned = _Plan(roster, at, last)
    missing = [one for layer in roster.layers.all() for one in planned.missing(layer)]
    _add(missing, at)
    roster.filled_until = max(last, roster.filled_until or last)
    roster.save(update_fields=["filled_until"])
    count_troubles(roster, at)
    return len(missing)


def replan_locked(
    roster: Roster, layers: Sequence[Layer], at: datetime, *, by: User, everything: bool = False
) -> int:
    """Shifts not begun of `layers` as the plan has them now; `everything`: none is left."""
    today = timezone.localdate(at)
    last = max(roster.filled_until or today, today + timedelta(weeks=roster.weeks_ahead))
    chosen = list(roster.layers.all()) if everything else list(layers)
    before = _ahead(chosen, at)
    planned = _Plan(roster, at, last, besides=_to_plan(before))
    bound = _bound(chosen)
    gone, added, touched = [], [], []
    for layer in chosen:
        wanted = {} if everything else planned.wanted(layer)
        kept = before[layer.pk]
        for shift in kept.values():
            match = wanted.pop(shift.begins_at, None)
            if match is None:
                free = everything or shift.cause not in BY_HAND
                gone += [shift] if free and shift.pk not in bound else []
            elif shift.cause not in BY_HAND:
                touched += [shift] if planned.follow(shift, match) else []
        added += [planned.row(layer, one) for one in wanted.values()]
        added += [] if everything else planned.running(layer)
    people = {shift.user for shift in gone} | {shift.user for shift in added}
    people |= {person for shift in touched for person in (shift.user, planned.former[shift.pk])}
    _drop(gone)
    _add(added, at)
    for shift in touched:
        events.give_shift(shift, shift.user, shift.cause, at)
        shift.save(
            update_fields=[
                "ends_at",
                "minutes",
                "watch",
                "is_night",
                "planned",
                "day_kind",
                "day_known",
            ]
        )
        events.note_event(shift, "replan", by=by, at=at)
    if not everything:
        roster.filled_until = last
        roster.save(update_fields=["filled_until"])
        count_troubles(roster, at)
    _tell_changed(roster, people, by, gone, touched)
    return len(gone) + len(added) + len(touched)


def _ahead(layers: Iterable[Layer], at: datetime) -> dict[int, dict[datetime, Shift]]:
    """Shifts not begun, by layer and begin."""
    found: dict[int, dict[datetime, Shift]] = defaultdict(dict)
    rows = Shift.objects.filter(layer__in=layers, begins_at__gt=at)
    for shift in rows.select_related("layer", "user").prefetch_related("swaps"):
        found[shift.layer_id][shift.begins_at] = shift
    return found


def _to_plan(before: dict[int, dict[datetime, Shift]]) -> set[int]:
    """Shifts that the plan is about to write: they keep nobody busy."""
    rows = (shift for of_layer in before.values() for shift in of_layer.values())
    return {shift.pk for shift in rows if shift.cause not in BY_HAND}


def _bound(layers: Iterable[Layer]) -> set[int]:
    """Shifts that a note already hands over to."""
    notes = Handover.objects.filter(next_shift__layer__in=layers)
    return set(notes.values_list("next_shift", flat=True))


def _drop(shifts: Sequence[Shift]) -> None:
    for start in range(0, len(shifts), CHUNK):
        keys = [shift.pk for shift in shifts[start : start + CHUNK]]
        Shift.objects.filter(pk__in=keys).delete()


def _add(shifts: Sequence[Shift], at: datetime) -> None:
    for shift in shifts:
        shift.changed_at = at
    Shift.objects.bulk_create(shifts, batch_size=CHUNK)


def _tell_changed(
    roster: Roster,
    people: Iterable[User | None],
    by: User,
    gone: Sequence[Shift],
    touched: Sequence[Shift],
) -> None:
    """Only people who had counted on something are told: a first plan tells nobody."""
    if gone or touched:
        text = f"「{roster}」按排法重排了，请看看你的班次"
        url = roster.get_absolute_url()
        events.tell(people, text, url, besides=by, kind=NoticeKind.RESULT)


class _Plan:
    """The plan of a roster from a moment on to a day, with stand-ins, and what is there already."""

    def __init__(
        self, roster: Roster, at: datetime, last: date, besides: Set[int] = frozenset()
    ) -> None:
        self.at, self.last = at, last
        self.first = timezone.localdate(at) - timedelta(days=1)
        self.calendar: Workdays = events.workdays()
        serving = people_of(roster.unit)
        self.people = {person.pk: person for person in serving.filter(pk__in=_named(roster))}
        self.layers = {layer.pk: layer for layer in _with_patterns(roster)}
        self.stand_ins = list(
            StandIn.objects.filter(roster=roster, ended_at=None, last_day__gte=self.first)
        )
        self.busy: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        held = Shift.objects.filter(user__in=self.people, ends_at__gt=at)
        for pk, user, begins, ends in held.values_list("pk", "user", "begins_at", "ends_at"):
            if pk not in besides:
                self.busy[user].append((begins, ends))
        self.former: dict[int, User | None] = {}

    def wanted(self, layer: Layer) -> dict[datetime, Planned]:
        """The shifts of the plan that begin after the moment, by their begin."""
        return {one.begins_at: one for one in self._all(layer) if one.begins_at > self.at}

    def missing(self, layer: Layer) -> Iterator[Shift]:
        """Rows for what the plan has and the database has not: the running shift and later ones."""
        there = set(
            Shift.objects.filter(layer=layer, day__gte=self.first).values_list(
                "begins_at", flat=True
            )
        )
        for one in self._all(layer):
            if one.begins_at not in there and one.begins_at > self.at:
                yield self.row(layer, one)
        yield from self.running(layer)

    def running(self, layer: Layer) -> list[Shift]:
        """A row for now, where nobody is on duty yet: a shift that runs is never touched."""
        now = [one for one in self._all(layer) if one.begins_at <= self.at < one.ends_at]
        if not now or Shift.objects.filter(layer=layer).at(self.at).exists():
            return []
        there = Shift.objects.filter(layer=layer, begins_at=now[-1].begins_at)
        return [] if there.exists() else [self.row(layer, now[-1])]

    def _all(self, layer: Layer) -> Iterator[Planned]:
        found = self.layers[layer.pk]
        rotations = [events.rotation_of(one, set(self.people)) for one in found.patterns.all()]
        return plan(rotations, self.calendar, self.first, self.last)

    def row(self, layer: Layer, one: Planned) -> Shift:
        """A shift as the plan has it, not saved."""
        shift = Shift(layer=layer, day=one.day, begins_at=one.begins_at)
        self._write(shift, one)
        return shift

    def follow(self, shift: Shift, one: Planned) -> bool:
        """Make `shift` what the plan says; True when that changed anything."""
        before = (shift.user_id, shift.ends_at, shift.watch, shift.planned_id, shift.day_kind)
        self.former[shift.pk] = shift.user
        self._write(shift, one)
        after = (shift.user_id, shift.ends_at, shift.watch, shift.planned_id, shift.day_kind)
        return before != after

    def _write(self, shift: Shift, one: Planned) -> None:
        planned = self.people.get(one.person or 0)
        shift.watch, shift.ends_at, shift.is_night = one.watch, one.ends_at, one.is_night
        shift.minutes = int((one.ends_at - one.begins_at).total_seconds() // 60)
        shift.day_kind, shift.day_known = one.kind, self.calendar.knows(one.day)
        shift.planned = planned
        person = self._stand_in(planned, one.day) or planned
        shift.cause = Cause.PLANNED if person == planned else Cause.STAND_IN
        shift.user = person if person and self._take(person, one) else None

    def _stand_in(self, planned: User | None, day: date) -> User | None:
        for each in self.stand_ins:
            if planned and each.absent_id == planned.pk and each.first_day <= day <= each.last_day:
                return self.people.get(each.user_id)
        return None

    def _take(self, person: User, one: Planned) -> bool:
        """Free at that time? Then it is hers; nobody is put on duty twice at once."""
        spans = self.busy[person.pk]
        if any(begins < one.ends_at and ends > one.begins_at for begins, ends in spans):
            return False
        spans.append((one.begins_at, one.ends_at))
        return True


def _named(roster: Roster) -> set[int]:
    members = Member.objects.filter(pattern__layer__roster=roster).values_list("user", flat=True)
    stands = StandIn.objects.filter(roster=roster, ended_at=None).values_list("user", flat=True)
    return {*members, *stands}


def _with_patterns(roster: Roster) -> Iterable[Layer]:
    members = Prefetch("patterns__members", queryset=Member.objects.order_by("place"))
    return Layer.objects.filter(roster=roster).prefetch_related("patterns__watches", members)
