"""Files that a unit uploads in place of filling the sheet: checked, previewed, then used."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.surveys.models.check import AnnexCheck
from meice.surveys.models.submission import Submission

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Replacement(models.Model):
    """One drop of files for a submission. `check_made` shows the faults by cell while it is
    kept; `forms` are the accepted forms as the engine read them (`[{annex, path, sheet, header,
    rows}]`), written by the job. Nothing is replaced before `used_at`."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="replacements")
    token = models.UUIDField()
    check_made = models.OneToOneField(
        AnnexCheck, models.SET_NULL, related_name="replacement", null=True, blank=True
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    forms = models.JSONField(default=list)
    used_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    files: RelatedManager[ReplacementFile]

    class Meta:
        verbose_name = "上传替换"
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "token"], name="replacement_once")
        ]

    def __str__(self) -> str:
        return f"上传替换 {self.pk}"


class ReplacementFile(models.Model):
    """A file of a drop, kept as it came for as long as the submission."""

    replacement = models.ForeignKey(Replacement, models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"上传的文件 {self.pk}"
