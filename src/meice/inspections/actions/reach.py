"""Can the site be opened? Tries over the day, and what a week of them tells (`unreachable`).

国办秘函〔2019〕19号: over one week, 20 tries a day at intervals; unreachable when 5 % or more of them
do not open within 15 seconds. A try that can say nothing of the site is left out of the count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meice.inspections.actions.sightings import Look, Noted, Sighting, note_sightings
from meice.inspections.models import Attempt, Finding, Schedule, Severity
from meice.registry.models import Outlet

UNREACHABLE = "unreachable"
KEPT = timedelta(days=30)
DAYS = 7
VOID_AT = 3
"""A round in which none of so many sites opened says that our own line is down."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try of one site: `opened` None when it says nothing."""

    outlet: Outlet
    opened: bool | None
    seconds: float = 0.0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The numbers of the rule set."""

    days: int = DAYS
    tries_a_day: int = 20
    seconds: float = 15.0
    share: float = 0.05
    rule: str = "参照国办秘函〔2019〕19号"


@dataclass(frozen=True, slots=True)
class Week:
    """What the tries of a week say: enough of them, and how many did not open."""

    known: int
    failed: int
    unknown: int
    is_enough: bool

    @property
    def share(self) -> float:
        """Of the tries that say something, those that did not open."""
        return self.failed / self.known if self.known else 0.0


def watched_sites() -> list[Outlet]:
    """Sites of the active schedules that ask for tries, each once."""
    found: dict[int, Outlet] = {}
    schedules = Schedule.objects.filter(is_active=True, watches_reach=True).select_related("unit")
    for schedule in schedules:
        for site in schedule.sites().select_related("unit"):
            found[site.pk] = site
    return [found[pk] for pk in sorted(found)]


@transaction.atomic
def keep_tries(tries: Sequence[Try], *, at: datetime) -> int:
    """One round of tries. When nothing at all opened, the round is void: our line was down."""
    said = [one for one in tries if one.opened is not None]
    is_void = len(said) >= VOID_AT and not any(one.opened for one in said)
    rows = Attempt.objects.bulk_create(
        (
            Attempt(
                outlet=one.outlet,
                at=at,
                opened=None if is_void else one.opened,
                seconds=one.seconds,
                failure="our-line" if is_void else one.failure[:24],
            )
            for one in tries
        ),
        500,
    )
    return len(rows)


def week_of(tries: Iterable[tuple[datetime, bool | None]], yardstick: Yardstick) -> Week:
    """Count the tries; enough when each of the days has its number of tries that say something."""
    days: dict[date, int] = {}
    known = failed = unknown = 0
    for at, opened in tries:
        if opened is None:
            unknown += 1
            continue
        known += 1
        failed += not opened
        day = timezone.localdate(at)
        days[day] = days.get(day, 0) + 1
    full = sum(number >= yardstick.tries_a_day for number in days.values())
    return Week(known, failed, unknown, full >= yardstick.days)


def judge_reach(sites: Iterable[Outlet], yardstick: Yardstick, *, now: datetime) -> list[Noted]:
    """Tell of each site what its week says; too few tries say nothing, good or bad."""
    return [_judge(site, yardstick, now) for site in sites]


def last_week(outlet: Outlet, yardstick: Yardstick, now: datetime) -> Week:
    """The whole local days before today."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tries = Attempt.objects.filter(
        outlet=outlet, at__gte=midnight - timedelta(days=yardstick.days), at__lt=midnight
    )
    return week_of(tries.values_list("at", "opened"), yardstick)


def _judge(site: Outlet, yardstick: Yardstick, now: datetime) -> Noted:
    week = last_week(site, yardstick, now)
    if not week.is_enough:
        return Noted()
    is_bad = week.share >= yardstick.share
    look = Look(site, now, covers=_is_unreachable)
    return note_sightings(look, [_sighting(site, week, yardstick)] if is_bad else [])


def _is_unreachable(finding: Finding) -> bool:
    return finding.code == UNREACHABLE


def _sighting(site: Outlet, week: Week, yardstick: Yardstick) -> Sighting:
    return Sighting(
        code=UNREACHABLE,
        severity=Severity.VETO,
        url=site.url,
        message=f"一周内试开 {week.known} 次，{week.failed} 次在 {yardstick.seconds:g} 秒内没有打开，"
        f"占 {week.share:.1%}，达到 {yardstick.share:.0%}。请恢复访问。",
        evidence=f"试开 {week.known} 次，打不开 {week.failed} 次（{week.share:.1%}）",
        rule=yardstick.rule,
        unseen=f"另有 {week.unknown} 次说明不了问题，不计入" if week.unknown else "",
    )


def sweep_tries(now: datetime) -> int:
    """Remove tries older than a month; gives their number."""
    return Attempt.objects.filter(at__lt=now - KEPT).delete()[0]
