"""What the department makes of the submissions: the package, and the year's summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from meice.files.models import StoredFile
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import within
from meice.surveys.models.campaign import Campaign
from meice.surveys.models.receipt import Receipt
from meice.surveys.models.submission import Submission
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Consolidation(models.Model):
    """One package of a campaign (汇总打包): made by a job, never re-made, a later one beside it.

    `counts` is annex 2 as computed (`CountRow` JSON); `mismatches` the cells in which a unit's
    own annex 2 differs: `[{submission, unit, item, column, own, computed}]`.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="consolidations")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    sent_on = models.DateField("报送日期")
    made_at = models.DateTimeField(null=True, blank=True)
    package = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    report = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    counts = models.JSONField(default=list)
    mismatches = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)

    members: RelatedManager[ConsolidationMember]

    class Meta:
        verbose_name = "汇总包"
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(package__isnull=False, report__isnull=False),
                name="consolidation_made_has_files",
            ),
        ]

    def __str__(self) -> str:
        return f"汇总 {self.pk}"

    @property
    def look(self) -> Look:
        """How far it is."""
        if self.made_at is None:
            return Look("正在汇总", "clock", Tone.INFO)
        return Look("做好了", "circle-check", Tone.GOOD)


class ConsolidationMember(models.Model):
    """One unit's part: the round that was counted and its rows of annex 1 as they were, so that
    every number drills down to exactly the rows it counts."""

    consolidation = models.ForeignKey(Consolidation, models.CASCADE, related_name="members")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="+", null=True, blank=True)
    unit_name = models.CharField(max_length=100)
    position = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)
    office_holders = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consolidation", "submission"], name="unit_counted_once"
            )
        ]

    def __str__(self) -> str:
        return self.unit_name


class YearSummaryQuerySet(models.QuerySet["YearSummary"]):
    """Sets of summaries."""

    def visible_to(self, user: User) -> Self:
        """Those of units in the reader's reach."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))


class YearSummary(models.Model):
    """年度汇总: the year's filings in annex 4, frozen: `file` is never made again.

    `rows` are annex 4 rows (contract JSON) each with its filing's number; `changes` compares
    them with the register's state at the end of the year before.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    year = models.PositiveSmallIntegerField("年度")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_by_name = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    digest = models.CharField("SHA-256", max_length=64)
    rows = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)

    objects = YearSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "年度汇总"
        ordering: ClassVar = ["-year", "unit_path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_summary_of_a_year"),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="year_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度汇总"
