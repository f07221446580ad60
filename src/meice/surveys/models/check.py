"""附件检查: what a person dropped, what the engine found in it, what was made of it.

A check belongs to the person who made it and is seen by nobody else: the files hold names and
mobile numbers of colleagues. It is kept for `KEPT_DAYS` days and then swept with all it holds.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from meice.engines.annexes.model import Annex, Code, Severity
from meice.files.models import StoredFile
from meice.kernel.clock import now
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from datetime import datetime

    from meice.orgs.models import User

KEPT_DAYS = 30
TABLES = frozenset({Annex.BASIC, Annex.COUNTS, Annex.FILINGS})  # annex 3 is a form, without rows
REASONS: Mapping[str, str] = {
    Code.NOT_A_SPREADSHEET: "不是表格",
    Code.ENCRYPTED: "有密码",
    Code.CORRUPT: "文件损坏",
    Code.TOO_LARGE: "太大",
    Code.UNSAFE_ARCHIVE: "压缩包不安全",
    Code.UNKNOWN_FORM: "认不出是哪张表",
    Code.MISSING_COLUMN: "缺列",
}
FAULT_LOOKS: Mapping[Severity, Look] = {
    Severity.ERROR: Look("错误", "alert-octagon", Tone.BAD),
    Severity.WARNING: Look("提示", "alert-triangle", Tone.WARN),
    Severity.INFO: Look("说明", "info-circle", Tone.IDLE),
}
WINDOW_ROWS = 100  # rows of a form kept and shown together (design.md 8)


def kept_until() -> datetime:
    """The moment a check made now is swept."""
    return now() + timedelta(days=KEPT_DAYS)


class AnnexCheckQuerySet(models.QuerySet["AnnexCheck"]):
    def visible_to(self, user: User) -> AnnexCheckQuerySet:
        """Only one's own checks, whatever the role."""
        return self.filter(owner_id=user.pk)

    def overdue(self, moment: datetime) -> AnnexCheckQuerySet:
        """Those whose days are over at `moment`."""
        return self.filter(kept_until__lte=moment)


class AnnexCheck(models.Model):
    """One drop of files; `token` comes from the form, so that a double click makes one check."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="上传人"
    )
    token = models.UUIDField("表单号", default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField("收到时间", default=now)
    kept_until = models.DateTimeField("保留到", default=kept_until, db_index=True)
    checked_at = models.DateTimeField("查完时间", null=True)
    one_unit = models.BooleanField("散文件是一套", default=True)
    form_count = models.PositiveIntegerField("表格数", default=0)
    accepted_count = models.PositiveIntegerField("收下数", default=0)
    error_count = models.PositiveIntegerField("错误数", default=0)
    warning_count = models.PositiveIntegerField("提示数", default=0)

    objects = AnnexCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "附件检查"
        ordering: ClassVar = ["-received_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "token"], name="annex_check_once_per_form")
        ]

    def __str__(self) -> str:
        return f"附件检查 {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("annex-check", args=[self.pk])

    @property
    def is_done(self) -> bool:
        """Checked; results are shown only then."""
        return self.checked_at is not None

    @property
    def called(self) -> str:
        """The first file's name, and how many there are."""
        names = [upload.name for upload in self.uploads.all()]
        more = f" 等 {len(names)} 个文件" if len(names) > 1 else ""
        return f"{names[0]}{more}" if names else "没有文件"

    @property
    def look(self) -> Look:
        """How it went, in a word."""
        if not self.is_done:
            return Look("正在检查", "clock", Tone.INFO)
        word = f"收下 {self.accepted_count}/{self.form_count}"
        if self.accepted_count < self.form_count:
            return Look(word, "alert-octagon", Tone.BAD)
        if self.warning_count:
            return Look(f"{word}，有不符", "alert-triangle", Tone.WARN)
        return Look(word, "circle-check", Tone.GOOD)


