"""What every act on a round has in common: the lock, the line in its history, the word to people."""

from collections.abc import Iterable
from datetime import datetime

from meice.audit.actions import Detail, record
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User, event_facts
from meice.orgs.roles import Role
from meice.patrols.models import Round, RoundEvent
from meice.patrols.workflow import ROUND
from meice.registry.actions.people import people_over


def lock_round(round: Round) -> Round:
    """The row as it is now, held until the transaction ends, with what the rules ask for."""
    list(Round.objects.select_for_update().filter(pk=round.pk).values_list("pk"))
    found = Round.objects.select_related("unit", "checklist").prefetch_related("people")
    return found.get(pk=round.pk)


def take(round: Round, step: str, by: User | None) -> Round:
    """Lock it and take the step in memory; raises `Refused` when the state or the rule says no."""
    round = lock_round(round)
    ROUND.take(step, round, by)
    return round


def finish(
    round: Round,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    detail: Detail | None = None,
) -> None:
    """Save, and write the history and the audit of one act."""
    round.version += 1
    round.save()
    note_event(round, act, by=by, at=at, note=note)
    record(f"round.{act}", round, by=by, detail=detail, unit_path=round.unit_path)


def note_event(
    round: Round, act: str, *, by: User | None, at: datetime, note: str = ""
) -> RoundEvent:
    """Who did what when, with the name and post of the moment."""
    return RoundEvent.objects.create(round=round, **event_facts(act, by=by, at=at, note=note))


def patrollers_of(unit: Unit) -> list[User]:
    """Who walks for a unit that has named nobody: its operators, else the department over it."""
    return people_over(Role.OPERATOR, unit) or people_over(Role.DEPARTMENT, unit)


def leaders_of(unit: Unit) -> list[User]:
    """Who answers for the unit."""
    return people_over(Role.LEADER, unit)


def department_of(unit: Unit) -> list[User]:
    """The publicity staff over the unit."""
    return people_over(Role.DEPARTMENT, unit)


def tell(
    people: Iterable[User],
    round: Round,
    text: str,
    *,
    besides: User | None = None,
    kind: NoticeKind = NoticeKind.TASK,
) -> int:
    """One line into the inbox of each, once; gives how many were told."""
    chosen = {person.pk: person for person in people if person.is_active}
    if besides is not None:
        chosen.pop(besides.pk, None)
    for person in chosen.values():
        notify(person, text=text, url=round.get_absolute_url(), kind=kind)
    return len(chosen)


def names_of(people: Iterable[User]) -> str:
    """`何嘉敏、陈希`."""
    return "、".join(person.name for person in people)
