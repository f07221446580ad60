"""The receipt (回执) of one round: what arrived, when by the database's clock, in time or not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.surveys.models.submission import Submission


class Receipt(models.Model):
    """One round of a submission, kept for ever with its bytes. A later round supersedes it and
    overwrites nothing. `key` comes from the form: the same key gives the same receipt."""

    number = models.CharField("回执号", max_length=40, unique=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="receipts")
    round = models.PositiveSmallIntegerField("第几次报送")
    key = models.UUIDField(unique=True)
    arrived_at = models.DateTimeField("收到时间")
    deadline = models.DateTimeField("当时的截止时间")
    on_time = models.BooleanField("按时")
    late_reason = models.CharField("逾期原因", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    digest = models.CharField("SHA-256", max_length=64)
    package = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    files = models.JSONField("所报文件", default=list)
    figures = models.JSONField("合计", default=dict)

    class Meta:
        verbose_name = "回执"
        ordering: ClassVar = ["-round"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "round"], name="one_receipt_of_a_round"),
            models.CheckConstraint(
                condition=Q(on_time=True) | ~Q(late_reason=""), name="receipt_late_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="receipt_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def digest_groups(self) -> str:
        """The hash in groups of eight, to be read aloud and compared."""
        return " ".join(self.digest[at : at + 8] for at in range(0, len(self.digest), 8))
