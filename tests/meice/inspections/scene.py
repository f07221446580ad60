"""华园大学 for inspections: sites by real filings, claims by real looks."""

from datetime import UTC, datetime, timedelta
from itertools import count

from tests.meice.registry.scene import MONDAY, accepted, make_school, opening

from meice.inspections.actions.schedules import Plan, create_schedule
from meice.inspections.actions.sightings import Look, Sighting, note_sightings
from meice.inspections.models import Finding, Frequency, Run, SiteCheck
from meice.orgs.models import User

__all__ = ["LATER", "MONDAY", "TUESDAY", "a_claim", "a_schedule", "a_site", "make_school", "saw"]

TUESDAY = MONDAY + timedelta(days=1)
LATER = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)
_numbers = count(1)


def a_site(school, name="数信学院网站", url="https://sx.huayuan.edu.cn/", unit=None):
    """A website of 数信学院 that stands in the register."""
    filing = opening(
        school,
        unit=unit,
        by=school.he if unit is None else school.su,
        name=name,
        platform="website",
        url=url,
        account_id="",
        permanent_id=None,
        icp="粤ICP备05012345号",
    )
    return accepted(school, filing, leader=None if unit is None else school.fang).outlet


def a_schedule(school, by: User | None = None, **given):
    """A weekly schedule over the whole university."""
    plan = {
        "name": f"全校网站 {next(_numbers)}",
        "unit": school.university,
        "rule_set": "school",
        "frequency": Frequency.WEEKLY,
        **given,
    }
    return create_schedule(Plan(**plan), by=by or school.liang, at=MONDAY)


def a_sighting(code="stale-home", **given):
    said = {
        "severity": "major",
        "url": "https://sx.huayuan.edu.cn/",
        "message": "首页 18 天没有更新。",
        "evidence": "最近日期 2026-11-05（列表）",
        "rule": "参照国办秘函〔2019〕19号 W3",
    }
    return Sighting(code=code, **{**said, **given})


def saw(outlet, *sightings, at=MONDAY, **given):
    """A look at the site has seen these; everything standing would have been seen again."""
    look = Look(outlet, at, **{"covers": lambda finding: True, **given})
    return note_sightings(look, sightings)


def a_claim(outlet, code="stale-home", at=MONDAY, **given) -> Finding:
    """One new claim of the machine, by a look that says nothing of other claims."""
    return saw(outlet, a_sighting(code, **given), at=at, covers=lambda finding: False).new[0]


def a_severe_claim(outlet, **given) -> Finding:
    """A claim that two persons decide; of the security classes."""
    return a_claim(outlet, "gambling-text", severity="veto", evidence="“博彩”3 处", **given)


def fresh(row):
    """The row as the database has it."""
    return type(row).objects.get(pk=row.pk)


def checks_of(run: Run) -> list[SiteCheck]:
    return list(run.checks.order_by("pk"))
