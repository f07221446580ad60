"""A schedule (探测计划): which sites are looked at, by which rules, how often and how politely."""

from datetime import UTC, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from meice.engines.outlets import PLATFORMS, PlatformKind
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import OutletQuerySet, within

SITE_PLATFORMS = [platform.key for platform in PLATFORMS if platform.kind is PlatformKind.SITE]


class Frequency(models.TextChoices):
    """How often a schedule makes a run."""

    DAILY = "daily", "每天"
    WEEKLY = "weekly", "每周"
    FORTNIGHT = "fortnight", "每两周"
    MONTHLY = "monthly", "每四周"
    BY_HAND = "by-hand", "只在手动时"

    @property
    def days(self) -> int:
        """Days between two runs; 0: never by itself."""
        return _DAYS[self]


_DAYS = {
    Frequency.DAILY: 1,
    Frequency.WEEKLY: 7,
    Frequency.FORTNIGHT: 14,
    Frequency.MONTHLY: 28,
    Frequency.BY_HAND: 0,
}


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Sets of schedules."""

    def visible_to(self, user: User) -> Self:
        """The department, security and auditors of the subtree, and of units above theirs."""
        reach = (*user.reach(Right.RUN_PROBES), *user.reach(Right.READ_AUDIT))
        return self.filter(within(reach))

    def due(self, now: datetime) -> Self:
        """Switched on, and its hour has come."""
        return self.filter(is_active=True, next_at__isnull=False, next_at__lte=now)


class Schedule(models.Model):
    """`outlets` empty: every standing site of `unit` and below; else these alone.

    `rate` requests per second and origin; `max_pages` of one site. `watches_reach` adds the tries
    over the day from which `unreachable` is told (20 a day over a week, 15 s, 5 %).
    """

    name = models.CharField("名称", max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="范围")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    outlets = models.ManyToManyField(Outlet, related_name="+", blank=True, verbose_name="只看这些")
    rule_set = models.CharField("规则集", max_length=40)
    frequency = models.CharField("多久一次", max_length=10, choices=Frequency)
    at = models.TimeField("几点开始", default=time(2, 0))
    max_pages = models.PositiveSmallIntegerField("每个网站最多看几页", default=40)
    rate = models.DecimalField("每秒请求数", max_digits=4, decimal_places=1, default=1)
    watches_reach = models.BooleanField("每天多次试开", default=False)
    is_active = models.BooleanField("启用", default=True)
    next_at = models.DateTimeField("下次", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "探测计划"
        ordering = ["unit_path", "name", "pk"]
        indexes = [models.Index(fields=["is_active", "next_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="schedule_frequency_is_known"
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="schedule_is_polite"),
            models.CheckConstraint(
                condition=Q(max_pages__gte=1, max_pages__lte=2000),
                name="schedule_pages_are_limited",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rhythm(self) -> str:
        """In words: 每周 02:00."""
        how_often = Frequency(self.frequency)
        return f"{how_often.label} {self.at:%H:%M}" if how_often.days else how_often.label

    def beginning(self, moment: datetime) -> datetime | None:
        """When it is first due after `moment`: the next time its hour comes."""
        if not (self.is_active and Frequency(self.frequency).days):
            return None
        local = timezone.localtime(moment)
        due = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return (due if due > local else due + timedelta(days=1)).astimezone(UTC)

    def following(self, moment: datetime) -> datetime | None:
        """The next time after a run at `moment`; missed rounds are not made up for."""
        first = self.beginning(moment)
        return first and first + timedelta(days=Frequency(self.frequency).days - 1)

    def sites(self) -> OutletQuerySet:
        """The standing sites it looks at now."""
        chosen = list(self.outlets.values_list("pk", flat=True)) if self.pk else []
        sites = probed_sites().below(self.unit_path)
        return sites.filter(pk__in=chosen) if chosen else sites


def probed_sites() -> OutletQuerySet:
    """Standing websites with an address: what a probe can look at."""
    return Outlet.objects.standing().filter(platform__in=SITE_PLATFORMS).exclude(url="")
