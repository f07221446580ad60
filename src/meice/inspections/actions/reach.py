"""Can the site be opened? Tries over the day, kept here; what a week of them tells is the engine's
rule (`meice.engines.webprobe.unreachable`), with the numbers of the rule set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meice.engines import webprobe
from meice.engines.webprobe.rules import RuleSet
from meice.inspections.actions.sightings import Look, Noted, Sighting, note_sightings
from meice.inspections.models import Attempt, Finding, Schedule
from meice.registry.models import Outlet

KEPT = timedelta(days=30)
VOID_AT = 3
"""A round in which none of so many sites opened says that our own line is down."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try of one site: `opened` None when it says nothing."""

    outlet: Outlet
    opened: bool | None
    seconds: float = 0.0
    failure: str = ""


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


def judge_reach(sites: Iterable[Outlet], rules: RuleSet, *, now: datetime) -> list[Noted]:
    """Tell of each site what its week says; too few tries say nothing, good or bad."""
    return [_judge(site, rules, now) for site in sites]


def last_week(outlet: Outlet, days: int, until: datetime) -> list[webprobe.Attempt]:
    """The tries of the days before `until`."""
    rows = Attempt.objects.filter(outlet=outlet, at__gte=until - timedelta(days=days), at__lt=until)
    return [
        webprobe.Attempt(outlet.url, at, opened, seconds)
        for at, opened, seconds in rows.values_list("at", "opened", "seconds")
    ]


def midnight_of(now: datetime) -> datetime:
    """When today began here: only whole local days are counted."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _judge(site: Outlet, rules: RuleSet, now: datetime) -> Noted:
    until = midnight_of(now)
    history = last_week(site, rules.thresholds.history_days, until)
    week = webprobe.measure(history, rules.thresholds, until)
    if not week.enough:
        return Noted()
    found = webprobe.unreachable(history, rules, until)
    look = Look(site, now, covers=_is_unreachable)
    return note_sightings(look, [_sighting(found, week)] if found else [])


def _is_unreachable(finding: Finding) -> bool:
    return finding.code == webprobe.Code.UNREACHABLE


def _sighting(found: webprobe.Finding, week: webprobe.Reachability) -> Sighting:
    return Sighting(
        code=found.code.value,
        severity=found.severity.value,
        url=found.url,
        message=found.message,
        evidence=found.evidence,
        rule=found.rule,
        unseen=f"另有 {week.untold} 次说明不了问题，不计入" if week.untold else "",
    )


def sweep_tries(now: datetime) -> int:
    """Remove tries older than a month; gives their number."""
    return Attempt.objects.filter(at__lt=now - KEPT).delete()[0]
