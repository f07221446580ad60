"""A university of 120 units with 2,000 outlets, one campaign half in; written at once."""

from tests.meice.registry.scene import make_school, make_unit
from tests.meice.surveys.scene import BEFORE, World, a_campaign

from meice.engines.annexes.model import Annex
from meice.kernel.pinyin import pinyin_key
from meice.orgs.models import Post, User
from meice.orgs.roles import Role
from meice.registry.models import Contact, Outlet
from meice.surveys.models import Submission, SubmissionHeader, SubmissionRow
from meice.surveys.rows.prefill import basic_cells, outlets_of

UNITS, OUTLETS = 120, 2000
PLATFORMS = ("website", "wechat", "weibo", "douyin", "toutiao", "bilibili")


def a_crowd(units=UNITS, outlets=OUTLETS):
    """数信学院 is one of them, begun and filled; half of the others are being filled."""
    school = make_school()
    made = [make_unit(f"第{at}学院", school.university) for at in range(units - 4)]
    _people(made)
    _outlets([school.maths, *made], outlets)
    campaign = a_campaign(school)
    found = list(campaign.submissions.select_related("unit", "campaign").order_by("pk"))
    for at, submission in enumerate(found):
        if at % 2 or submission.unit_id == school.maths.pk:
            _fill(submission, school.he)
    own = {submission.unit_id: submission for submission in found}
    return World(school, campaign, own[school.maths.pk], own[school.arts.pk])


def _people(units):
    users = User.objects.bulk_create(
        User(username=f"c{at:05d}", name=f"运维{at}", pinyin_key=f"yunwei{at}")
        for at in range(len(units))
    )
    Post.objects.bulk_create(
        Post(user=user, unit=unit, role=Role.OPERATOR)
        for user, unit in zip(users, units, strict=True)
    )


def _outlets(units, number):
    outlets = Outlet.objects.bulk_create(
        [_outlet(at, units[at % len(units)]) for at in range(number)], batch_size=500
    )
    Contact.objects.bulk_create(
        [
            Contact(outlet=outlet, kind="operator", place=1, name="何嘉敏", phone="13500000001")
            for outlet in outlets
        ],
        batch_size=500,
    )


def _outlet(at, unit):
    name = f"华园账号{at}"
    return Outlet(
        number=f"M-{at:05d}",
        name=name,
        pinyin_key=pinyin_key(name),
        platform=PLATFORMS[at % len(PLATFORMS)],
        status="in_use",
        unit=unit,
        unit_path=unit.path,
        verified_as="华园大学",
        interactive=True,
        has_review_system=True,
        outsourced=False,
        is_exempt=True,
        changed_at=BEFORE,
    )


def _fill(submission, by):
    outlets = list(outlets_of(submission.unit))
    SubmissionHeader.objects.create(submission=submission, unit=submission.unit.name)
    SubmissionRow.objects.bulk_create(
        SubmissionRow(
            submission=submission,
            annex=int(Annex.BASIC),
            position=at,
            cells=basic_cells(outlet),
            outlet=outlet,
            source="register",
            made_at=BEFORE,
            changed_at=BEFORE,
        )
        for at, outlet in enumerate(outlets, 1)
    )
    Submission.objects.filter(pk=submission.pk).update(
        status="drafting", started_at=BEFORE, saved_at=BEFORE, filled_by=by, row_count=len(outlets)
    )
