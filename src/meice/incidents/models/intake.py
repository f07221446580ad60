"""What came through the public form, and the tries to look it up."""

from django.db import models
from django.db.models import Q

from meice.incidents.models.incident import Incident


class PublicReport(models.Model):
    """A report by somebody who did not sign in. `receipt` and the secret let her look up the
    state; of the secret only a hash is kept. The contact is hers to give, shown masked.

    `token` is the form's own: sent twice it is one report. `sender` is a keyed hash of the address,
    wiped after a day.
    """

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="public_report")
    token = models.UUIDField(unique=True)
    receipt = models.CharField("回执号", max_length=20, unique=True)
    key_hash = models.CharField(max_length=64)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20, blank=True)
    contact_email = models.CharField("联系邮箱", max_length=120, blank=True)
    sender = models.CharField(max_length=32, blank=True, db_index=True)
    reported_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "公开举报"
        constraints = [
            models.CheckConstraint(
                condition=Q(key_hash__regex="^[0-9a-f]{64}$"), name="report_key_is_hashed"
            )
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def has_contact(self) -> bool:
        """Did she say how to reach her?"""
        return bool(self.contact_name or self.contact_phone or self.contact_email)


class LookUp(models.Model):
    """One try to look up a receipt, counted for an hour against guessing; kept for a day."""

    sender = models.CharField(max_length=32)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["sender", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
