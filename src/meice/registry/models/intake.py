"""An existing ledger read into the register: preview, mapping, differences, apply, undo."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from meice.files.models import StoredFile
from meice.orgs.models import Unit, User
from meice.registry.models.outlet import Outlet

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class IntakeStatus(models.TextChoices):
    """Where an import stands; the way between is in `workflow.py`."""

    PREVIEW = "preview", "待核对"
    APPLIED = "applied", "已导入"
    DROPPED = "dropped", "已放弃"
    UNDONE = "undone", "已撤销"


class RowAct(models.TextChoices):
    """What a row of the file does."""

    NEW = "new", "新增"
    CHANGE = "change", "修改"
    SAME = "same", "一致"
    FAULT = "fault", "有错，不导入"


class IntakeQuerySet(models.QuerySet["LedgerIntake"]):
    """Sets of imports."""

    def visible_to(self, user: User) -> Self:
        """One's own imports only: a preview may hold what was never accepted."""
        return self.filter(made_by=user.pk)


class LedgerIntake(models.Model):
    """One upload. `grid` is the sheet as text rows; `mapping` says which column is which item."""

    status = models.CharField(max_length=8, choices=IntakeStatus, default=IntakeStatus.PREVIEW)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="缺省单位")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    form = models.CharField(max_length=20, blank=True)
    head_row = models.PositiveIntegerField(default=1)
    grid = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = IntakeQuerySet.as_manager()
    rows: "RelatedManager[LedgerRow]"

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=IntakeStatus.values), name="ledger_intake_status_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class LedgerRow(models.Model):
    """One line that was applied: the outlet before and after, and its version then."""

    intake = models.ForeignKey(LedgerIntake, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    act = models.CharField(max_length=6, choices=RowAct)
    outlet = models.ForeignKey(Outlet, models.SET_NULL, related_name="+", null=True)
    before = models.JSONField(default=dict)
    version_after = models.PositiveIntegerField()

    class Meta:
        ordering = ["line"]

    def __str__(self) -> str:
        return f"{self.intake_id} {self.line}"
