"""What one unit hands in to one campaign: where it stands, who did what, what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meice.files.models import StoredFile
from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right
from meice.registry.models import within
from meice.surveys.models.campaign import Campaign
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.surveys.models.receipt import Receipt
    from meice.surveys.models.row import Remark, SubmissionHeader, SubmissionRow


class SubmissionStatus(models.TextChoices):
    """Where a submission stands; the way between is in `workflow.py`."""

    UNTOUCHED = "untouched", "未开始"
    DRAFTING = "drafting", "填写中"
    AWAITING_LEADER = "awaiting_leader", "待领导确认"
    REPORTED = "reported", "已报待审"
    RETURNED = "returned", "退回待改"
    RECEIVED = "received", "已接收"
    EXEMPT = "exempt", "免报"


EDITABLE = (SubmissionStatus.DRAFTING, SubmissionStatus.RETURNED)
"""The sheet may be written (after `start`); everywhere else it is read only."""
UNREPORTED = (
    SubmissionStatus.UNTOUCHED,
    SubmissionStatus.DRAFTING,
    SubmissionStatus.AWAITING_LEADER,
)
"""Late once the deadline has passed (design.md 5)."""

SUBMISSION_LOOKS = {
    SubmissionStatus.UNTOUCHED: Look("未开始", "circle-dashed", Tone.IDLE),
    SubmissionStatus.DRAFTING: Look("填写中", "pencil", Tone.INFO),
    SubmissionStatus.AWAITING_LEADER: Look("待领导确认", "user-check", Tone.INFO),
    SubmissionStatus.REPORTED: Look("已报待审", "clock", Tone.INFO),
    SubmissionStatus.RETURNED: Look("退回待改", "corner-up-left", Tone.WARN),
    SubmissionStatus.RECEIVED: Look("已接收", "circle-check", Tone.GOOD),
    SubmissionStatus.EXEMPT: Look("免报", "circle-minus", Tone.IDLE),
}


class ConfirmedBy(models.TextChoices):
    """How the leader answered for it; the department sees which."""

    CLICK = "click", "领导在系统中确认"
    SCAN = "scan", "盖章件扫描"
    PHONE = "phone", "宣传部代报"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Sets of submissions."""

    def visible_to(self, user: User) -> Self:
        """The reader's subtree; units see nothing of a campaign that is still being drafted."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS))).exclude(campaign__status="draft")

    def late(self, moment: datetime) -> Self:
        """Not reported although the deadline has passed."""
        return self.filter(status__in=UNREPORTED, campaign__deadline__lt=moment)

    def counted(self) -> Self:
        """What a consolidation counts: received ones."""
        return self.filter(status=SubmissionStatus.RECEIVED)


class Submission(models.Model):
    """One unit's answer. `version` grows with every change of its rows, header or state; the
    counters are what the last check of the sheet said, kept so that the cockpit is one query."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="填报单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    status = models.CharField(
        "状态", max_length=15, choices=SubmissionStatus, default=SubmissionStatus.UNTOUCHED
    )
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField("报送次数", default=0)
    zero = models.BooleanField("零报告", default=False)
    exempt_reason = models.CharField("免报原因", max_length=200, blank=True)

    row_count = models.PositiveIntegerField("账号数", default=0)
    error_count = models.PositiveIntegerField("错误数", default=0)
    warning_count = models.PositiveIntegerField("提示数", default=0)
    difference_count = models.PositiveIntegerField("与台账不同", default=0)

    started_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    presented_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    presented_at = models.DateTimeField(null=True, blank=True)
    prepared = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="待报包"
    )
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="盖章件"
    )
    receipt = models.OneToOneField(
        "Receipt", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="现行回执"
    )
    confirmed_how = models.CharField(max_length=5, choices=ConfirmedBy, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    on_behalf_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    on_behalf_told = models.CharField("电话里谁报的", max_length=100, blank=True)
    claimed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    returned_note = models.TextField("退回意见", blank=True)
    paper_received_at = models.DateTimeField("收到纸质", null=True, blank=True)
    paper_received_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminded_times = models.PositiveSmallIntegerField(default=0)

    objects = SubmissionQuerySet.as_manager()
    rows: RelatedManager[SubmissionRow]
    remarks: RelatedManager[Remark]
    receipts: RelatedManager[Receipt]
    events: RelatedManager[SubmissionEvent]
    header: SubmissionHeader

    class Meta:
        verbose_name = "填报"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["campaign", "status"], name="submission_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "unit"], name="one_submission_of_a_unit_to_a_campaign"
            ),
            models.CheckConstraint(
                condition=Q(status__in=SubmissionStatus.values), name="submission_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["reported", "received"]) | Q(receipt__isnull=False),
                name="submission_reported_has_a_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(status="received") | Q(decided_by__isnull=False),
                name="submission_received_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="received")
                | Q(on_behalf_by__isnull=True)
                | Q(scan__isnull=False)
                | ~Q(decided_by=F("on_behalf_by")),
                name="submission_on_behalf_received_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="exempt") | ~Q(exempt_reason=""),
                name="submission_exempt_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="submission_claimed_by_somebody_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"填报 {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("submission", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone; the page of a list says 逾期 where it is."""
        return SUBMISSION_LOOKS[SubmissionStatus(self.status)]

    def state_at(self, moment: datetime) -> Look:
        """The first three states turn bad after the deadline (design.md 5)."""
        look = self.state
        if self.is_late(moment):
            return Look(look.label, look.icon, Tone.BAD)
        return look

    def is_late(self, moment: datetime) -> bool:
        """Not reported although the deadline has passed."""
        return self.status in UNREPORTED and self.campaign.is_late(moment)

    @property
    def is_editable(self) -> bool:
        """The sheet takes changes: the state allows it and the campaign is not locked."""
        return self.status in EDITABLE and self.campaign.status == "open"


ACT_LABELS = {
    "start": "开始填写",
    "replace": "用上传的表替换",
    "present": "交领导确认",
    "declare": "零报告，交领导确认",
    "recall": "收回修改",
    "decline": "领导退回修改",
    "confirm": "确认并报送",
    "attest": "凭盖章件报送",
    "relay": "宣传部代报",
    "revise": "撤回重报",
    "claim": "认领",
    "release": "放回",
    "return": "退回",
    "accept": "接收",
    "reopen": "重新退回",
    "exempt": "免报",
    "require": "恢复填报",
    "header": "改表头",
    "settle": "处理与台账的差异",
    "scan": "上传盖章件",
    "paper": "收到纸质",
    "remind": "催办",
    "move": "移交",
}


class SubmissionEvent(Event):
    """One act on a submission: who, when, with which words. Only ever added."""

    labels = ACT_LABELS
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events")
