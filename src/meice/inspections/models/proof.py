"""What backs a finding (证据) and what was done about it; rows are only ever added."""

from django.db import models
from django.db.models import Q

from meice.files.models import StoredFile
from meice.inspections.models.finding import Finding
from meice.orgs.models import Event, User


class EvidenceKind(models.TextChoices):
    """What a kept file shows."""

    SNAPSHOT = "snapshot", "页面快照"
    TEXT = "text", "摘出的文字"
    HEADERS = "headers", "响应头"
    SCREENSHOT = "screenshot", "截图"
    UPLOAD = "upload", "附件"


class Evidence(models.Model):
    """One kept file: what, from which address, taken when and by whom, under its hash."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    url = models.CharField(max_length=1000, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=60)

    class Meta:
        verbose_name = "证据"
        ordering = ["-taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.taken_at:%Y-%m-%d %H:%M}"


ACT_LABELS = {
    "find": "机器发现",
    "record": "登记",
    "see": "再次看到",
    "endorse": "第一人核实",
    "confirm": "属实",
    "dismiss": "不属实",
    "dispute": "两人意见不一",
    "look": "再看一次",
    "come_back": "看过，回到队列",
    "reconsider": "重新核实",
    "claim": "认领",
    "release": "放回",
    "transfer": "转给",
    "order": "开整改单",
    "close": "销号",
    "recur": "再次出现",
    "lapse": "没再看到",
}


class FindingEvent(Event):
    """One act on a finding: who (blank: the machine), when, with which words."""

    labels = ACT_LABELS
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="events")


class FindingExport(models.Model):
    """A list that was taken out: by whom, which rows, and its file when a job wrote it."""

    words = models.CharField(max_length=200)
    findings = models.JSONField(default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "发现清单"

    def __str__(self) -> str:
        return self.words
