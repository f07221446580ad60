"""A revision (一稿): everything that is approved, as it was saved. Never changed."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from meice.editorial.models.words import (
    ContentClass,
    ContentForm,
    Intelligence,
    Lane,
    Minors,
    Origin,
    Secret,
)
from meice.engines.zhcheck import SEVERITY_WORDS, Severity
from meice.files.models import StoredFile
from meice.orgs.models import User

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

LONGEST_BODY = 100_000


class Revision(models.Model):
    """The text and what is declared about it. `digest` is the SHA-256 of all of it.

    `body` is plain paragraphs; a line that begins with `# ` is a heading, with `> ` a quotation.
    `outlets` are ids and names of the outlets it is meant for.
    """

    manuscript = models.ForeignKey("Manuscript", models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField("第几稿")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文", max_length=LONGEST_BODY)
    form = models.CharField("内容形式", max_length=8, choices=ContentForm)
    content_class = models.CharField("稿件类别", max_length=10, choices=ContentClass)
    lane = models.CharField("缓急", max_length=8, choices=Lane, default=Lane.NORMAL)
    origin = models.CharField("原创或转载", max_length=8, choices=Origin)
    original_title = models.CharField("原标题", max_length=200, blank=True)
    source_name = models.CharField("来源名称", max_length=100, blank=True)
    source_url = models.CharField("来源链接", max_length=500, blank=True)
    contributors = models.CharField("供稿供图", max_length=200, blank=True)
    impact = models.CharField("社会影响预判", max_length=500, blank=True)
    picture_licence = models.CharField("图片授权", max_length=300, blank=True)
    music_licence = models.CharField("音乐、字体、视频授权", max_length=300, blank=True)
    intelligence = models.CharField("AI 声明", max_length=10, choices=Intelligence)
    people = models.CharField("涉及人员", max_length=300, blank=True)
    minors = models.CharField("未成年人", max_length=8, choices=Minors, default=Minors.NONE)
    secrets = models.JSONField("保密自查", default=list, help_text="回答「涉及」的项目")
    is_self_checked = models.BooleanField("五项都已自查", default=False)
    outlets = models.JSONField("拟发账号", default=list)
    planned_at = models.DateTimeField("拟发时间", null=True, blank=True)
    digest = models.CharField("指纹", max_length=64)
    read_at = models.DateTimeField("读稿时间", null=True, blank=True)
    read_with = models.CharField("词库", max_length=120, blank=True)
    files_read_at = models.DateTimeField("附件读完", null=True, blank=True)

    attachments: "RelatedManager[Attachment]"
    issues: "RelatedManager[CopyIssue]"
    comments: "RelatedManager[Comment]"

    class Meta:
        verbose_name = "稿次"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["manuscript", "number"], name="revision_numbered_once"),
            models.CheckConstraint(condition=~Q(title=""), name="revision_has_a_title"),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="revision_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 稿"

    @property
    def copy(self) -> str:
        """Title and text as the machine and people read them: issues and comments stand in it."""
        return f"{self.title}\n{self.body}"

    @property
    def outlet_names(self) -> list[str]:
        """The names of the outlets it is meant for."""
        return [str(one["name"]) for one in self.outlets]

    @property
    def secret_words(self) -> list[str]:
        """The items of the self-check that were answered with yes."""
        return [str(secret.label) for secret in Secret if secret.value in self.secrets]


class Attachment(models.Model):
    """A file of a revision, with what is declared about it; the machine's reading of its text."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    licence = models.CharField("授权", max_length=200, blank=True)
    people = models.CharField("人物", max_length=200, blank=True)
    is_generated = models.BooleanField("AI 生成", default=False)
    is_read = models.BooleanField(default=False)
    unread = models.CharField("没读的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "附件"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "file"], name="attachment_once_a_revision")
        ]

    def __str__(self) -> str:
        return self.name


class CopyIssueQuerySet(models.QuerySet["CopyIssue"]):
    """Sets of issues."""

    def blocking(self) -> Self:
        """Must be mended, unless somebody waived it."""
        return self.filter(severity=Severity.BLOCK.value, waiver__isnull=True)


class CopyIssue(models.Model):
    """One thing the machine saw in a revision (or in a file of it): a claim, judged by people."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="issues")
    attachment = models.ForeignKey(
        Attachment, models.CASCADE, related_name="issues", null=True, blank=True
    )
    place = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=20)
    severity = models.CharField(max_length=8)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    message = models.TextField()
    suggestion = models.TextField(null=True, blank=True)
    source = models.CharField(max_length=300)
    where = models.CharField(max_length=120, blank=True)

    objects = CopyIssueQuerySet.as_manager()

    class Meta:
        verbose_name = "读稿发现"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "place"], name="issue_place_once"),
            models.CheckConstraint(
                condition=Q(severity__in=[one.value for one in Severity]),
                name="issue_severity_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.place}"

    @property
    def gravity(self) -> str:
        """How heavy, in words."""
        return SEVERITY_WORDS[Severity(self.severity)]

    @property
    def is_blocking(self) -> bool:
        """Nobody may pass it as it stands."""
        return self.severity == Severity.BLOCK and not self.waived

    @property
    def waived(self) -> "Waiver | None":
        """Who let it stand and why."""
        found: Waiver | None = getattr(self, "waiver", None)
        return found


class Waiver(models.Model):
    """放行: a reviewer lets an issue stand, with a reason; for this revision alone."""

    issue = models.OneToOneField(CopyIssue, models.CASCADE, related_name="waiver")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    stage = models.CharField("环节", max_length=30)

    class Meta:
        verbose_name = "放行"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason")]

    def __str__(self) -> str:
        return self.reason


class Comment(models.Model):
    """A reviewer's words at the text: `body[start:end]` is `quote`; without one, to the whole."""

    manuscript = models.ForeignKey("Manuscript", models.CASCADE, related_name="comments")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="comments")
    stage = models.CharField("环节", max_length=30, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    quote = models.TextField("原文", blank=True)
    text = models.CharField("批注", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "批注"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")), name="comment_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.text
