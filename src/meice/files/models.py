"""Kept files: one row says who kept what and when; the bytes lie under their SHA-256."""

from datetime import datetime
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q, Sum

from meice.files.kinds import FileKind


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Sets of kept files."""

    def kept_bytes(self, by: models.Model, since: datetime) -> int:
        """Bytes that `by` has kept since then, each upload counted, for the daily quota."""
        kept = self.filter(kept_by=by.pk, kept_at__gte=since).aggregate(total=Sum("size"))
        return kept["total"] or 0

    def unclaimed(self, before: datetime) -> Self:
        """Rows kept before then to which no row of any room points."""
        rows = self.filter(kept_at__lt=before)
        for relation in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(relation, ForeignObjectRel):
                room = relation.related_model._base_manager
                rows = rows.exclude(Exists(room.filter(**{relation.field.name: OuterRef("pk")})))
        return rows


class StoredFile(models.Model):
    """A file as it came in. Rooms point here by a foreign key (`PROTECT`, related_name='+');
    a row to which nothing points is swept after a day, with its bytes."""

    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节数")
    name = models.CharField("原文件名", max_length=255)
    kind = models.CharField("类型", max_length=8, choices=FileKind)
    purpose = models.CharField("用途", max_length=40)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="上传人"
    )
    kept_at = models.DateTimeField("存入时间")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "存档文件"
        indexes = [models.Index(fields=["kept_by", "kept_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="file_kind_known"),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="file_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return blob_path(self.digest)


def blob_path(digest: str) -> Path:
    """`FILES_DIR/ab/cd/abcd…`: two levels keep folders small."""
    return Path(settings.FILES_DIR) / digest[:2] / digest[2:4] / digest
