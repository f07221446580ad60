"""What every act on a docket has in common: the lock, the line in its history, the word to people."""

from collections.abc import Iterable
from datetime import date, datetime

from meice.audit.actions import Detail, record
from meice.impersonations.models import Impersonation, ImpersonationEvent
from meice.impersonations.workflow import IMPERSONATION
from meice.notices.actions import notify_all
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User, event_facts
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over


def lock_docket(docket: Impersonation) -> Impersonation:
    """The row as it is now, held until the transaction ends, with what the rules ask for."""
    list(Impersonation.objects.select_for_update().filter(pk=docket.pk).values_list("pk"))
    found = Impersonation.objects.select_related("unit").prefetch_related("reports", "referrals")
    return found.get(pk=docket.pk)


def take(docket: Impersonation, step: str, by: User) -> Impersonation:
    """Lock it and take the step in memory; raises `Refused` when the state or the rule says no."""
    docket = lock_docket(docket)
    IMPERSONATION.take(step, docket, by)
    return docket


def finish(
    docket: Impersonation,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    detail: Detail | None = None,
) -> None:
    """Save, and write the history and the audit of one act."""
    docket.version += 1
    docket.save()
    note_event(docket, act, by=by, at=at, note=note)
    told: Detail = {"number": docket.number, **(detail or {})}
    record(f"impersonation.{act}", docket, by=by, detail=told, unit_path=docket.unit_path)


def note_event(
    docket: Impersonation, act: str, *, by: User | None, at: datetime, note: str = ""
) -> ImpersonationEvent:
    """Who did what when, with the name and post of the moment."""
    facts = event_facts(act, by=by, at=at, note=note)
    return ImpersonationEvent.objects.create(impersonation=docket, **facts)


def department_of(unit: Unit) -> list[User]:
    """The publicity staff over the unit."""
    return people_over(Role.DEPARTMENT, unit)


def security_of(unit: Unit) -> list[User]:
    """保卫/信息化 over the unit: they take fraud to the police."""
    return people_over(Role.SECURITY, unit)


def reporters_of(docket: Impersonation) -> list[User]:
    """Who has reported it and signs in here, and who answers for the unit."""
    pks = [report.by_id for report in docket.reports.all() if report.by_id]
    known = list(User.objects.filter(pk__in=pks, is_active=True))
    return [*known, *people_over(Role.LEADER, docket.unit)]


def tell(
    people: Iterable[User],
    docket: Impersonation,
    text: str,
    *,
    besides: User | None = None,
    kind: NoticeKind = NoticeKind.TASK,
) -> int:
    """One line into the inbox of each, once; gives how many were told."""
    chosen = {person.pk: person for person in people if person.is_active}
    if besides is not None:
        chosen.pop(besides.pk, None)
    notify_all(chosen.values(), text=text, url=docket.get_absolute_url(), kind=kind)
    return len(chosen)


def day_words(day: date) -> str:
    """`2026年11月16日`."""
    return f"{day.year}年{day.month}月{day.day}日"
