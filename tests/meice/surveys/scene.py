"""A campaign at 华园大学: units, people, outlets made by real filings, submissions by real acts."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.meice.registry.scene import School, accepted, make_school, opening

from meice.registry.models import Outlet
from meice.surveys.actions import campaigns as campaign_deeds
from meice.surveys.actions import deciding, filling, reporting
from meice.surveys.actions.campaigns import CampaignDraft
from meice.surveys.actions.reporting import Arrival
from meice.surveys.models import Campaign, Submission, SubmissionRow

OPENED = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""2026年11月20日 12:00（中午） in Beijing."""
BEFORE, AFTER = NOON - timedelta(hours=2), NOON + timedelta(hours=2)


@dataclass
class World:
    """The school, its campaign, and the submissions of 数信学院 and 艺术学院."""

    school: School
    campaign: Campaign
    maths: Submission
    arts: Submission

    def fresh(self, submission=None):
        """The row as the database has it."""
        found = Submission.objects.select_related("campaign", "unit", "receipt", "prepared")
        return found.get(pk=(submission or self.maths).pk)


def a_campaign(school, **given):
    """One that is open since the tenth and ends on the twentieth at noon."""
    scopes = [(school.university, "children")]
    values = {
        "title": "2026年新媒体（网站）专项摸排",
        "opens_at": OPENED,
        "deadline": NOON,
        "annexes": [1, 2, 3, 4],
        "scopes": scopes,
        "delivery": "11月20日12:00前报送。",
        "paper_place": "行政楼",
    }
    draft = CampaignDraft(**(values | given))
    made = campaign_deeds.create_campaign(draft, unit=school.university, by=school.liang, at=OPENED)
    return campaign_deeds.open_campaign(made, by=school.liang, at=OPENED)


def a_world(**given):
    """数信学院 has one outlet in the register, 艺术学院 none."""
    school = make_school()
    accepted(school, opening(school))
    campaign = a_campaign(school, **given)
    found = {s.unit_id: s for s in campaign.submissions.select_related("campaign", "unit")}
    return World(school, campaign, found[school.maths.pk], found[school.arts.pk])


def started(world, submission=None):
    """数信学院 has begun; its row comes from the register, the problem column is filled in."""
    submission = submission or world.maths
    by = world.school.he if submission.pk == world.maths.pk else world.school.su
    return filling.start_submission(submission, by=by, at=BEFORE)


def presented(world):
    """It lies with the leader."""
    started(world)
    return filling.present_submission(world.fresh(), by=world.school.he, at=BEFORE)


def arrival(at=BEFORE, late_reason="", key=None):
    """A request to report."""
    return Arrival(key or uuid.uuid4(), at, late_reason)


def reported(world, **given):
    """The leader has confirmed it."""
    presented(world)
    reporting.confirm_submission(world.fresh(), arrival(**given), by=world.school.zheng)
    return world.fresh()


def received(world):
    """The department has received it."""
    deciding.accept_submission(reported(world), by=world.school.liang, at=BEFORE)
    return world.fresh()


def basic_rows(submission):
    """The standing rows of annex 1."""
    return list(SubmissionRow.objects.filter(submission=submission).of_annex(1))


def change_cell(row, by, **cells):
    """What a save of the sheet does to one row."""
    row.touch(cells, by=by, at=BEFORE)
    row.save()
    return row


def the_outlet():
    """华园数信."""
    return Outlet.objects.select_related("unit").get()
