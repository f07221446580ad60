"""Exceptions to one active outlet per unit and platform (notice 一（一）), and merge plans."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models.outlet import Outlet, OutletStatus, within

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class ExceptionKind(models.TextChoices):
    """待整合 came about by itself (import, discovery, a unit's report); 批准 was granted before."""

    TO_MERGE = "to_merge", "待整合"
    GRANTED = "granted", "已批准"


class ExceptionQuerySet(models.QuerySet["ExceptionGrant"]):
    """Sets of exceptions."""

    def visible_to(self, user: User) -> Self:
        """Exceptions of units in the reader's reach."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))

    def free(self, unit: Unit, platform: str, today: date) -> Self:
        """Granted, not used by any outlet, not expired."""
        return self.filter(
            unit=unit,
            platform=platform,
            kind=ExceptionKind.GRANTED,
            outlet__isnull=True,
            expires_on__gte=today,
        )

    def in_use(self) -> Self:
        """Held by an outlet that is not cancelled."""
        return self.filter(outlet__isnull=False).exclude(outlet__status=OutletStatus.CANCELLED)


class ExceptionGrant(models.Model):
    """A second place of a unit on a platform, with its reason, until a day."""

    number = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True)
    platform = models.CharField(max_length=32)
    kind = models.CharField(max_length=8, choices=ExceptionKind)
    reason = models.CharField("理由", max_length=300)
    expires_on = models.DateField("到期")
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    objects = ExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["expires_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="exception_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind__in=ExceptionKind.values), name="exception_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def platform_name(self) -> str:
        """What the annexes call the platform."""
        row = PLATFORM_BY_KEY.get(self.platform)
        return row.name if row else self.platform


class MergePlanQuerySet(models.QuerySet["MergePlan"]):
    """Sets of merge plans."""

    def visible_to(self, user: User) -> Self:
        """Plans of units in the reader's reach."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))


class MergePlan(models.Model):
    """Of similar outlets one stays, the others are to be cancelled by a day (避免「一事一端」)."""

    unit_path = models.CharField(max_length=255, db_index=True)
    keep = models.ForeignKey(Outlet, models.PROTECT, related_name="+")
    reason = models.CharField("说明", max_length=300)
    due_on = models.DateField("完成期限")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = MergePlanQuerySet.as_manager()
    items: "RelatedManager[MergeItem]"

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="merge_plan_has_a_reason")
        ]

    def __str__(self) -> str:
        return self.reason


class MergeItem(models.Model):
    """An outlet that a plan dissolves; it is done when the outlet is cancelled."""

    plan = models.ForeignKey(MergePlan, models.CASCADE, related_name="items")
    outlet = models.OneToOneField(Outlet, models.PROTECT, related_name="merge_item")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.outlet_id)
