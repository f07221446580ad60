"""Who reported an account, and what a stranger looks up with her receipt."""

from typing import Self

from django.db import models
from django.db.models import Q

from meice.impersonations.models.docket import Impersonation
from meice.impersonations.models.words import Source
from meice.orgs.models import Unit, User


class ReportQuerySet(models.QuerySet["Report"]):
    """Sets of reports."""

    def public(self) -> Self:
        """Those that came over the public page: what its pace is counted by."""
        return self.filter(source=Source.PUBLIC)


class Report(models.Model):
    """One person's report of the account; several may stand in one docket.

    Who came over the public page leaves a name and a way to reach her only if she wants to, and
    takes home a receipt: of its secret only a hash is kept. `token` is the form's own: sent twice
    it is one report. `sender` is the keyed hash of the address, for the pace alone, and is wiped.
    """

    impersonation = models.ForeignKey(Impersonation, models.CASCADE, related_name="reports")
    source = models.CharField(max_length=6, choices=Source)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    by_name = models.CharField("举报人", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    unit_path = models.CharField(max_length=255, blank=True, db_index=True)
    unit_name = models.CharField(max_length=100, blank=True)
    text = models.TextField("说明", max_length=3000)
    token = models.UUIDField(unique=True, null=True, blank=True)
    receipt = models.CharField("回执号", max_length=20, unique=True, null=True, blank=True)
    key_hash = models.CharField(max_length=64, blank=True)
    sender = models.CharField(max_length=32, blank=True)
    reported_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "假冒举报"
        ordering = ["pk"]
        indexes = [models.Index(fields=["source", "reported_at"], name="report_pace")]
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt__isnull=True, token__isnull=True, key_hash="")
                | Q(
                    receipt__isnull=False,
                    token__isnull=False,
                    key_hash__regex="^[0-9a-f]{64}$",
                    source=Source.PUBLIC,
                ),
                name="fake_report_receipt_is_hashed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.by_name}"


class LookUp(models.Model):
    """One try to look up a receipt, counted for an hour against guessing; kept for a day."""

    sender = models.CharField(max_length=32)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["sender", "at"], name="fake_look_up_pace")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
