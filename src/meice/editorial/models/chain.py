"""The school's chains: which stages a manuscript of a unit and a class goes through."""

from django.db import models
from django.db.models import Q

from meice.editorial.models.words import ContentClass
from meice.orgs.models import Unit, User
from meice.orgs.roles import Role


class Chain(models.Model):
    """The chain of a unit and all below it for one class; without a unit: the whole school's."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="单位"
    )
    content_class = models.CharField("稿件类别", max_length=10, choices=ContentClass)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = "审校链"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "content_class"], name="chain_of_a_unit_once_a_class"
            ),
            models.UniqueConstraint(
                fields=["content_class"],
                condition=Q(unit__isnull=True),
                name="chain_of_the_school_once_a_class",
            ),
            models.CheckConstraint(
                condition=Q(content_class__in=ContentClass.values), name="chain_class_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or '全校'} {self.get_content_class_display()}"


class ChainStage(models.Model):
    """One stage: who holds `role` in `unit`; without a unit, in the manuscript's own or above."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="stages")
    place = models.PositiveSmallIntegerField()
    name = models.CharField("环节", max_length=30)
    role = models.CharField("谁审", max_length=12, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="单位"
    )
    is_extra = models.BooleanField("加审", default=False)

    class Meta:
        verbose_name = "审校环节设置"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "place"], name="chain_stage_place_once"),
            models.CheckConstraint(condition=~Q(name=""), name="chain_stage_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class EditorialTerm(models.Model):
    """A number the school has set for itself (hours, days, yes as 1); names in `workflow.py`."""

    name = models.CharField(max_length=20, unique=True)
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "审校设置"

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
