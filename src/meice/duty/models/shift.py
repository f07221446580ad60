"""Shifts: who is on duty from when to when; what was done to them; who stands in for whom."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone

from meice.duty.models.kinds import Cause, DayKind, LayerKind
from meice.duty.models.roster import SERVING, Layer, Roster
from meice.orgs.models import Event, Post, Unit, User

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

CALLED = [kind.value for kind in LayerKind]


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Sets of shifts."""

    def visible_to(self, user: User) -> Self:
        """Those of the rosters that she sees."""
        return self.filter(layer__roster__in=Roster.objects.visible_to(user).values("pk"))

    def shown_to(self, user: User) -> Self:
        """Those of rosters whose present duty she is shown."""
        return self.filter(layer__roster__in=Roster.objects.shown_to(user).values("pk"))

    def at(self, moment: datetime) -> Self:
        """Running at `moment`."""
        return self.filter(begins_at__lte=moment, ends_at__gt=moment)

    def ahead(self, moment: datetime) -> Self:
        """Not at an end at `moment`."""
        return self.filter(ends_at__gt=moment)

    def overlapping(self, begins_at: datetime, ends_at: datetime) -> Self:
        """With at least one moment of the span."""
        return self.filter(begins_at__lt=ends_at, ends_at__gt=begins_at)

    def of(self, roster: Roster) -> Self:
        """Of one roster."""
        return self.filter(layer__roster=roster)

    def between(self, first: date, last: date) -> Self:
        """That begin on one of these days."""
        return self.filter(day__range=(first, last))

    def held(self) -> Self:
        """Somebody has it who may still have it: active, with a post of the roster's unit."""
        post = Post.objects.current().filter(
            user=OuterRef("user"),
            role__in=SERVING,
            unit__path__startswith=OuterRef("layer__roster__unit__path"),
        )
        return self.filter(Exists(post), user__is_active=True)

    def on_duty(self, unit: Unit, at: datetime) -> list[User]:
        """Who is on duty for `unit` at a moment: by the running rosters of the unit itself, else
        of the nearest unit above that has one. 值班员 first, then 网评/技术, then 领导带班; nobody
        twice; an empty list where nobody is."""
        paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
        rosters = Roster.objects.running().filter(unit__path__in=paths)
        nearest = rosters.order_by("-unit__path").values_list("unit", flat=True).first()
        if nearest is None:
            return []
        here = self.at(at).held().filter(layer__roster__active=True, layer__roster__unit=nearest)
        found = here.select_related("user", "layer").order_by("layer__place", "pk")
        ranked = sorted(found, key=lambda shift: CALLED.index(shift.layer.kind))
        return list({shift.user_id: shift.user for shift in ranked if shift.user}.values())

    def by_person(self) -> "models.QuerySet[Shift, Any]":
        """How often each was on duty, by kind of day and by night: one row a person."""
        counts = {
            kind.value: Count("pk", filter=Q(day_kind=kind.value, is_night=False))
            for kind in DayKind
        }
        nights = {
            f"{kind.value}_night": Count("pk", filter=Q(day_kind=kind.value, is_night=True))
            for kind in DayKind
        }
        people = self.exclude(user=None).values("user", name=F("user__name")).order_by()
        return people.annotate(
            shifts=Count("pk"), worked=Sum("minutes"), **counts, **nights
        ).order_by("user__pinyin_key", "user")


class Shift(models.Model):
    """One person (or nobody yet) in one layer from `begins_at` to `ends_at`.

    `planned` is whom the pattern named. `day` is the day on which it begins, `day_kind` what that
    day was when it was planned; `day_known` False where the year's holidays were not published.
    """

    layer = models.ForeignKey(Layer, models.PROTECT, related_name="shifts")
    day = models.DateField("日期")
    watch = models.CharField("班次", max_length=12)
    begins_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    minutes = models.PositiveIntegerField()
    is_night = models.BooleanField(default=False)
    day_kind = models.CharField(max_length=8, choices=DayKind)
    day_known = models.BooleanField(default=True)
    user = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="值班人"
    )
    planned = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    cause = models.CharField(max_length=8, choices=Cause, default=Cause.PLANNED)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ShiftQuerySet.as_manager()
    events: "RelatedManager[ShiftEvent]"

    class Meta:
        verbose_name = "值班"
        ordering = ["begins_at", "layer__place", "pk"]
        indexes = [
            models.Index(fields=["layer", "day"]),
            models.Index(fields=["user", "begins_at"]),
            models.Index(fields=["begins_at", "ends_at"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["layer", "begins_at"], name="one_shift_at_a_time"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="shift_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(day_kind__in=DayKind.values), name="shift_day_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(cause__in=Cause.values), name="shift_cause_is_known"
            ),
        ]

    def __str__(self) -> str:
        local = timezone.localtime(self.begins_at)
        return f"{local.month}月{local.day}日 {self.watch} {self.layer}"

    def get_absolute_url(self) -> str:
        """The shift's page."""
        return reverse("shift", args=[self.pk])

    @property
    def roster(self) -> Roster:
        """The roster of its layer."""
        found: Roster = self.layer.roster
        return found

    @property
    def hours(self) -> str:
        """`08:00–次日 08:00`."""
        begins, ends = timezone.localtime(self.begins_at), timezone.localtime(self.ends_at)
        days = (ends.date() - begins.date()).days
        return f"{begins:%H:%M}–{'次日 ' if days else ''}{ends:%H:%M}"

    @property
    def is_by_hand(self) -> bool:
        """Did people settle it apart from the plan?"""
        return self.cause != Cause.PLANNED

    def has_begun(self, at: datetime) -> bool:
        """Has it begun at `at`?"""
        return self.begins_at <= at

    def is_over(self, at: datetime) -> bool:
        """Is it at an end at `at`?"""
        return self.ends_at <= at


SHIFT_ACTS = {
    "change": "调班",
    "split": "中途换人",
    "swap": "换班",
    "stand_in": "代班",
    "return": "代班结束",
    "replan": "重排",
    "move": "移交",
    "write": "写交班记录",
    "accept": "接班",
}


class ShiftEvent(Event):
    """One act on a shift: who, when, with which words. Only ever added."""

    labels = SHIFT_ACTS
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="events")


class StandIn(models.Model):
    """For some days another has all shifts of an absent person, also those planned later."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="stand_ins")
    absent = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="不在岗的人")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代班人")
    first_day = models.DateField("从")
    last_day = models.DateField("到")
    reason = models.CharField("原因", max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "代班安排"
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="stand_in_has_a_reason"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="stand_in_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("user")), name="nobody_stands_in_for_herself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} 代 {self.absent}"
