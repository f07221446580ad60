"""Hours of the ladder and notable days: read by every round, set by the department."""

from django.db import transaction

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.patrols import policies
from meice.patrols.models import NotableDay, PatrolTerm
from meice.patrols.rhythm import COMMON_DAYS, Notable
from meice.patrols.workflow import TERMS, TermName

LEAP_YEAR = 2024


def all_terms() -> dict[TermName, int]:
    """Every term of this deployment, in hours. One query."""
    own = dict(PatrolTerm.objects.values_list("name", "hours"))
    return {name: own.get(name.value, TERMS[name][1]) for name in TermName}


def notable_days() -> list[Notable]:
    """The days that the department has listed."""
    return [day.plain for day in NotableDay.objects.all()]


@transaction.atomic
def set_term(name: TermName, hours: int, *, by: User) -> PatrolTerm:
    """So many hours, for rounds that open from now on."""
    require(policies.may_set_terms(by))
    term, _ = PatrolTerm.objects.update_or_create(name=name, defaults={"hours": hours})
    record("patrol.set_term", term, by=by, detail={"name": name, "hours": hours})
    return term


@transaction.atomic
def add_day(day: Notable, *, by: User) -> NotableDay:
    """One more notable day; the same twice is one. Raises `Refused` for a day that is none."""
    require(policies.may_set_terms(by))
    name = "".join(day.name.split())[:40]
    if not name:
        raise Refused("重要日子须有名称。")
    if day.on(day.year or LEAP_YEAR) is None:
        raise Refused(f"{day.month}月{day.day}日不是一个日子。")
    kept, _ = NotableDay.objects.get_or_create(
        name=name, month=day.month, day=day.day, year=day.year or 0
    )
    record("patrol.add_day", kept, by=by, detail={"name": str(kept)})
    return kept


@transaction.atomic
def add_common_days(*, by: User) -> int:
    """The days everybody knows; gives how many are listed now."""
    for day in COMMON_DAYS:
        add_day(day, by=by)
    return NotableDay.objects.count()


@transaction.atomic
def drop_day(day: NotableDay, *, by: User) -> None:
    """No rounds before it any more."""
    require(policies.may_set_terms(by))
    record("patrol.drop_day", day, by=by, detail={"name": str(day)})
    day.delete()
