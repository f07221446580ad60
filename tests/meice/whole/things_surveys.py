"""Campaigns and submissions, each in its state, made by real acts when first asked for."""

import uuid
from datetime import date
from io import BytesIO

from tests.meice.surveys.conftest import basic_form
from tests.meice.surveys.scene import BEFORE, a_campaign, arrival
from tests.meice.whole import things_registry as register

from meice.engines.annexes.write import write_workbook
from meice.surveys import tasks
from meice.surveys.actions import (
    campaigns,
    consolidating,
    deciding,
    filling,
    replacing,
    reporting,
    years,
)
from meice.surveys.actions.asked import Incoming
from meice.surveys.actions.campaigns import CampaignDraft
from meice.surveys.actions.deciding import RemarkDraft
from meice.surveys.models import Submission, SubmissionRow

OPEN_YEAR, FROZEN_YEAR = 2024, 2025


def campaign(world, *scopes):
    """One that is open, and asks these units alone."""
    mark = world.mark
    return a_campaign(
        world.cast,
        title=f"专项摸排{len(world.made)}{mark}"[:120],
        notice=f"各单位：{mark}",
        document_number=f"华园宣{mark}"[:60],
        delivery=f"报送方式：{mark}",
        paper_place=f"行政楼{mark}"[:100],
        scopes=list(scopes),
    )


def open_one(world):
    """The campaign of the whole university."""
    return campaign(world, (world.cast.university, "children"))


def far_campaign(world):
    return campaign(world, (world.cast.garden, "self"))


def drafted(world):
    draft = CampaignDraft(
        title=f"还没有开放{world.mark}"[:120],
        opens_at=BEFORE,
        deadline=arrival().at.replace(year=2035),
        annexes=[1],
        scopes=[(world.cast.university, "children")],
    )
    by = world.cast.liang
    return campaigns.create_campaign(draft, unit=world.cast.university, by=by, at=BEFORE)


def closed(world):
    return campaigns.close_campaign(open_one(world), by=world.cast.liang, at=BEFORE)


def consolidated(world):
    """One unit is received and counted."""
    found = received(world).campaign
    made = consolidating.ask_consolidation(
        found, sent_on=date(2026, 11, 20), by=world.cast.liang, at=BEFORE
    )
    tasks.consolidate.func(made.pk)
    return found


def _fresh(submission):
    seen = Submission.objects.select_related("campaign", "unit", "receipt", "prepared")
    return seen.get(pk=submission.pk)


def untouched(world):
    world.thing("outlet near", register.near)  # a row to begin with
    return campaign(world, (world.cast.maths, "self")).submissions.get()


def zero(world):
    """软件所 has no account."""
    return campaign(world, (world.cast.software, "self")).submissions.get()


def drafting(world):
    return _fresh(filling.start_submission(untouched(world), by=world.cast.he, at=BEFORE))


def differing(world):
    """The sheet says otherwise than the register."""
    found = drafting(world)
    row = SubmissionRow.objects.filter(submission=found).of_annex(1).first()
    row.touch({"verified_as": f"别的单位{world.mark}"}, by=world.cast.he, at=BEFORE)
    row.save()
    filling.recount(found)
    found.save()
    return found


def scanned(world):
    return _fresh(
        filling.attach_scan(
            drafting(world), BytesIO(register.PICTURE), name="盖章件.png", by=world.cast.he,
            at=BEFORE,
        )
    )  # fmt: skip


def awaiting(world):
    return _fresh(filling.present_submission(drafting(world), by=world.cast.he, at=BEFORE))


def reported(world):
    found = awaiting(world)
    reporting.confirm_submission(found, arrival(), by=world.cast.zheng)
    return _fresh(found)


def claimed(world):
    return _fresh(deciding.claim_submission(reported(world), by=world.cast.liang, at=BEFORE))


def remarked(world):
    found = reported(world)
    row = SubmissionRow.objects.filter(submission=found).of_annex(1).first()
    draft = RemarkDraft(1, f"写学校全称{world.mark}", row, "verified_as")
    deciding.add_remark(found, draft, by=world.cast.liang, at=BEFORE)
    return found


def received(world):
    return _fresh(deciding.accept_submission(reported(world), by=world.cast.liang, at=BEFORE))


def exempt(world):
    return _fresh(
        deciding.exempt_submission(
            untouched(world), reason=f"没有账号{world.mark}"[:200], by=world.cast.liang, at=BEFORE
        )
    )


def far_received(world):
    """园艺学院's, received; its leader has confirmed it."""
    world.thing("outlet far", register.far)
    found = far_campaign(world).submissions.get()
    su, liang = world.cast.su, world.cast.liang
    filling.start_submission(found, by=su, at=BEFORE)
    filling.present_submission(_fresh(found), by=su, at=BEFORE)
    leader = register.garden_leader(world)
    reporting.confirm_submission(_fresh(found), arrival(), by=leader)
    return _fresh(deciding.accept_submission(_fresh(found), by=liang, at=BEFORE))


def uploaded(world):
    """Files were dropped in place of the sheet, and read."""
    found = drafting(world)
    content = write_workbook([basic_form()])
    name = f"数信附件1{world.mark.replace('/', '')}.xls"
    drop = replacing.upload_replacement(
        found, [Incoming(name, len(content), BytesIO(content))], token=uuid.uuid4(),
        by=world.cast.he, at=BEFORE,
    )  # fmt: skip
    tasks.check_annexes.func(drop.check_made_id)
    tasks.read_replacement.func(drop.pk)
    return found


def frozen(world):
    world.thing("outlet near", register.near)
    return years.freeze_year(world.cast.university, FROZEN_YEAR, by=world.cast.liang, at=BEFORE)


CAMPAIGNS = {
    "open": open_one, "far": far_campaign, "drafted": drafted, "closed": closed,
    "consolidated": consolidated,
}  # fmt: skip
SUBMISSIONS = {
    "untouched": untouched, "zero": zero, "drafting": drafting, "differing": differing,
    "scanned": scanned, "awaiting": awaiting, "reported": reported, "claimed": claimed,
    "remarked": remarked, "received": received, "exempt": exempt, "far received": far_received,
    "uploaded": uploaded,
}  # fmt: skip
