"""What the department sets: hours of the ladder, notable days; and what the ladder has said."""

from django.db import models
from django.db.models import Q

from meice.patrols.models.round import Round
from meice.patrols.rhythm import Notable


class Rung(models.TextChoices):
    """The steps of the ladder."""

    BEFORE = "before", "快到期"
    MISSED = "missed", "漏巡报巡查人"
    LEADER = "leader", "漏巡报单位领导"
    DEPARTMENT = "department", "漏巡报宣传部"


class RoundReminder(models.Model):
    """A rung that was climbed: once for each round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reminders")
    rung = models.CharField(max_length=10, choices=Rung)
    at = models.DateTimeField()
    reached = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "rung"], name="rung_climbed_once_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.rung}"


class PatrolTerm(models.Model):
    """Hours that this deployment has set; `workflow.TERMS` holds the defaults."""

    name = models.CharField(max_length=10, unique=True)
    hours = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__range=(1, 240)), name="patrol_term_within_ten_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.hours}"


class NotableDay(models.Model):
    """A day before which rounds are made (重要日子); year 0: it comes every year."""

    name = models.CharField("名称", max_length=40)
    month = models.PositiveSmallIntegerField("月")
    day = models.PositiveSmallIntegerField("日")
    year = models.PositiveSmallIntegerField("年", default=0)

    class Meta:
        verbose_name = "重要日子"
        ordering = ["month", "day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "month", "day", "year"], name="notable_day_once"
            ),
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), day__range=(1, 31)), name="notable_day_is_a_day"
            ),
        ]

    def __str__(self) -> str:
        year = f"{self.year}年" if self.year else "每年"
        return f"{self.name}（{year}{self.month}月{self.day}日）"

    @property
    def plain(self) -> Notable:
        """For the rules."""
        return Notable(self.name, self.month, self.day, self.year or None)
