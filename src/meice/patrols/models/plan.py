"""巡查计划: what is patrolled, how often, by which list, by whom."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from meice.engines.outlets import PLATFORMS
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.patrols.models.checklist import Checklist
from meice.patrols.rhythm import LAST_OF_MONTH, Rhythm, Turn
from meice.registry.models import Outlet, OutletStatus, within
from meice.registry.models.outlet import OutletQuerySet
from meice.web.tones import Look, Tone

WEEKDAYS = [(at, f"星期{word}") for at, word in enumerate("一二三四五六日")]
MOST_OUTLETS = 200


class PlanStatus(models.TextChoices):
    """Does it still make rounds?"""

    ACTIVE = "active", "执行中"
    PAUSED = "paused", "已停用"


PLAN_LOOKS = {
    PlanStatus.ACTIVE: Look("执行中", icon="circle-check", tone=Tone.GOOD),
    PlanStatus.PAUSED: Look("已停用", icon="player-pause", tone=Tone.IDLE),
}


class Manning(models.TextChoices):
    """Who makes the rounds."""

    NAMED = "named", "指定的人"
    DUTY = "duty", "当天值班的人"


class PlanQuerySet(models.QuerySet["Plan"]):
    """Sets of plans."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))

    def active(self) -> Self:
        """Those that make rounds."""
        return self.filter(status=PlanStatus.ACTIVE)


class Plan(models.Model):
    """`units` empty: the whole subtree of `unit`; `kinds` empty: every kind of platform; `outlets`,
    where there are any, are the only ones, whatever the rule says."""

    name = models.CharField("名称", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="巡查单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    status = models.CharField(max_length=6, choices=PlanStatus, default=PlanStatus.ACTIVE)
    units = models.ManyToManyField(Unit, related_name="+", blank=True)
    kinds = models.JSONField[list[str]](default=list)
    outlets = models.ManyToManyField(Outlet, related_name="+", blank=True)
    rhythm = models.CharField("频次", max_length=8, choices=Rhythm)
    weekday = models.PositiveSmallIntegerField("星期几", null=True, blank=True)
    month_day = models.PositiveSmallIntegerField("几号", null=True, blank=True)
    days_before = models.PositiveSmallIntegerField("提前几天", null=True, blank=True)
    begins_at = models.TimeField("几点开始", default=time(8, 30))
    due_at = models.TimeField("几点前完成", default=time(12, 0))
    span_days = models.PositiveSmallIntegerField("跨几天", default=0)
    manning = models.CharField("谁巡查", max_length=5, choices=Manning, default=Manning.NAMED)
    patrollers = models.ManyToManyField(User, related_name="+", blank=True)
    checklist = models.ForeignKey(
        Checklist, models.PROTECT, related_name="plans", verbose_name="巡查清单"
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "巡查计划"
        ordering = ["unit_path", "name", "pk"]
        indexes = [models.Index(fields=["status"])]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="patrol_plan_has_a_name"),
            models.CheckConstraint(
                condition=Q(status__in=PlanStatus.values), name="patrol_plan_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rhythm="weekly", weekday__isnull=False, weekday__range=(0, 6))
                | Q(rhythm="monthly", month_day__isnull=False, month_day__range=(1, LAST_OF_MONTH))
                | Q(rhythm="notable", days_before__isnull=False, days_before__range=(0, 30))
                | Q(rhythm__in=["daily", "workdays"]),
                name="patrol_plan_says_its_days",
            ),
            models.CheckConstraint(
                condition=Q(span_days__gt=0, span_days__lte=6) | Q(due_at__gt=F("begins_at")),
                name="patrol_plan_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("patrol-plan", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return PLAN_LOOKS[PlanStatus(self.status)]

    @property
    def turn(self) -> Turn:
        """Its days."""
        return Turn(self.rhythm, self.weekday, self.month_day, self.days_before)

    @property
    def rhythm_words(self) -> str:
        """`每周星期三 08:30–12:00`."""
        day = {
            Rhythm.WEEKLY: dict(WEEKDAYS).get(self.weekday or 0, ""),
            Rhythm.MONTHLY: f" {self.month_day} 号",
            Rhythm.NOTABLE: f" {self.days_before} 天",
        }.get(Rhythm(self.rhythm), "")
        later = f"（第 {self.span_days + 1} 天）" if self.span_days else ""
        label = Rhythm(self.rhythm).label
        return f"{label}{day} {self.begins_at:%H:%M}–{self.due_at:%H:%M}{later}"

    def opens(self, day: date) -> datetime:
        """When the round of a day opens."""
        return timezone.make_aware(datetime.combine(day, self.begins_at))

    def ends(self, day: date) -> datetime:
        """Until when the round of a day is in time."""
        last = day + timedelta(days=self.span_days)
        return timezone.make_aware(datetime.combine(last, self.due_at))

    def scope(self) -> OutletQuerySet:
        """The outlets in use that it patrols now, in the order of units and names."""
        found = Outlet.objects.filter(status=OutletStatus.IN_USE).below(self.unit_path)
        chosen = list(self.outlets.values_list("pk", flat=True))
        if chosen:
            return in_patrol_order(found.filter(pk__in=chosen))
        paths = list(self.units.values_list("path", flat=True))
        found = found.below(*paths) if paths else found
        return in_patrol_order(found.filter(platform__in=platforms_of(self.kinds)))


def platforms_of(kinds: list[str]) -> list[str]:
    """The keys of the platforms of these kinds; of all without any."""
    return [one.key for one in PLATFORMS if not kinds or one.kind.value in kinds]


def in_patrol_order(outlets: OutletQuerySet) -> OutletQuerySet:
    """Unit by unit, so that one looks at what belongs together."""
    return outlets.select_related("unit").order_by("unit_path", "pinyin_key", "pk")
