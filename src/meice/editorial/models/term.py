"""The entries of a lexicon and the changes that bring and end them. Nothing is overwritten: an
edit ends one entry and brings another, so that every version can be read back."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meice.editorial.models.lexicon import Lexicon, LexiconVersion
from meice.engines.zhcheck import SEVERITY_WORDS, Entry, Severity
from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class TermSeverity(models.TextChoices):
    """How heavy a hit is, as the engine says it."""

    BLOCK = "block", SEVERITY_WORDS[Severity.BLOCK]
    WARN = "warn", SEVERITY_WORDS[Severity.WARN]
    HINT = "hint", SEVERITY_WORDS[Severity.HINT]


class ChangeKind(models.TextChoices):
    """What a change does."""

    ADD = "add", "新增"
    EDIT = "edit", "修改"
    RETIRE = "retire", "停用"
    IMPORT = "import", "导入"
    ROLLBACK = "rollback", "回退"
    UNDO = "undo", "撤销导入"


AT_ONCE = (ChangeKind.RETIRE, ChangeKind.ROLLBACK, ChangeKind.UNDO)
"""Bring nothing that was not approved before: they take effect without a second person."""


class ChangeStatus(models.TextChoices):
    """Where a change stands; the way between is in `workflow.py`."""

    PREVIEW = "preview", "待核对"
    WAITING = "waiting", "待批准"
    APPROVED = "approved", "已生效"
    REFUSED = "refused", "未批准"
    DROPPED = "dropped", "已放弃"


CHANGE_LOOKS = {
    ChangeStatus.PREVIEW: Look("待核对", icon="eye-check", tone=Tone.INFO),
    ChangeStatus.WAITING: Look("待批准", icon="hourglass", tone=Tone.WARN),
    ChangeStatus.APPROVED: Look("已生效", icon="circle-check", tone=Tone.GOOD),
    ChangeStatus.REFUSED: Look("未批准", icon="circle-x", tone=Tone.IDLE),
    ChangeStatus.DROPPED: Look("已放弃", icon="trash", tone=Tone.IDLE),
}


class TermChangeQuerySet(models.QuerySet["TermChange"]):
    """Sets of changes."""

    def visible_to(self, user: User) -> Self:
        """Of the lexicons she may see; a preview is its maker's own."""
        seen = Lexicon.objects.visible_to(user).values("pk")
        return self.filter(Q(lexicon__in=seen) & (~Q(status="preview") | Q(by=user.pk)))


class TermChange(models.Model):
    """One change of a lexicon: the entries it brings (`terms`) and those it ends (`ends`), who
    asked for it and why, who approved it, and the version it made.

    An import is read by a job: `read_at` is empty until all of its rows are there.
    """

    lexicon = models.ForeignKey(Lexicon, models.CASCADE, related_name="changes")
    kind = models.CharField("办法", max_length=8, choices=ChangeKind)
    status = models.CharField(max_length=8, choices=ChangeStatus, default=ChangeStatus.PREVIEW)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField("意见", max_length=200, blank=True)
    version = models.OneToOneField(
        LexiconVersion, models.PROTECT, related_name="change", null=True, blank=True
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, related_name="undone_by", null=True, blank=True
    )
    ends: "models.ManyToManyField[Term, Any]" = models.ManyToManyField(
        "Term", related_name="ending"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    dated = models.DateField("名单日期", null=True, blank=True)
    replaces_all = models.BooleanField("整表替换", default=False)
    read_at = models.DateTimeField(null=True, blank=True)
    faults = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    objects = TermChangeQuerySet.as_manager()
    terms: "RelatedManager[Term]"

    class Meta:
        verbose_name = "词库变更"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "lexicon"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ChangeStatus.values), name="term_change_status_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="term_change_says_why"),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(version__isnull=False),
                name="approved_change_made_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved", kind__in=["add", "edit", "import"])
                | ~Q(decided_by=F("by")),
                name="nobody_approves_her_own_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lexicon} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("lexicon-change", args=[self.pk])

    @property
    def state(self) -> Look:
        """The state in words."""
        return CHANGE_LOOKS[ChangeStatus(self.status)]


class TermQuerySet(models.QuerySet["Term"]):
    """Sets of entries."""

    def in_force(self) -> Self:
        """Of the newest version."""
        return self.filter(since__isnull=False, until__isnull=True)

    def at_version(self, number: int) -> Self:
        """As a version had them."""
        return self.filter(since__lte=number).filter(Q(until__isnull=True) | Q(until__gt=number))

    def matching(self, typed: str) -> Self:
        """By the word or the right wording."""
        bare = typed.strip()
        return self.filter(Q(word__icontains=bare) | Q(right__icontains=bare)) if bare else self


class Term(models.Model):
    """One entry, as `zhcheck.Entry`. In force from version `since` until before version `until`."""

    lexicon = models.ForeignKey(Lexicon, models.CASCADE, related_name="terms")
    change = models.ForeignKey(TermChange, models.CASCADE, related_name="terms")
    since = models.PositiveIntegerField(null=True, blank=True)
    until = models.PositiveIntegerField(null=True, blank=True)
    key = models.CharField(max_length=420)
    word = models.CharField("词语", max_length=100)
    right = models.CharField("正确写法", max_length=200, blank=True)
    severity = models.CharField(
        "轻重", max_length=5, choices=TermSeverity, default=TermSeverity.WARN
    )
    message = models.CharField("说明", max_length=300, blank=True)
    source = models.CharField("出处", max_length=300, blank=True)
    valid_from = models.DateField("起用日期", null=True, blank=True)
    valid_until = models.DateField("停用日期", null=True, blank=True)
    protects = models.JSONField("不算错的长词", default=list)
    office_unit = models.CharField("单位", max_length=100, blank=True)
    place = models.PositiveSmallIntegerField("排序", default=0)
    line = models.PositiveIntegerField(default=0)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "词条"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["lexicon", "since", "until"]),
            models.Index(fields=["change", "line"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["lexicon", "key"],
                condition=Q(since__isnull=False, until__isnull=True),
                name="term_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="term_ends_after_it_began",
            ),
            models.CheckConstraint(condition=~Q(word=""), name="term_has_a_word"),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def entry(self) -> Entry:
        """As the engine has it."""
        return Entry(
            self.word, self.right, Severity(self.severity), self.message, self.source,
            self.valid_from, self.valid_until, tuple(self.protects), self.office_unit, self.place,
            self.line,
        )  # fmt: skip
