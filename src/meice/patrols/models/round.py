"""巡查: one round of a plan on one day; the book of rounds is the 巡查记录."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right
from meice.patrols.models.checklist import ChecklistVersion
from meice.patrols.models.plan import Plan
from meice.registry.models import within
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.patrols.models.visit import Visit


class RoundStatus(models.TextChoices):
    """Where a round stands; the way between is in `workflow.py`."""

    OPEN = "open", "待巡查"
    UNDERWAY = "underway", "巡查中"
    MISSED = "missed", "漏巡"
    FINISHED = "finished", "已完成"
    EXCUSED = "excused", "漏巡已说明"


ROUND_LOOKS = {
    RoundStatus.OPEN: Look("待巡查", icon="route", tone=Tone.INFO),
    RoundStatus.UNDERWAY: Look("巡查中", icon="route", tone=Tone.INFO),
    RoundStatus.MISSED: Look("漏巡", icon="alert-octagon", tone=Tone.BAD),
    RoundStatus.FINISHED: Look("已完成", icon="circle-check", tone=Tone.GOOD),
    RoundStatus.EXCUSED: Look("漏巡已说明", icon="circle-minus", tone=Tone.IDLE),
}
MADE_UP = Look("补巡完成", icon="circle-check", tone=Tone.WARN)
MAKING_UP = Look("补巡中", icon="route", tone=Tone.WARN)
TO_DO = (RoundStatus.OPEN, RoundStatus.UNDERWAY, RoundStatus.MISSED)
"""Somebody still has to walk it."""


class RoundQuerySet(models.QuerySet["Round"]):
    """Sets of rounds."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))

    def to_do(self) -> Self:
        """Not walked to the end."""
        return self.filter(status__in=TO_DO)

    def mine(self, user: User) -> Self:
        """To do, and hers by name."""
        named = Round.people.through.objects.filter(user=user.pk).values("round")
        return self.to_do().visible_to(user).filter(pk__in=named)

    def missed(self) -> Self:
        """Not finished in time: still missed, made up, or excused."""
        return self.filter(missed_at__isnull=False)

    def matching(self, term: str) -> Self:
        """By plan, unit, patroller, or the name of an outlet on the way."""
        bare = "".join(term.split())
        if not bare:
            return self
        seen = Round.objects.filter(visits__name__icontains=bare).values("pk")
        wanted = Q(name__icontains=bare) | Q(unit_name__icontains=bare)
        return self.filter(wanted | Q(people_names__icontains=bare) | Q(pk__in=seen))


class Round(models.Model):
    """`turn` 0 is the round the plan asks for on `day`; further ones were added by hand. The counts
    follow every answer. `loose_count`: problems that were neither told on nor dealt with.
    `missed_at` stays when the round is made up. `ladder_at`: when the ladder looks next.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds")
    name = models.CharField("巡查", max_length=60)
    occasion = models.CharField("事由", max_length=100, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="巡查单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    unit_name = models.CharField(max_length=100)
    day = models.DateField("日期")
    turn = models.PositiveSmallIntegerField(default=0)
    opens_at = models.DateTimeField("开始")
    due_at = models.DateTimeField("完成期限")
    status = models.CharField(max_length=8, choices=RoundStatus, default=RoundStatus.OPEN)
    checklist = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="+")
    people = models.ManyToManyField(User, related_name="+")
    people_names = models.CharField("巡查人", max_length=200, blank=True)
    leader_names = models.CharField("带班领导", max_length=100, blank=True)
    outlet_count = models.PositiveSmallIntegerField(default=0)
    done_count = models.PositiveSmallIntegerField(default=0)
    problem_count = models.PositiveSmallIntegerField(default=0)
    unseen_count = models.PositiveSmallIntegerField(default=0)
    loose_count = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    finished_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    finished_by_name = models.CharField(max_length=60, blank=True)
    summary = models.TextField("小结", blank=True)
    handover = models.TextField("交班事项", blank=True)
    missed_at = models.DateTimeField("漏巡时间", null=True, blank=True)
    excuse = models.CharField("漏巡说明", max_length=500, blank=True)
    ladder_at = models.DateTimeField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    objects = RoundQuerySet.as_manager()
    visits: "RelatedManager[Visit]"
    events: "RelatedManager[RoundEvent]"

    class Meta:
        verbose_name = "巡查"
        indexes = [
            models.Index(fields=["status", "due_at"]),
            models.Index(fields=["-opens_at", "-id"]),
            models.Index(fields=["unit", "day"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "day", "turn"], name="round_once_a_day"),
            models.CheckConstraint(
                condition=Q(status__in=RoundStatus.values), name="round_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opens_at")), name="round_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(
                    status="finished",
                    finished_at__isnull=False,
                    finished_by__isnull=False,
                    done_count=F("outlet_count"),
                    loose_count=0,
                )
                | (~Q(status="finished") & Q(finished_at__isnull=True, finished_by__isnull=True)),
                name="finished_round_saw_everything",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["missed", "excused"]) | Q(missed_at__isnull=False),
                name="missed_round_says_when",
            ),
            models.CheckConstraint(
                condition=(Q(status="excused") & ~Q(excuse="")) | ~Q(status="excused"),
                name="excused_round_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"

    def get_absolute_url(self) -> str:
        """The round's page."""
        return reverse("round", args=[self.pk])

    @property
    def case(self) -> str:
        """Its name in the evidence store."""
        return f"round:{self.pk}"

    @property
    def state(self) -> Look:
        """The status with its icon and tone; what is made up says so."""
        if self.missed_at and self.status == RoundStatus.FINISHED:
            return MADE_UP
        if self.missed_at and self.status == RoundStatus.UNDERWAY:
            return MAKING_UP
        return ROUND_LOOKS[RoundStatus(self.status)]

    @property
    def is_to_do(self) -> bool:
        """Somebody still has to walk it."""
        return self.status in TO_DO

    def is_late(self, at: datetime) -> bool:
        """To do, and its time is over."""
        return self.is_to_do and self.due_at < at

    def is_of(self, day: date) -> bool:
        """Of this day."""
        return timezone.localdate(self.opens_at) == day


ACT_LABELS = {
    "open": "生成",
    "begin": "开始巡查",
    "resume": "开始补巡",
    "see": "巡完一个",
    "change": "改了回答",
    "photo": "传截图",
    "drop": "删截图",
    "find": "记为问题",
    "report": "报事件",
    "miss": "漏巡",
    "remind": "提醒",
    "take": "接手",
    "move": "移交",
    "finish": "完成",
    "excuse": "说明漏巡",
}


class RoundEvent(Event):
    """One act on a round. Only ever added. `by` None: the system."""

    labels = ACT_LABELS
    round = models.ForeignKey(Round, models.CASCADE, related_name="events")
