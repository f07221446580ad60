"""Extensions asked and decided, reminders sent, and the working days that the department sets."""

from django.db import models
from django.db.models import Q

from meice.orgs.models import User
from meice.rectification.models.order import Order
from meice.web.tones import Look, Tone


class ExtensionStatus(models.TextChoices):
    """What became of a request for more time."""

    ASKED = "asked", "待批复"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "不同意"


EXTENSION_LOOKS = {
    ExtensionStatus.ASKED: Look("延期待批复", icon="clock", tone=Tone.INFO),
    ExtensionStatus.GRANTED: Look("延期已同意", icon="circle-check", tone=Tone.GOOD),
    ExtensionStatus.REFUSED: Look("延期不同意", icon="circle-x", tone=Tone.WARN),
}


class Extension(models.Model):
    """More time: asked for with a reason, granted until a day, or refused with a reason."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="extensions")
    status = models.CharField(max_length=7, choices=ExtensionStatus, default=ExtensionStatus.ASKED)
    wanted_on = models.DateField("申请延至")
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was_due_on = models.DateField("原期限")
    granted_on = models.DateField("批准延至", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("批复意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "延期申请"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(status__in=ExtensionStatus.values), name="extension_status_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(status="granted") & Q(granted_on__isnull=False))
                | (~Q(status="granted") & Q(granted_on__isnull=True)),
                name="extension_granted_until_a_day",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(status="asked"), name="one_open_extension_of_an_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} 延至 {self.wanted_on}"

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return EXTENSION_LOOKS[ExtensionStatus(self.status)]


class Rung(models.TextChoices):
    """The steps of the ladder, and a reminder by hand."""

    HAND = "hand", "人工提醒"
    RECEIPT = "receipt", "未签收"
    BEFORE = "before", "临近期限"
    OVERDUE = "overdue", "逾期"
    LEADER = "leader", "逾期报领导"
    DEPARTMENT = "department", "逾期报宣传部"


class Reminder(models.Model):
    """One reminder that was sent. A rung of the ladder speaks once for each deadline."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="reminders")
    rung = models.CharField(max_length=10, choices=Rung)
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reached = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "rung", "due_on"],
                condition=~Q(rung="hand"),
                name="rung_climbed_once_a_deadline",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.rung}"


class RectificationTerm(models.Model):
    """Working days that this deployment has set; `workflow.TERMS` holds the defaults."""

    name = models.CharField(max_length=20, unique=True)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, 250)), name="rectification_term_within_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.days}"


class NumberHead(models.Model):
    """What stands before the year in the number of orders or circulars (字号): 华园媒整."""

    series = models.CharField(max_length=4, unique=True)
    words = models.CharField("字号", max_length=16)

    def __str__(self) -> str:
        return f"{self.series} {self.words}"
