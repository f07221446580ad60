"""What belongs to a docket: captures, papers, referrals, re-checks, history; the settings."""

from django.db import models
from django.db.models import Q

from meice.impersonations.models.docket import Impersonation
from meice.impersonations.models.words import (
    REFERRAL_LOOKS,
    SEEN_LOOKS,
    PaperKind,
    ReferralStatus,
    Seen,
)
from meice.orgs.models import Event, User
from meice.web.tones import Look


class Capture(models.Model):
    """One look at the reported page through the gate: who asked for it, what came of it."""

    impersonation = models.ForeignKey(Impersonation, models.CASCADE, related_name="captures")
    url = models.CharField("网址", max_length=1000)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    kept = models.PositiveSmallIntegerField("存证数", default=0)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "页面取证"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["impersonation"],
                condition=Q(done_at=None),
                name="one_capture_of_a_docket_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.impersonation_id} {self.asked_at:%Y-%m-%d %H:%M}"


class Paper(models.Model):
    """Which piece of evidence is which of the papers that platforms ask for."""

    impersonation = models.ForeignKey(Impersonation, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=8, choices=PaperKind)
    number = models.PositiveIntegerField("证据序号")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["impersonation", "number"], name="paper_once_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Referral(models.Model):
    """报送: one request to one channel, with the number it gave, its day, and what it answered.

    `missing` names what the channel asks for and was not there when it was sent.
    """

    impersonation = models.ForeignKey(Impersonation, models.CASCADE, related_name="referrals")
    channel = models.CharField("渠道", max_length=10)
    channel_name = models.CharField(max_length=60)
    status = models.CharField(max_length=8, choices=ReferralStatus, default=ReferralStatus.SENT)
    ticket = models.CharField("受理单号", max_length=60, blank=True)
    missing = models.CharField("缺少材料", max_length=300, blank=True)
    sent_on = models.DateField("报送日期")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField("答复期限")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=500, blank=True)

    class Meta:
        verbose_name = "报送"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReferralStatus.values), name="referral_status_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(status="sent") & Q(answered_on__isnull=True))
                | (~Q(status="sent") & Q(answered_on__isnull=False)),
                name="referral_answered_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["impersonation", "channel"],
                condition=Q(status="sent"),
                name="one_open_referral_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel_name} {self.ticket}".strip()

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return REFERRAL_LOOKS[ReferralStatus(self.status)]


class Recheck(models.Model):
    """One look whether it came back, by a person."""

    impersonation = models.ForeignKey(Impersonation, models.CASCADE, related_name="rechecks")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    found = models.CharField("看到的", max_length=8, choices=Seen)
    note = models.CharField("说明", max_length=500)

    class Meta:
        verbose_name = "假冒复查"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(found__in=Seen.values) & ~Q(note=""), name="fake_recheck_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.impersonation_id} {self.found}"

    @property
    def state(self) -> Look:
        """What was found, with its icon and tone."""
        return SEEN_LOOKS[Seen(self.found)]


ACT_LABELS = {
    "report": "举报",
    "report_again": "又有人举报",
    "edit": "补充材料",
    "accept": "受理",
    "capture": "采集网页",
    "upload": "上传证据",
    "confirm": "认定假冒",
    "dismiss": "认定不是假冒",
    "doubt": "无法认定",
    "reconsider": "重新研判",
    "apply": "申请关停",
    "refer": "报送",
    "uphold": "对方已处置",
    "reject": "对方不处置",
    "close": "结案",
    "watch": "列入复查",
    "recheck": "复查",
    "finish": "复查期满",
    "return": "再次出现",
    "publish": "公布",
    "unpublish": "撤下公布",
}


class ImpersonationEvent(Event):
    """One act on a docket: who, when, with which words. Only ever added."""

    labels = ACT_LABELS
    impersonation = models.ForeignKey(Impersonation, models.CASCADE, related_name="events")


class ImpersonationSetting(models.Model):
    """What this deployment has set; `workflow.SETTINGS` holds the defaults. Switches are 0 or 1."""

    name = models.CharField(max_length=20, unique=True)
    number = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__lte=250), name="impersonation_setting_within_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}{self.words}"