class Upload(models.Model):
    """One file as it came; without `stored` it was refused on arrival, and `refusal` says why."""

    check_made = models.ForeignKey(AnnexCheck, on_delete=models.CASCADE, related_name="uploads")
    position = models.PositiveIntegerField("次序")
    name = models.CharField("文件名", max_length=500)
    size = models.BigIntegerField("字节数")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.CharField("没有收的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "上传的文件"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_made", "position"], name="upload_position"),
            models.CheckConstraint(
                condition=models.Q(stored__isnull=False) | ~models.Q(refusal=""),
                name="upload_stored_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"上传的文件 {self.pk}"


class CheckedForm(models.Model):
    """One form found in one file, or a file in which none was found (`annex` is None).

    `layout` holds what does not grow with the rows: the header, the columns with their letters,
    the labelled cells of annex 3, the samples (see `grid.Layout`).
    """

    check_made = models.ForeignKey(AnnexCheck, on_delete=models.CASCADE, related_name="forms")
    position = models.PositiveIntegerField("次序")
    path = models.CharField("文件", max_length=1000)
    sheet = models.CharField("工作表", max_length=200, blank=True)
    annex = models.PositiveSmallIntegerField("附件几", null=True)
    unit = models.CharField("填报单位", max_length=300, blank=True)
    row_count = models.PositiveIntegerField("行数", default=0)
    sample_count = models.PositiveIntegerField("示例行数", default=0)
    accepted = models.BooleanField("收下", default=False)
    error_count = models.PositiveIntegerField("错误数", default=0)
    warning_count = models.PositiveIntegerField("提示数", default=0)
    reason = models.CharField("没有收下的代码", max_length=40, blank=True)
    advice = models.TextField("头一条怎么改", blank=True)
    layout = models.JSONField("版面", default=dict)

    class Meta:
        verbose_name = "读出的表"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_made", "position"], name="form_position")
        ]

    def __str__(self) -> str:
        return f"读出的表 {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("annex-form", args=[self.check_made_id, self.pk])

    @property
    def look(self) -> Look:
        """收下 / 收下，有不符 / 未收下：原因 (design.md 5)."""
        if not self.accepted:
            return Look(f"未收下：{REASONS.get(self.reason, '有错误')}", "alert-octagon", Tone.BAD)
        rows = f"收下，{self.row_count} 行" if self.annex in TABLES else "收下"
        if self.warning_count:
            return Look("收下，有不符", "alert-triangle", Tone.WARN)
        return Look(rows, "circle-check", Tone.GOOD)

    @property
    def file_name(self) -> str:
        """The last part of the path; inside an archive, the member's."""
        return self.path.replace("!/", "/").rsplit("/", 1)[-1]

    @property
    def place(self) -> str:
        """The archive or folder it lies in, and the sheet: what tells equal names apart."""
        folder = self.path[: -len(self.file_name)].rstrip("/!")
        return " · ".join(part for part in (folder, self.sheet) if part)


class RowWindow(models.Model):
    """Up to `WINDOW_ROWS` rows of a form: `rows` is a list of `[sheet row, [text, …]]`."""

    form = models.ForeignKey(CheckedForm, on_delete=models.CASCADE, related_name="windows")
    number = models.PositiveIntegerField("第几段")
    rows = models.JSONField("行")

    class Meta:
        verbose_name = "一段行"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "number"], name="window_number")
        ]

    def __str__(self) -> str:
        return f"一段行 {self.pk}"


class Fault(models.Model):
    """One issue of the engine, numbered within its form; without a form it is a package's.

    `severity` and `code` are the engine's stable words (contracts.md, annexes). `window` is
    the part of the form (`RowWindow`) in which `cell` lies, None for the header and for no cell.
    """

    check_made = models.ForeignKey(AnnexCheck, on_delete=models.CASCADE, related_name="faults")
    form = models.ForeignKey(
        CheckedForm, on_delete=models.CASCADE, null=True, related_name="faults"
    )
    number = models.PositiveIntegerField("序号")
    severity = models.CharField("轻重", max_length=10)
    code = models.CharField("代码", max_length=40)
    path = models.CharField("文件", max_length=1000)
    sheet = models.CharField("工作表", max_length=200, blank=True)
    cell = models.CharField("单元格", max_length=12, blank=True)
    window = models.PositiveIntegerField("第几段", null=True)
    found = models.TextField("写的是", blank=True)
    expected = models.TextField("应为", blank=True)
    message = models.TextField("说明")

    class Meta:
        verbose_name = "毛病"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["form", "severity"], name="fault_of_form")]

    def __str__(self) -> str:
        return f"毛病 {self.pk}"

    @property
    def look(self) -> Look:
        """错误, 提示 or 说明."""
        return FAULT_LOOKS[Severity(self.severity)]


class MergedPackage(models.Model):
    """The accepted files of a check as the package that the notice names, and its report."""

    check_made = models.ForeignKey(AnnexCheck, on_delete=models.CASCADE, related_name="packages")
    unit = models.CharField("填报单位", max_length=200)
    short_name = models.CharField("单位简称", max_length=60)
    sent_on = models.DateField("报送日期")
    asked_at = models.DateTimeField("要求时间", default=now)
    made_at = models.DateTimeField("做好时间", null=True)
    package = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "汇总包"
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["check_made", "unit", "short_name", "sent_on"], name="package_once"
            ),
            models.CheckConstraint(
                condition=models.Q(made_at__isnull=True)
                | models.Q(package__isnull=False, report__isnull=False),
                name="package_made_has_files",
            ),
        ]

    def __str__(self) -> str:
        return f"汇总包 {self.pk}"

    @property
    def look(self) -> Look:
        """How far it is."""
        if self.made_at is None:
            return Look("正在生成", "clock", Tone.INFO)
        return Look("做好了", "circle-check", Tone.GOOD)
