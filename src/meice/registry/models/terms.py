"""The settings of filing: working-day terms, a unit's route, single days, number series."""

from typing import Self

from django.db import models
from django.db.models import Q

from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models.outlet import within


class Way(models.TextChoices):
    """What stands between the draft and the leader."""

    DIRECT = "direct", "直接交领导确认"
    REVIEWER = "reviewer", "先由本单位审核人审核"
    ENDORSER = "endorser", "先由会签单位审核（如团委）"


class Route(models.Model):
    """A unit's way to its leader; a unit without a row follows its nearest parent with one."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    endorser = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(way="endorser") & Q(endorser__isnull=False))
                | (~Q(way="endorser") & Q(endorser__isnull=True)),
                name="route_names_its_endorser",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.way}"


class Term(models.Model):
    """A term in working days that this deployment has set; `workflow.TERMS` holds the defaults."""

    name = models.CharField(max_length=20, unique=True)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__range=(1, 250)), name="term_within_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.days}"


class DayOverride(models.Model):
    """A day this deployment works or rests, whatever the notice says."""

    day = models.DateField(unique=True)
    is_workday = models.BooleanField("上班")
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.is_workday}"


class Counter(models.Model):
    """The last number given in a series of a year (0: a series without years)."""

    series = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="counter_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year} {self.last}"


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Sets of confirmations."""

    def visible_to(self, user: User) -> Self:
        """Confirmations of units in the reader's reach."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))


class Confirmation(models.Model):
    """A leader's "no change" for all outlets of a unit (notice 三（二）)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outlets = models.PositiveIntegerField()

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.at:%Y-%m-%d}"
