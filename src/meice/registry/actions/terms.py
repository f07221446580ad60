"""Terms in working days, single days, routes: read by every act, set by the department."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.kernel.workdays import Workdays, calendar
from meice.orgs.models import Unit, User
from meice.registry import policies
from meice.registry.models import DayOverride, Route, Term, Way
from meice.registry.workflow import TERMS, TermName


def own_days() -> dict[date, bool]:
    """The days that this deployment has set itself: worked or off."""
    return dict(DayOverride.objects.values_list("day", "is_workday"))


def workdays() -> Workdays:
    """The published years with this deployment's own days over them."""
    return calendar(own_days())


def term_days(name: TermName) -> int:
    """This deployment's number of working days, else the default."""
    own = Term.objects.filter(name=name).values_list("days", flat=True).first()
    return own or TERMS[name][1]


def all_term_days() -> dict[TermName, int]:
    """The same for all terms, in one query."""
    own = dict(Term.objects.values_list("name", "days"))
    return {name: own.get(name.value) or TERMS[name][1] for name in TermName}


def due_after(name: TermName, at: datetime) -> date:
    """The last day of the term that begins with `at` (the first day is not counted)."""
    return workdays().after(timezone.localdate(at), term_days(name))


@dataclass(frozen=True, slots=True)
class Checking:
    """Who checks a unit's filings before the leader; `unit` None: nobody."""

    way: Way
    unit: Unit | None


def route_of(unit: Unit) -> Checking:
    """The unit's own route, else its nearest parent's; without any: direct."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    routes = Route.objects.filter(unit__path__in=paths).select_related("endorser")
    nearest = routes.order_by("-unit__depth").first()
    if nearest is None or nearest.way == Way.DIRECT:
        return Checking(Way.DIRECT, None)
    endorses = nearest.way == Way.ENDORSER
    return Checking(Way(nearest.way), nearest.endorser if endorses else unit)


@transaction.atomic
def set_term(name: TermName, days: int, *, by: User) -> Term:
    """`days` working days for one of the terms, from now on."""
    require(policies.may_set_terms(by))
    term, _ = Term.objects.update_or_create(name=name, defaults={"days": days})
    record("term.set", term, by=by, detail={"name": name, "days": days})
    return term


@transaction.atomic
def set_day(day: date, *, is_workday: bool, note: str, by: User) -> DayOverride:
    """A day of this deployment: worked or off, whatever the notice says."""
    require(policies.may_set_terms(by))
    values = {"is_workday": is_workday, "note": note}
    kept, _ = DayOverride.objects.update_or_create(day=day, defaults=values)
    record("workday.set", kept, by=by, detail={"day": day.isoformat(), "worked": is_workday})
    return kept


@transaction.atomic
def drop_day(day: DayOverride, *, by: User) -> None:
    """The published calendar holds again for this day."""
    require(policies.may_set_terms(by))
    record("workday.drop", day, by=by, detail={"day": day.day.isoformat()})
    day.delete()


@transaction.atomic
def set_route(unit: Unit, way: Way, *, endorser: Unit | None, by: User, at: datetime) -> Route:
    """What stands between this unit's drafts and its leader; filings under way keep theirs."""
    require(policies.may_set_route(by, unit))
    if (way == Way.ENDORSER) != (endorser is not None):
        raise Refused("会签须选一个会签单位，其他方式不选。")
    values = {"way": way, "endorser": endorser, "set_by": by, "set_at": at}
    route, _ = Route.objects.update_or_create(unit=unit, defaults=values)
    record("route.set", route, by=by, detail={"way": way}, unit_path=unit.path)
    return route
