"""What people say of single terms: exceptions of units, votes of readers, reviews."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from meice.editorial.models.lexicon import above
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import within


class TermExceptionQuerySet(models.QuerySet["TermException"]):
    """Sets of exceptions."""

    def visible_to(self, user: User) -> Self:
        """Those that hold for the reader's unit, and those of units in her reach."""
        wanted = Q(pk__in=[])
        for path in user.reach(Right.SEE_BUSINESS):
            wanted |= Q(unit__path__startswith=path) | Q(unit__path__in=above(path))
        return self.filter(wanted)

    def standing(self, path: str) -> Self:
        """Not taken back, for the unit at this path; each has its last day."""
        return self.filter(unit__path__in=above(path), ended_at=None)


class TermException(models.Model):
    """In copy of this unit and below a term is no issue, until and with a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    rule = models.CharField(max_length=20)
    word = models.CharField("词语", max_length=100)
    reason = models.CharField("理由", max_length=200)
    until = models.DateField("有效期至")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TermExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = "词条例外"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="term_exception_says_why"),
            models.UniqueConstraint(
                fields=["unit", "rule", "word"],
                condition=Q(ended_at=None),
                name="term_exception_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}（{self.unit.called}）"


class TermVoteQuerySet(models.QuerySet["TermVote"]):
    """Sets of votes."""

    def visible_to(self, user: User) -> Self:
        """Of people in the reader's reach."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))


class TermVote(models.Model):
    """A reader's word on one hit: 有用 or 误报. Of the text nothing is kept: `word` is the entry's
    word, empty where a rule without words spoke."""

    rule = models.CharField(max_length=20)
    word = models.CharField(max_length=100, blank=True)
    useful = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True)
    on = models.DateField()
    at = models.DateTimeField()

    objects = TermVoteQuerySet.as_manager()

    class Meta:
        verbose_name = "词条反馈"
        indexes = [models.Index(fields=["rule", "word"])]
        constraints = [
            models.UniqueConstraint(fields=["by", "rule", "word", "on"], name="one_vote_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.word}"


class TermReview(models.Model):
    """A person of the department has looked at a term with many false alarms and keeps it; the
    votes before no longer count."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20)
    word = models.CharField(max_length=100, blank=True)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "词条复核"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="term_review_says_why"),
            models.UniqueConstraint(
                F("unit"), F("rule"), F("word"), F("at"), name="term_review_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.word}"
