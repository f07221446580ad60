"""A campaign that runs, and 数信学院's submission pre-filled from outlets that were really filed."""

import uuid
from datetime import UTC, datetime

from tests.meice.registry import scene

from meice.engines.annexes.model import Annex
from meice.surveys.actions import campaigns, filling
from meice.surveys.actions.sheet import save_operations
from meice.surveys.models import Coverage, Submission, SubmissionRow
from meice.surveys.sheet.columns import GRIDS
from meice.surveys.sheet.operations import Deed, Operation

OPENED = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
DEADLINE = datetime(2099, 6, 29, 4, 0, tzinfo=UTC)
BASIC = GRIDS[Annex.BASIC]
OUTLETS = (
    ("华园数信", "wechat", {}),
    ("数信学院官网", "website", {"url": "https://sx.huayuan.edu.cn", "icp": "粤ICP备05000001号-1"}),
    ("数信学院视频号", "wechat-channels", {}),
    ("华园数信微博", "weibo", {}),
    ("数信学院抖音", "douyin", {}),
    ("数信学院头条号", "toutiao", {}),
)


def make_school(site=""):
    """Units, people, and the outlets of 数信学院 in force; its website at `site` when given."""
    school = scene.make_school()
    for number, (name, platform, given) in enumerate(OUTLETS, start=1):
        facts = {
            "name": name,
            "platform": platform,
            "account_id": f"hyu_sx{number}",
            "permanent_id": None,
            "responsible.name": "何嘉敏",
            "responsible.phone": f"1380000000{number}",
            "responsible.permanent": True,
        }
        if site and platform == "website":
            given = given | {"url": site}
        scene.accepted(school, scene.opening(school, **(facts | given)))
    return school


def make_campaign(school, annexes=(1, 2, 3, 4)):
    """Opened to the units below the university."""
    draft = campaigns.CampaignDraft(
        title="2026年新媒体（网站）专项摸排",
        opens_at=OPENED,
        deadline=DEADLINE,
        annexes=annexes,
        scopes=[(school.university, Coverage.CHILDREN)],
    )
    made = campaigns.create_campaign(draft, unit=school.university, by=school.liang, at=OPENED)
    return campaigns.open_campaign(made, by=school.liang, at=OPENED)


def started(school, campaign):
    """数信学院's submission, begun by its operator."""
    asked = Submission.objects.get(campaign=campaign, unit=school.maths)
    return filling.start_submission(asked, by=school.he, at=OPENED)


def rows_of(submission, annex=Annex.BASIC):
    """Its standing rows in order."""
    return list(SubmissionRow.objects.filter(submission=submission).of_annex(annex))


def put(row, column, value, *, version=None):
    """One `set`; `version` is what its writer saw, the row's by default."""
    seen = row.version if version is None else version
    return Operation(uuid.uuid4(), Deed.SET, row.key, seen, column, value)


def saved(submission, *operations, by, grid=BASIC):
    """Taken by the server."""
    return save_operations(submission, grid, operations, by=by)


def result_of(done, operation):
    """What became of one."""
    return done.outcomes[operation.pk].result.value
