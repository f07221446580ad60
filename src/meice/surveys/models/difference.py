"""What was decided on a difference between a submission and the register."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from meice.orgs.models import User
from meice.registry.models import Filing, Outlet
from meice.surveys.models.row import SubmissionRow
from meice.surveys.models.submission import Submission


class DifferenceAct(models.TextChoices):
    """The one act on a difference (design.md 8)."""

    FILE_CHANGE = "file_change", "生成变更备案"
    FILE_OPEN = "file_open", "开设备案"
    FILE_CANCEL = "file_cancel", "注销备案"
    NOTE_PROBLEM = "note_problem", "记为自查问题"
    PUT_BACK = "put_back", "补回"
    TAKE_BACK = "take_back", "用台账值"


class DifferenceDecision(models.Model):
    """One click: what was made of it (a draft filing, a self-found problem), by whom."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=12, choices=DifferenceAct)
    row = models.ForeignKey(SubmissionRow, models.CASCADE, related_name="+", null=True, blank=True)
    outlet = models.ForeignKey(Outlet, models.SET_NULL, related_name="+", null=True, blank=True)
    filing = models.ForeignKey(Filing, models.SET_NULL, related_name="+", null=True, blank=True)
    column = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(row__isnull=False) | Q(outlet__isnull=False) | Q(filing__isnull=False),
                name="decision_is_about_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.submission_id}"
