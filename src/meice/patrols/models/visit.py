"""What was seen at one outlet of a round: the answers, the pictures."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from meice.evidence.models import Evidence
from meice.files.models import StoredFile
from meice.incidents.models import Incident
from meice.inspections.models import Finding
from meice.orgs.models import User
from meice.patrols.models.round import Round
from meice.registry.models import Outlet
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Seen(models.TextChoices):
    """Three answers, never two: what could not be seen is neither good nor bad."""

    OK = "ok", "正常"
    PROBLEM = "problem", "有问题"
    UNSEEN = "unseen", "看不到"


SEEN_LOOKS = {
    Seen.OK: Look("正常", icon="check", tone=Tone.GOOD),
    Seen.PROBLEM: Look("有问题", icon="alert-octagon", tone=Tone.BAD),
    Seen.UNSEEN: Look("看不到", icon="help-circle", tone=Tone.UNKNOWN),
}
WAITING = Look("还没有看", icon="circle-dashed", tone=Tone.IDLE)


class Visit(models.Model):
    """One outlet of a round, as the register called it when the round opened. `done_at`: every check
    has an answer and every problem its words; `done_by` is who gave the last of them."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="visits")
    place = models.PositiveSmallIntegerField("序")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+")
    name = models.CharField("账号（网站）", max_length=200)
    platform = models.CharField(max_length=32)
    platform_name = models.CharField("类型", max_length=40)
    kind = models.CharField(max_length=8)
    unit_name = models.CharField("所属单位", max_length=100)
    address = models.CharField(max_length=500, blank=True)
    note = models.CharField("备注", max_length=500, blank=True)
    problem_count = models.PositiveSmallIntegerField(default=0)
    unseen_count = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField("看完时间", null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    done_by_name = models.CharField("巡查人", max_length=60, blank=True)

    answers: "RelatedManager[Answer]"
    photos: "RelatedManager[Photo]"

    class Meta:
        verbose_name = "巡查对象"
        ordering = ["place"]
        indexes = [models.Index(fields=["outlet", "-done_at"], name="visit_of_outlet")]
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="visit_place_once"),
            models.UniqueConstraint(fields=["round", "outlet"], name="outlet_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="visit_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> Look:
        """In one word: a problem before what could not be seen, before what is well."""
        if self.problem_count:
            return Look(f"{self.problem_count} 处问题", icon="alert-octagon", tone=Tone.BAD)
        if self.done_at is None:
            return WAITING
        if self.unseen_count:
            return Look(f"{self.unseen_count} 项看不到", icon="help-circle", tone=Tone.UNKNOWN)
        return SEEN_LOOKS[Seen.OK]


class Answer(models.Model):
    """What a person says of one check at one outlet. `note` is what was seen, `measure` what was
    done about it at once; `finding` and `incident` are where it was told on."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=7, choices=Seen)
    note = models.CharField("看到的", max_length=1000, blank=True)
    measure = models.CharField("处置措施", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+", null=True, blank=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="answer_once_a_check"),
            models.CheckConstraint(
                condition=Q(state__in=Seen.values), name="answer_is_one_of_three"
            ),
            models.CheckConstraint(
                condition=Q(state="problem") | Q(finding__isnull=True, incident__isnull=True),
                name="only_a_problem_is_told_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.key} {self.state}"

    @property
    def look(self) -> Look:
        """The answer with its icon and tone."""
        return SEEN_LOOKS[Seen(self.state)]

    @property
    def is_told(self) -> bool:
        """Somebody else knows of it now."""
        return self.finding_id is not None or self.incident_id is not None

    @property
    def is_loose(self) -> bool:
        """A problem that would be forgotten: neither told on nor dealt with."""
        return self.state == Seen.PROBLEM and not (self.is_told or self.measure)


class Photo(models.Model):
    """A photo or screenshot taken on the round; `key` is the check it shows, blank for the whole. It
    lies in the evidence store as a piece of the case `round:<pk>` and stays there when it is taken
    off the page."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    key = models.CharField(max_length=40, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)

    @property
    def file(self) -> StoredFile:
        """The picture itself."""
        return self.evidence.stored
