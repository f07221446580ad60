"""The sheet of a submission: its header, its rows, what the department says of single cells.

`cells` maps a column's key to the text that stands in the cell (the keys of contracts.md; those
of annex 3 are dotted: `leader.phone`, `operators.1.name`). Texts are kept as typed while they do
not read right, and in the form's own words when they do (是, 2021-06-29, 无问题、…). What they
mean is read by `surveys.rows` with the engine. `number` (序号) is computed and never stored.
Annex 2 has no rows: it is computed, but for what a unit says in an uploaded file (`own_counts`).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from meice.engines.annexes.model import Annex
from meice.orgs.models import User
from meice.registry.models import Outlet
from meice.surveys.models.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ROW_ANNEXES = (Annex.BASIC, Annex.FILING, Annex.FILINGS)


class RowSource(models.TextChoices):
    """Where a row came from."""

    REGISTER = "register", "台账"
    TYPED = "typed", "手填"
    UPLOAD = "upload", "上传"
    PASTE = "paste", "粘贴"


class SubmissionHeader(models.Model):
    """填报单位, 填表人, 电话, 填表时间: one for the four forms. `own_counts` is the annex 2 that
    the unit itself handed in (`CountRow` JSON), compared with the computed one cell by cell."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="header")
    unit = models.CharField("填报单位", max_length=200, blank=True)
    filled_by = models.CharField("填表人", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    date = models.CharField("填表时间", max_length=20, blank=True)
    own_counts = models.JSONField("自报附件2", default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"表头 {self.submission_id}"


class SubmissionRowQuerySet(models.QuerySet["SubmissionRow"]):
    """Sets of rows."""

    def standing(self) -> Self:
        """Rows that count: not removed."""
        return self.filter(removed=False)

    def standing_in_order(self) -> Self:
        """All standing rows, annex by annex, in the order of the sheet."""
        return self.standing().order_by("annex", "position", "pk")

    def of_annex(self, annex: Annex | int) -> Self:
        """The standing rows of one annex in their order."""
        return self.standing().filter(annex=int(annex)).order_by("position", "pk")


class SubmissionRow(models.Model):
    """One row of annex 1 or 4, or one form of annex 3.

    `version` grows with every change of the row. `key` is given by whoever adds the row, so that
    adding it twice makes one. `marks` says of each cell that was touched after the pre-fill:
    `{column: {"by": user id, "name": 姓名, "at": ISO, "version": n, "raw": as typed}}`.
    A removed row stays (`removed`), nothing is overwritten.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="rows")
    annex = models.PositiveSmallIntegerField("附件几")
    position = models.PositiveIntegerField("次序")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    cells: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    marks: models.JSONField[dict[str, dict[str, Any]]] = models.JSONField(default=dict)
    outlet = models.ForeignKey(
        Outlet, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="台账账号"
    )
    source = models.CharField(max_length=8, choices=RowSource, default=RowSource.TYPED)
    removed = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = SubmissionRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["annex", "position", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["submission", "annex", "position"], name="row_in_its_order")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "key"], name="row_added_once"),
            models.CheckConstraint(
                condition=Q(annex__in=[int(annex) for annex in ROW_ANNEXES]),
                name="row_of_annex_1_3_or_4",
            ),
        ]

    def __str__(self) -> str:
        return f"附件{self.annex} 第 {self.position} 行"

    def touch(
        self,
        changes: Mapping[str, str],
        *,
        by: User,
        at: datetime,
        raw: Mapping[str, str] | None = None,
    ) -> None:
        """Put `changes` into the cells in memory and mark who did it; the action saves."""
        self.version += 1
        self.changed_at, self.changed_by = at, by
        for column, text in changes.items():
            self.cells = {**self.cells, column: text}
            mark = {"by": by.pk, "name": by.name, "at": at.isoformat(), "version": self.version}
            typed = (raw or {}).get(column, text)
            self.marks = {**self.marks, column: {**mark, "raw": typed}}


class SheetOperation(models.Model):
    """One operation of the sheet as it arrived, so that a repeated one changes nothing and the
    history of each cell can be read: `outcome` is what was answered the first time."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="operations")
    operation = models.UUIDField()
    kind = models.CharField(max_length=10, help_text="set add remove restore move header")
    row = models.ForeignKey(
        SubmissionRow, models.CASCADE, related_name="operations", null=True, blank=True
    )
    column = models.CharField(max_length=40, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "operation"], name="operation_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id} {self.column}"


class Remark(models.Model):
    """What the department asks to be mended: one cell (or the whole row, or annex 2: without a
    row, `place` says which cell), open until the unit changes it or the department drops it."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="remarks")
    round = models.PositiveSmallIntegerField("第几次报送")
    annex = models.PositiveSmallIntegerField("附件几")
    row = models.ForeignKey(
        SubmissionRow, models.CASCADE, related_name="remarks", null=True, blank=True
    )
    column = models.CharField(max_length=40, blank=True)
    place = models.CharField("单元格", max_length=40, blank=True)
    was = models.TextField("当时的值", blank=True)
    text = models.CharField("意见", max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "退回意见"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something")
        ]

    def __str__(self) -> str:
        return self.text
