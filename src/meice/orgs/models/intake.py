"""An import of units or people from a spreadsheet, from the upload to the result."""

from django.db import models

from meice.orgs.models.user import User


class IntakeSubject(models.TextChoices):
    """What the rows of the sheet are."""

    UNITS = "units", "单位"
    PEOPLE = "people", "人员"


class IntakeState(models.TextChoices):
    """Where an import stands; the way between is in `workflow.py`."""

    PREVIEW = "preview", "待核对"
    APPLIED = "applied", "已导入"
    DROPPED = "dropped", "已放弃"


class Intake(models.Model):
    """One upload. `grid` is the sheet as text rows; `mapping` says which column is what."""

    subject = models.CharField(max_length=8, choices=IntakeSubject)
    status = models.CharField(max_length=8, choices=IntakeState, default=IntakeState.PREVIEW)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    head_row = models.PositiveIntegerField(default=1)
    grid = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    queued_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.file_name}"
