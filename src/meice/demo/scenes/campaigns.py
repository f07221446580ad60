"""Room surveys: a campaign half in, one unit in every state, a package, the year before frozen."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.kernel.access import Refused
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.surveys import tasks
from meice.surveys.actions import campaigns as deeds
from meice.surveys.actions import consolidating, deciding, filling, reminding, reporting, years
from meice.surveys.actions.reporting import Arrival
from meice.surveys.models import Campaign, Submission, SubmissionRow

TITLE = "{}年新媒体（网站）专项摸排"
NOTICE = (
    "各学院、部处、各单位：\n请按通知要求，对本单位新媒体（网站）账号进行全面梳理，"
    "核对台账，自查问题并整改，按时报送附件1—4。"
)
DELIVERY = "报送方式：请于截止时间前在系统中报送附件1—4，纸质盖章版送宣传部。"
LATE_REASON = "学院机构调整，审核人上周四才到岗。"
NOON = time(12)


class Hands:
    """Who acts for each unit, and the clock of the story."""

    def __init__(self, stage: Stage, campaign: Campaign) -> None:
        units = [each.unit for each in campaign.submissions.select_related("unit")]
        self.operators = deeds.keepers_of(units)
        self.leaders = deeds.keepers_of(units, Role.LEADER)
        self.department = stage.people["liangwb"]
        self.colleague = stage.people["linzt"]
        self.deadline = campaign.deadline

    def operator(self, submission: Submission) -> User:
        """The unit's own."""
        return self.operators[submission.unit_id][0]

    def leader(self, submission: Submission) -> User:
        """The unit's own."""
        return self.leaders[submission.unit_id][0]

    def is_staffed(self, submission: Submission) -> bool:
        """Somebody can fill and somebody can confirm."""
        return submission.unit_id in self.operators and submission.unit_id in self.leaders


def play(stage: Stage) -> None:
    """Open it two weeks ago, let it end yesterday at noon, and let half of the units report."""
    university = next(unit for unit in stage.units.values() if unit.name == NAME)
    department = stage.people["liangwb"]
    deadline = _local(stage.today - timedelta(days=1), NOON)
    draft = deeds.CampaignDraft(
        title=TITLE.format(stage.today.year),
        document_number=f"华园宣〔{stage.today.year}〕31号",
        notice=NOTICE,
        opens_at=deadline - timedelta(days=14),
        deadline=deadline,
        annexes=[1, 2, 3, 4],
        scopes=[(university, "children")],
        delivery=DELIVERY,
        paper_place="行政楼宣传部",
    )
    opened = deadline - timedelta(days=14)
    campaign = deeds.create_campaign(draft, unit=university, by=department, at=opened)
    campaign = deeds.open_campaign(campaign, by=department, at=opened)
    hands = Hands(stage, campaign)
    _fill(campaign, hands)
    _remind(campaign, department, deadline)
    _consolidate(campaign, department, deadline)
    years.freeze_year(
        university, stage.today.year - 1, by=department, at=_local(stage.today, time(9))
    )


def _local(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _fill(campaign: Campaign, hands: Hands) -> None:
    """数信学院 stays at its sheet with an error; the others in turn, each as far as its number."""
    found = campaign.submissions.select_related("unit", "campaign").order_by("unit_path")
    turn = 0
    for submission in found:
        if not hands.is_staffed(submission):
            continue
        if submission.unit.called == "数信学院":
            _with_an_error(submission, hands, hands.deadline - timedelta(hours=14))
            continue
        story = STORIES[turn % len(STORIES)]
        turn += 1
        try:
            story(submission, hands, hands.deadline - timedelta(hours=3 + turn))
        except Refused:
            continue  # a unit whose register has gaps cannot report: it stays where it came to


def _begun(submission: Submission, hands: Hands, at: datetime) -> Submission:
    return filling.start_submission(submission, by=hands.operator(submission), at=at)


def _with_an_error(submission: Submission, hands: Hands, at: datetime) -> None:
    """One digit of a mobile is lost, and a problem was found."""
    started = _begun(submission, hands, at)
    rows = list(SubmissionRow.objects.filter(submission=started).of_annex(1)[:3])
    texts: list[Mapping[str, str]] = [
        {"responsible_mobile": "1360000220"},
        {"problems": "无更新", "rectified": "是"},
        {"kind": "微信"},
    ]
    for row, changed in zip(rows, texts, strict=False):
        row.touch(changed, by=hands.operator(submission), at=at)
        row.save()
    filling.recount(started)
    started.save()


def _handed_over(submission: Submission, hands: Hands, at: datetime) -> Submission:
    _begun(submission, hands, at)
    return filling.present_submission(submission, by=hands.operator(submission), at=at)


def _reported(submission: Submission, hands: Hands, at: datetime) -> Submission:
    handed = _handed_over(submission, hands, at)
    late = LATE_REASON if at > hands.deadline else ""
    reporting.confirm_submission(
        handed, Arrival(uuid.uuid4(), at, late), by=hands.leader(submission)
    )
    return handed


def _received(submission: Submission, hands: Hands, at: datetime) -> None:
    reported = _reported(submission, hands, at)
    deciding.accept_submission(reported, by=hands.department, at=at + timedelta(minutes=40))
    deciding.note_paper([reported], received=True, by=hands.department, at=at)


def _late(submission: Submission, hands: Hands, at: datetime) -> None:
    _reported(submission, hands, hands.deadline + timedelta(minutes=26))


def _returned(submission: Submission, hands: Hands, at: datetime) -> None:
    reported = _reported(submission, hands, at)
    row = SubmissionRow.objects.filter(submission=reported).of_annex(1).first()
    remark = deciding.RemarkDraft(1, "认证主体写学校全称。", row, "verified_as")
    deciding.add_remark(reported, remark, by=hands.department, at=at)
    deciding.return_submission(reported, by=hands.department, at=at)


def _relayed(submission: Submission, hands: Hands, at: datetime) -> None:
    """The unit telephoned; a colleague has to receive it."""
    told = f"{hands.operator(submission).name} 电话"
    filling.start_submission(submission, by=hands.colleague, at=at, told=told)
    reporting.relay_submission(submission, Arrival(uuid.uuid4(), at), told=told, by=hands.colleague)


def _exempt(submission: Submission, hands: Hands, at: datetime) -> None:
    deciding.exempt_submission(submission, reason="今年新设，尚无账号", by=hands.department, at=at)


def _untouched(submission: Submission, hands: Hands, at: datetime) -> None:
    """Never opened."""


Story = Callable[[Submission, Hands, datetime], object]
STORIES: tuple[Story, ...] = (
    _received, _reported, _received, _begun, _received, _handed_over, _late, _received,
    _returned, _received, _untouched, _relayed, _received, _exempt,
)  # fmt: skip


def _remind(campaign: Campaign, by: User, deadline: datetime) -> None:
    """The ladder's rungs as they came, and one reminder by hand."""
    for days in (-3, -1, 0):
        reminding.climb_ladder(deadline + timedelta(days=days, hours=-2))
    waiting = list(campaign.submissions.filter(status__in=["untouched", "drafting"]))
    reminding.remind_units(campaign, waiting, by=by, at=deadline + timedelta(hours=3))


def _consolidate(campaign: Campaign, by: User, deadline: datetime) -> None:
    at = deadline + timedelta(hours=4)
    asked = consolidating.ask_consolidation(campaign, sent_on=timezone.localdate(at), by=by, at=at)
    tasks.consolidate.func(asked.pk)
