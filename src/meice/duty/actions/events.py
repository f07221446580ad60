"""What every act of the room has in common: the lock, the line in the history, the word to people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from meice.audit.actions import Detail, record
from meice.duty.models import Member, Pattern, Roster, Shift, ShiftEvent, Watch
from meice.duty.rota import Hours, Rotation
from meice.kernel import slots
from meice.kernel.access import Refused
from meice.kernel.workdays import Workdays, calendar
from meice.notices.actions import notify_all
from meice.notices.models import NoticeKind
from meice.orgs.models import User, event_facts


def workdays() -> Workdays:
    """The published years with this deployment's own days over them."""
    return calendar({day: worked for each in slots.own_days for day, worked in each().items()})


def lock_roster(pk: int) -> Roster:
    """The roster as it is now, held until the transaction ends: whoever writes shifts of it, or
    swaps and notes about them, comes through here."""
    list(Roster.objects.select_for_update().filter(pk=pk).values_list("pk"))
    found = Roster.objects.select_related("unit").prefetch_related("keepers", "layers")
    return found.get(pk=pk)


def lock_people(*people: User | None) -> None:
    """Nobody else gives these people a shift until the transaction ends; after the roster's lock,
    always in the same order."""
    wanted = sorted({person.pk for person in people if person is not None})
    list(User.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))


def fresh_shift(pk: int) -> Shift:
    """A shift of a locked roster, with what the rules ask for."""
    found = Shift.objects.select_related("layer__roster__unit", "user", "planned")
    return found.prefetch_related("layer__roster__keepers", "swaps").get(pk=pk)


def clash_of(person: User, shifts: Iterable[Shift], besides: Iterable[int] = ()) -> Shift | None:
    """A shift that `person` has already at the same time as one of `shifts`, on any roster."""
    ours = list(shifts)
    kept = {shift.pk for shift in ours} | set(besides)
    for shift in ours:
        held = Shift.objects.filter(user=person).overlapping(shift.begins_at, shift.ends_at)
        found = held.exclude(pk__in=kept).select_related("layer__roster").first()
        if found is not None:
            return found
    return None


def require_free(person: User, shifts: Iterable[Shift], besides: Iterable[int] = ()) -> None:
    """Raise `Refused` when she would be on duty twice at once."""
    clash = clash_of(person, shifts, besides)
    if clash is not None:
        raise Refused(f"{person}那时已有一班：{clash.roster} {clash}（{clash.hours}）。")


def give_shift(shift: Shift, to: User | None, cause: str, at: datetime) -> None:
    """Write who has it and why."""
    shift.user, shift.cause, shift.changed_at = to, cause, at
    shift.version += 1
    shift.save(update_fields=["user", "cause", "changed_at", "version"])


def note_event(
    shift: Shift, act: str, *, by: User | None, at: datetime, note: str = ""
) -> ShiftEvent:
    """Who did what when, with the name and post of the moment."""
    return ShiftEvent.objects.create(shift=shift, **event_facts(act, by=by, at=at, note=note))


def note(act: str, roster: Roster, *, by: User | None, detail: Detail | None = None) -> None:
    """The audit line of an act on a roster."""
    record(act, roster, by=by, detail=detail, unit_path=roster.unit.path)


def tell(
    people: Iterable[User | None],
    text: str,
    url: str,
    *,
    besides: User | None = None,
    kind: NoticeKind = NoticeKind.TASK,
) -> int:
    """One line into the inbox of each, once; gives how many were told."""
    chosen = {person.pk: person for person in people if person is not None and person.is_active}
    if besides is not None:
        chosen.pop(besides.pk, None)
    if chosen:
        notify_all(chosen.values(), text=text, url=url, kind=kind)
    return len(chosen)


def rotation_of(pattern: Pattern, serving: set[int]) -> Rotation:
    """A pattern as the plan reads it; people who no longer serve keep their turn, with nobody."""
    return Rotation(
        covers=pattern.covers,  # type: ignore[arg-type]
        turn=pattern.turn,  # type: ignore[arg-type]
        start_on=pattern.start_on,
        hours=tuple(_hours(watch) for watch in pattern.watches.all()),
        people=tuple(_key(member, serving) for member in pattern.members.all()),
    )


def _hours(watch: Watch) -> Hours:
    return Hours(watch.name, watch.begins, watch.ends)


def _key(member: Member, serving: set[int]) -> int:
    return member.user_id if member.user_id in serving else 0


def shifts_of(roster: Roster, first: date, last: date) -> "QuerySet[Shift]":
    """The shifts of a roster on these days, with layer and person."""
    found = Shift.objects.of(roster).between(first, last)
    return found.select_related("layer", "user").order_by("begins_at", "layer__place", "pk")
