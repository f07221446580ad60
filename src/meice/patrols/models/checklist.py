"""巡查清单: a name, and versions that never change."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.patrols.checklist import Check, restored
from meice.registry.models import within

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


def above(user: User) -> list[str]:
    """The paths of the units over the chosen post, where it sees business at all."""
    own = user.reach(Right.SEE_BUSINESS)
    steps = [path[:end] for path in own for end in range(Unit.steplen, len(path), Unit.steplen)]
    return list(dict.fromkeys(steps))


class ChecklistQuerySet(models.QuerySet["Checklist"]):
    """Sets of checklists."""

    def visible_to(self, user: User) -> Self:
        """Those of the subtree, and those of the units above: what they patrol by is no secret."""
        own = within(user.reach(Right.SEE_BUSINESS))
        return self.filter(own | Q(unit_path__in=above(user)))


class Checklist(models.Model):
    """A list of a unit. `current` is the version by which the next round is made."""

    name = models.CharField("名称", max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    pattern = models.CharField("样本", max_length=20, blank=True)
    number = models.PositiveSmallIntegerField("版本", default=0)

    objects = ChecklistQuerySet.as_manager()
    versions: "RelatedManager[ChecklistVersion]"

    class Meta:
        verbose_name = "巡查清单"
        ordering = ["unit_path", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="checklist_has_a_name"),
            models.UniqueConstraint(fields=["unit", "name"], name="checklist_name_once_in_a_unit"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def current(self) -> "ChecklistVersion":
        """The version in force."""
        return self.versions.get(number=self.number)


class ChecklistVersion(models.Model):
    """What a list said from a moment on. Only ever added: a round points at the one it was made by."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    rows = models.JSONField[list[dict[str, Any]]]()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="checklist_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.checklist_id} v{self.number}"

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Its lines."""
        return restored(self.rows)

    def checks_for(self, kind: str) -> list[Check]:
        """The lines asked of a kind of platform."""
        return [check for check in self.checks if check.suits(kind)]
