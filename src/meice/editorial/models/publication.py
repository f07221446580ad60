"""Where and when an approved revision was published, and what later looks at the page saw."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from meice.editorial.models.words import OUTCOME_LOOKS, Outcome
from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.registry.models import Outlet
from meice.web.tones import Look


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Sets of publications."""

    def due(self, at: datetime) -> Self:
        """To be looked at now."""
        return self.filter(next_check_at__lte=at, ended_at=None)


class Publication(models.Model):
    """One link of one outlet. `revision` is what should be read there now."""

    manuscript = models.ForeignKey("Manuscript", models.CASCADE, related_name="publications")
    revision = models.ForeignKey("Revision", models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+", verbose_name="账号")
    outlet_name = models.CharField(max_length=200)
    url = models.CharField("链接", max_length=1000)
    published_at = models.DateTimeField("发布时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    next_check_at = models.DateTimeField(null=True, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    was_seen = models.BooleanField("看到过正文", default=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "发布记录"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["manuscript", "outlet"],
                condition=Q(ended_at__isnull=True),
                name="published_once_an_outlet",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=Outcome.values),
                name="publication_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.outlet_name

    @property
    def state(self) -> Look | None:
        """What the last look saw; None before the first."""
        return OUTCOME_LOOKS[Outcome(self.outcome)] if self.outcome else None


class PageCheck(models.Model):
    """One look. `changes` are (kind, text) runs, `reason` says why nothing can be said."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="checks")
    revision = models.ForeignKey("Revision", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=list)
    digest = models.CharField("正文指纹", max_length=64, blank=True)
    page = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="页面存档"
    )

    class Meta:
        verbose_name = "页面核对"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="page_check_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="unknown") | ~Q(reason=""), name="unknown_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.outcome}"

    @property
    def state(self) -> Look:
        """What was seen, with icon and tone."""
        return OUTCOME_LOOKS[Outcome(self.outcome)]
