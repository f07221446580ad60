"""Rosters, their layers and patterns: made, mended, put out of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from meice.audit.actions import Detail
from meice.duty import policies
from meice.duty.actions import events
from meice.duty.actions.filling import fill_locked, replan_locked
from meice.duty.actions.watching import count_troubles
from meice.duty.models import (
    Covers,
    Layer,
    LayerKind,
    Member,
    Pattern,
    Roster,
    Turn,
    Watch,
)
from meice.duty.rota import Hours
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User


@dataclass(frozen=True, slots=True)
class RosterTerms:
    """What is set on a roster; `keepers` may edit it besides the leader and the department."""

    name: str
    keepers: Sequence[User] = ()
    weeks_ahead: int = 4
    needs_handover: bool = True
    accept_hours: int = 2
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class PatternTerms:
    """Which days, how people take turns, the hours of a day, the people in their order."""

    covers: Covers
    turn: Turn
    start_on: date
    hours: Sequence[Hours]
    people: Sequence[User]


@transaction.atomic
def create_roster(unit: Unit, terms: RosterTerms, *, by: User, at: datetime) -> Roster:
    """An empty roster; layers and patterns follow."""
    require(policies.may_create_roster(by, unit))
    roster = Roster(unit=unit, made_by=by, made_at=at)
    _write(roster, terms)
    events.note("roster.create", roster, by=by, detail={"name": roster.name})
    return roster


@transaction.atomic
def edit_roster(roster: Roster, terms: RosterTerms, *, by: User, at: datetime) -> Roster:
    """Its name, keepers and terms."""
    roster = events.lock_roster(roster.pk)
    require(policies.may_edit_roster(by, roster))
    _write(roster, terms)
    count_troubles(roster, at)
    events.note("roster.edit", roster, by=by, detail={"name": roster.name})
    return roster


def _write(roster: Roster, terms: RosterTerms) -> None:
    for keeper in terms.keepers:
        require(policies.may_keep(keeper, roster.unit))
    roster.name = " ".join(terms.name.split())
    same = Roster.objects.filter(unit=roster.unit, name=roster.name, active=True)
    if same.exclude(pk=roster.pk).exists():
        raise Refused(f"「{roster.unit.called}」已有一张「{roster.name}」。")
    roster.weeks_ahead, roster.accept_hours = terms.weeks_ahead, terms.accept_hours
    roster.needs_handover, roster.is_open = terms.needs_handover, terms.is_open
    roster.version = roster.version + 1 if roster.pk else 1
    roster.save()
    roster.keepers.set(terms.keepers)


@transaction.atomic
def close_roster(roster: Roster, *, by: User, at: datetime) -> Roster:
    """Out of use: shifts not begun are taken off, what was stays."""
    roster = events.lock_roster(roster.pk)
    require(policies.may_close_roster(by, roster))
    replan_locked(roster, [], at, by=by, everything=True)
    roster.active, roster.troubles, roster.filled_until = False, 0, None
    roster.save(update_fields=["active", "troubles", "filled_until"])
    events.note("roster.close", roster, by=by, detail={"name": roster.name})
    return roster


@transaction.atomic
def reopen_roster(roster: Roster, *, by: User, at: datetime) -> Roster:
    """In use again, and filled."""
    roster = events.lock_roster(roster.pk)
    require(policies.may_reopen_roster(by, roster))
    others = Roster.objects.running().filter(unit=roster.unit, name=roster.name)
    if others.exists():
        raise Refused(f"已有一张在用的「{roster.name}」，先给它改名或停用。")
    roster.active = True
    roster.save(update_fields=["active"])
    fill_locked(roster, at)
    events.note("roster.reopen", roster, by=by, detail={"name": roster.name})
    return roster


@transaction.atomic
def add_layer(
    roster: Roster, name: str, kind: LayerKind, *, round_the_clock: bool, by: User, at: datetime
) -> Layer:
    """A row of people beside the others."""
    roster = events.lock_roster(roster.pk)
    require(policies.may_edit_roster(by, roster))
    last = Layer.objects.filter(roster=roster).aggregate(last=Max("place"))["last"] or 0
    layer = Layer(roster=roster, place=last + 1)
    _write_layer(layer, name, kind, round_the_clock)
    events.note("layer.add", roster, by=by, detail={"name": layer.name})
    return layer


@transaction.atomic
def edit_layer(
    layer: Layer, name: str, kind: LayerKind, *, round_the_clock: bool, by: User, at: datetime
) -> Layer:
    """Its name and what it is for."""
    roster = events.lock_roster(layer.roster_id)
    require(policies.may_edit_roster(by, roster))
    layer = Layer.objects.select_related("roster__unit").get(pk=layer.pk)
    _write_layer(layer, name, kind, round_the_clock)
    count_troubles(roster, at)
    events.note("layer.edit", roster, by=by, detail={"name": layer.name})
    return layer


def _write_layer(layer: Layer, name: str, kind: LayerKind, round_the_clock: bool) -> None:
    bare = " ".join(name.split())
    same = Layer.objects.filter(roster=layer.roster, name=bare).exclude(pk=layer.pk)
    if same.exists():
        raise Refused(f"已有班组「{bare}」。")
    layer.name, layer.kind, layer.round_the_clock = bare, kind, round_the_clock
    layer.save()


@transaction.atomic
def drop_layer(layer: Layer, *, by: User, at: datetime) -> None:
    """A layer that never had a shift."""
    roster = events.lock_roster(layer.roster_id)
    require(policies.may_drop_layer(by, layer))
    events.note("layer.drop", roster, by=by, detail={"name": layer.name})
    layer.delete()
    count_troubles(events.lock_roster(roster.pk), at)


@transaction.atomic
def set_pattern(
    layer: Layer, terms: PatternTerms, *, by: User, at: datetime, pattern: Pattern | None = None
) -> Pattern:
    """A new pattern, or the one that is there said anew; shifts not begun follow it, but those
    that people have changed or swapped stay."""
    roster = events.lock_roster(layer.roster_id)
    require(policies.may_edit_roster(by, roster))
    layer = Layer.objects.select_related("roster__unit").get(pk=layer.pk)
    _check(layer, terms, pattern)
    pattern = pattern or Pattern(layer=layer)
    pattern.covers, pattern.turn, pattern.start_on = terms.covers, terms.turn, terms.start_on
    pattern.save()
    pattern.watches.all().delete()
    Watch.objects.bulk_create(
        Watch(pattern=pattern, place=place, name=one.name, begins=one.begins, ends=one.ends)
        for place, one in enumerate(terms.hours, 1)
    )
    pattern.members.all().delete()
    Member.objects.bulk_create(
        Member(pattern=pattern, place=place, user=person)
        for place, person in enumerate(terms.people, 1)
    )
    replan_locked(roster, [layer], at, by=by)
    detail: Detail = {"name": f"{layer.name} {pattern}", "people": len(terms.people)}
    events.note("pattern.set", roster, by=by, detail=detail)
    return pattern


def _check(layer: Layer, terms: PatternTerms, pattern: Pattern | None) -> None:
    same = Pattern.objects.filter(layer=layer, covers=terms.covers)
    if same.exclude(pk=pattern.pk if pattern else 0).exists():
        raise Refused(f"{layer.name}已有适用于「{Covers(terms.covers).label}」的排法，请改那一条。")
    if not terms.hours:
        raise Refused("至少写一个班次。")
    if len({one.begins for one in terms.hours}) < len(terms.hours):
        raise Refused("两个班次的开始时间相同。")
    if len({person.pk for person in terms.people}) < len(terms.people):
        raise Refused("轮换顺序里有人写了两次。")
    for person in terms.people:
        require(policies.may_serve(person, layer))


@transaction.atomic
def drop_pattern(pattern: Pattern, *, by: User, at: datetime) -> None:
    """No more shifts by it; those that have begun stay."""
    roster = events.lock_roster(pattern.layer.roster_id)
    require(policies.may_edit_roster(by, roster))
    layer = pattern.layer
    detail = {"name": f"{layer.name} {pattern}"}
    pattern.delete()
    replan_locked(roster, [layer], at, by=by)
    events.note("pattern.drop", roster, by=by, detail=detail)
