"""What was said to people, so that nothing is said twice; the secret address of a calendar."""

from django.db import models
from django.db.models import Q

from meice.duty.models.roster import Roster
from meice.orgs.models import User


class ReminderKind(models.TextChoices):
    """What a reminder is about; `subject` says which shift, day or note."""

    SOON = "soon", "明天值班"
    TROUBLE = "trouble", "排班缺口"
    NO_NOTE = "no_note", "没写交班记录"
    WAITING = "waiting", "没接班"
    KEEPER = "keeper", "没接班报排班人"


class Reminder(models.Model):
    """One thing that was said, once."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8, choices=ReminderKind)
    subject = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "kind", "subject"], name="duty_reminder_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class CalendarFeed(models.Model):
    """The secret address under which a person's calendar reads her shifts; kept as a hash only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "日历订阅"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_open_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
