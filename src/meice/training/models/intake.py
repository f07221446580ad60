"""A list of who was there, from the upload to the result."""

from typing import Self

from django.db import models

from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.training.models.session import TrainingSession


class AttendanceIntakeStatus(models.TextChoices):
    """Where an import stands."""

    PREVIEW = "preview", "待核对"
    APPLIED = "applied", "已导入"
    DROPPED = "dropped", "已放弃"


class AttendanceIntakeQuerySet(models.QuerySet["AttendanceIntake"]):
    """Sets of imports."""

    def visible_to(self, user: User) -> Self:
        """One's own."""
        return self.filter(made_by=user.pk)


class AttendanceIntake(models.Model):
    """One upload. `grid` is the sheet as text rows, `mapping` which column is what."""

    status = models.CharField(
        max_length=8, choices=AttendanceIntakeStatus, default=AttendanceIntakeStatus.PREVIEW
    )
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="intakes")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    head_row = models.PositiveIntegerField()
    grid: models.JSONField[list[list[str]]] = models.JSONField(default=list)
    mapping: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    changed = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceIntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=AttendanceIntakeStatus.values),
                name="attendance_intake_status_known",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
