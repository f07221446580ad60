"""A school's own lists for the copy checker, and their versions."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.files.models import StoredFile
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right


class LexiconKind(models.TextChoices):
    """What the entries of a lexicon are; the values are the engine's (`ListKind`)."""

    WORDING = "wording", "规范表述"
    TITLE = "title", "规范称谓"
    TERM = "term", "用语"
    TYPO = "typo", "易错词"
    OFFICE = "office", "任职表"
    NUMBER = "number", "号码样式"
    SOURCE = "source", "稿源名单"
    PROTECT = "protect", "保护词"


def above(path: str) -> list[str]:
    """The paths of a unit and of all units over it."""
    return [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]


class LexiconQuerySet(models.QuerySet["Lexicon"]):
    """Sets of lexicons."""

    def visible_to(self, user: User) -> Self:
        """Those that hold for the reader's unit, and those of units in her reach."""
        wanted = Q(pk__in=[])
        for path in user.reach(Right.SEE_BUSINESS):
            wanted |= Q(unit__path__startswith=path) | Q(unit__path__in=above(path))
        return self.filter(wanted)

    def over(self, path: str) -> Self:
        """Those that hold for the unit at this path."""
        return self.filter(unit__path__in=above(path))


class Lexicon(models.Model):
    """One list of one kind. It holds for its unit and everything below; what is in force is
    `current`, once that version is compiled."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="适用单位")
    kind = models.CharField("类别", max_length=8, choices=LexiconKind)
    name = models.CharField("名称", max_length=40)
    note = models.CharField("说明", max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    current = models.ForeignKey(
        "LexiconVersion", models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = LexiconQuerySet.as_manager()

    class Meta:
        verbose_name = "词库"
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="lexicon_name_once_a_unit"),
            models.CheckConstraint(condition=~Q(name=""), name="lexicon_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=LexiconKind.values), name="lexicon_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("lexicon", args=[self.pk])


class LexiconVersion(models.Model):
    """What was in force from a moment on; never changes. `file` is the compiled snapshot, written
    by a job; `size` the number of entries, `dated` the day of the list it was imported from."""

    lexicon = models.ForeignKey(Lexicon, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("版本")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    size = models.PositiveIntegerField("条数")
    dated = models.DateField("名单日期", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    compiled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "词库版本"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["lexicon", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, compiled_at__isnull=True)
                | Q(file__isnull=False, compiled_at__isnull=False),
                name="version_compiled_with_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"
