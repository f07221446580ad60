"""A campaign (专项填报): who hands in which annexes until when, and who was reminded of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meice.engines.annexes.model import Annex
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import within
from meice.web.tags.times import full, local
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.surveys.models.submission import Submission


class CampaignStatus(models.TextChoices):
    """Where a campaign stands; the way between is in `workflow.py`."""

    DRAFT = "draft", "起草"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已截止"


CAMPAIGN_LOOKS = {
    CampaignStatus.DRAFT: Look("起草", "pencil", Tone.IDLE),
    CampaignStatus.OPEN: Look("进行中", "clock", Tone.INFO),
    CampaignStatus.CLOSED: Look("已截止，已锁定", "lock", Tone.IDLE),
}


class Coverage(models.TextChoices):
    """Which units below a chosen one hand in a submission of their own."""

    SELF = "self", "只是这个单位"
    CHILDREN = "children", "下一级各单位"
    ALL = "all", "这个单位和下面所有单位"


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Sets of campaigns."""

    def visible_to(self, user: User) -> Self:
        """Those of the reader's reach, and those in which a unit of her reach is asked."""
        reach = user.reach(Right.SEE_BUSINESS)
        asked = self.model.objects.filter(within(reach, "submissions__unit_path"))
        own = within(reach)
        if not user.has(Right.DECIDE_BUSINESS):
            own &= ~Q(status=CampaignStatus.DRAFT)
        return self.filter(own | Q(pk__in=asked.exclude(status="draft").values("pk")))


class Campaign(models.Model):
    """One call for the annexes. `deadline` is aware and shown as 12:00（中午）; it is judged once
    for each submission, when the request arrives, by the database's clock (see `Receipt`)."""

    title = models.CharField("名称", max_length=120)
    document_number = models.CharField("通知文号", max_length=60, blank=True)
    notice = models.TextField("通知内容", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发起单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    opens_at = models.DateTimeField("开始时间")
    deadline = models.DateTimeField("截止时间")
    annexes = models.JSONField("要求的附件", default=list, help_text="[1, 2, 3, 4]")
    delivery = models.TextField("报送方式", blank=True)
    paper_wanted = models.BooleanField("要纸质盖章版", default=True)
    paper_place = models.CharField("纸质送到哪里", max_length=100, blank=True)
    status = models.CharField(
        "状态", max_length=6, choices=CampaignStatus, default=CampaignStatus.DRAFT
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CampaignQuerySet.as_manager()
    scopes: RelatedManager[CampaignScope]
    submissions: RelatedManager[Submission]

    class Meta:
        verbose_name = "专项填报"
        ordering: ClassVar = ["-deadline", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="campaign_has_a_title"),
            models.CheckConstraint(
                condition=Q(status__in=CampaignStatus.values), name="campaign_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(deadline__gt=F("opens_at")), name="campaign_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return CAMPAIGN_LOOKS[CampaignStatus(self.status)]

    @property
    def annex_list(self) -> list[Annex]:
        """The annexes asked for, in their order."""
        return [Annex(number) for number in sorted(self.annexes)]

    @property
    def deadline_text(self) -> str:
        """`2026年11月20日 12:00（中午）`: for notices, letters and paper."""
        return full(local(self.deadline), self.deadline)

    def is_late(self, moment: datetime) -> bool:
        """Past the deadline at `moment`; the very moment is still in time."""
        return moment > self.deadline


class CampaignScope(models.Model):
    """One choice of the scope: a unit, and how far below it the call reaches."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="scopes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    coverage = models.CharField(max_length=8, choices=Coverage, default=Coverage.CHILDREN)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="unit_once_in_a_scope"),
            models.CheckConstraint(
                condition=Q(coverage__in=Coverage.values), name="scope_coverage_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.coverage}"


LADDER = (-7, -3, -1, 0, 1)
"""Days before (after) the deadline on which units that have not reported are reminded."""


class Reminder(models.Model):
    """A unit was reminded: by the ladder (`rung` in days, once each) or by hand (`rung` null)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="reminders")
    submission = models.ForeignKey("Submission", models.CASCADE, related_name="reminders")
    rung = models.SmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reached = models.PositiveSmallIntegerField("通知到几人", default=0)

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "rung"], name="reminded_once_on_each_rung"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.rung}"
