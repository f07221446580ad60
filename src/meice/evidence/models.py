"""A piece of evidence: a kept file, where it came from, who took it when; chained within its case."""

import re
from typing import Any, Self

from django.db import models
from django.db.models import Q

from meice.audit.canonical import digest_of
from meice.audit.models import AppendOnlyModel, AppendOnlyQuerySet
from meice.files.models import StoredFile

BEGINNING = "0" * 64
CASE_SHAPE = re.compile(r"\A[a-z]+:[0-9]+\Z")


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is."""

    SCREENSHOT = "screenshot", "截图"
    HTML = "html", "网页存档"
    HEADERS = "headers", "响应头"
    PHOTO = "photo", "照片"
    RECORDING = "recording", "录屏录音"
    DOCUMENT = "document", "文书"


KIND_ICONS = {
    EvidenceKind.SCREENSHOT: "photo",
    EvidenceKind.HTML: "file-code",
    EvidenceKind.HEADERS: "list-details",
    EvidenceKind.PHOTO: "camera",
    EvidenceKind.RECORDING: "video",
    EvidenceKind.DOCUMENT: "file-text",
}


class EvidenceQuerySet(AppendOnlyQuerySet):
    """Sets of evidence."""

    def of(self, case: str) -> Self:
        """All that one case keeps (`impersonation:12`), in order."""
        return self.filter(case=case).order_by("number").select_related("stored")


class Evidence(AppendOnlyModel):
    """Written once. `own_hash` is the SHA-256 of all other columns and of the hash before it in
    the case (`previous`), so that no row can be changed, taken out or put in between.

    The store knows nothing of who keeps a case but its name; the person is kept as id and name,
    so that evidence outlives every account.
    """

    case = models.CharField("案卷", max_length=60)
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=10, choices=EvidenceKind)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    source = models.CharField("来源网址", max_length=2000, blank=True)
    headers = models.TextField("响应头", blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    captured_at = models.DateTimeField("采集时间")
    by_id = models.CharField(max_length=40, blank=True)
    by_name = models.CharField("采集人", max_length=60)
    previous = models.CharField(max_length=64)
    own_hash = models.CharField(max_length=64)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "证据"
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="evidence_number_once_a_case"),
            models.CheckConstraint(condition=Q(number__gte=1), name="evidence_counts_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values), name="kept_evidence_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="evidence_has_a_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 第 {self.number} 号"

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return KIND_ICONS[EvidenceKind(self.kind)]

    def computed_hash(self) -> str:
        """The hash that the columns give now."""
        return digest_of(self.content())

    def content(self) -> dict[str, Any]:
        """What the hash covers."""
        return {
            "case": self.case,
            "number": self.number,
            "kind": str(self.kind),
            "name": self.name,
            "sha256": self.sha256,
            "size": self.size,
            "source": self.source,
            "headers": self.headers,
            "note": self.note,
            "captured_at": self.captured_at,
            "by_id": self.by_id,
            "by_name": self.by_name,
            "previous": self.previous,
        }
