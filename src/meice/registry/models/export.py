"""A large export, written by a job: who asked for what, and the file."""

from typing import Self

from django.db import models

from meice.files.models import StoredFile
from meice.orgs.models import User


class ExportForm(models.TextChoices):
    """Which file."""

    LEDGER = "ledger", "台账（.xlsx）"
    ANNEX4 = "annex4", "附件4（.xls）"


class ExportQuerySet(models.QuerySet["LedgerExport"]):
    """Sets of exports."""

    def visible_to(self, user: User) -> Self:
        """One's own."""
        return self.filter(made_by=user.pk)


class LedgerExport(models.Model):
    """`outlets` are the ids that were filtered when it was asked for; `file` comes with the job."""

    form = models.CharField(max_length=6, choices=ExportForm)
    words = models.CharField(max_length=200)
    outlets = models.JSONField(default=list)
    post_unit = models.CharField(max_length=100)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.words}"
