"""What was done, what was reminded of, and the days that the department sets."""

from django.db import models
from django.db.models import Q

from meice.compliance.models.custody import Custody
from meice.compliance.models.device import Device
from meice.compliance.models.item import ComplianceItem
from meice.orgs.models import Event

ACT_LABELS = {
    "record": "登记",
    "observe": "探测更新",
    "add": "登记",
    "edit": "修改",
    "check": "检查",
    "retire": "停用",
    "restore": "恢复使用",
    "rotate": "已轮换",
    "return": "收回",
    "hand_over": "移交",
    "import": "导入",
}


class ComplianceEvent(Event):
    """One act on an item, a device or a custody. Only ever added."""

    labels = ACT_LABELS
    item = models.ForeignKey(
        ComplianceItem, models.CASCADE, related_name="events", null=True, blank=True
    )
    device = models.ForeignKey(Device, models.CASCADE, related_name="events", null=True, blank=True)
    custody = models.ForeignKey(
        Custody, models.CASCADE, related_name="events", null=True, blank=True
    )

    class Meta(Event.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, device__isnull=True, custody__isnull=True)
                | Q(item__isnull=True, device__isnull=False, custody__isnull=True)
                | Q(item__isnull=True, device__isnull=True, custody__isnull=False),
                name="event_of_one_thing",
            )
        ]


class ExpiryReminder(models.Model):
    """One thing was said about one end: `subject` is `item:5` or `custody:7` or `device:3`."""

    subject = models.CharField(max_length=40)
    rung = models.CharField(max_length=8)
    due_on = models.DateField()
    at = models.DateTimeField()
    reached = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "rung", "due_on"], name="end_reminded_once_a_rung"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.rung} {self.due_on}"


class ComplianceTerm(models.Model):
    """Days that this deployment has set; `workflow.TERMS` holds the defaults."""

    name = models.CharField(max_length=20, unique=True)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, 730)), name="compliance_term_within_two_years"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.days}"
