"""A roster of a unit: its layers, and the pattern by which people take turns in each."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from meice.duty.models.kinds import Covers, LayerKind, Turn
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right, Role

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

SERVING = (Role.OPERATOR, Role.REVIEWER, Role.LEADER, Role.DEPARTMENT, Role.SECURITY)
"""Roles that go on duty: auditors change nothing, administrators see no business."""


def under(paths: tuple[str, ...], field: str = "unit__path") -> Q:
    """Rows of units whose path begins with one of `paths`; none without a path."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{field}__startswith": path})
    return wanted


def people_of(unit: Unit) -> "QuerySet[User]":
    """Who may be on duty for a unit: active people with a post in it or below it."""
    held = Post.objects.current().filter(
        user=OuterRef("pk"), role__in=SERVING, unit__path__startswith=unit.path
    )
    found: QuerySet[User] = User.objects.filter(Exists(held), is_active=True)
    return found


class RosterQuerySet(models.QuerySet["Roster"]):
    """Sets of rosters."""

    def visible_to(self, user: User) -> Self:
        """Of the subtree of the chosen post, and those on which she serves or which she keeps."""
        reach = (*user.reach(Right.SEE_BUSINESS), *user.reach(Right.SEE_SECURITY))
        if not reach:
            return self.none()
        return self.filter(under(reach) | Q(pk__in=_serving(user)))

    def shown_to(self, user: User) -> Self:
        """The same, and those above her unit that show their duty to the units below."""
        post = user.post
        if post is None or not (user.has(Right.SEE_BUSINESS) or user.has(Right.SEE_SECURITY)):
            return self.none()
        path = post.unit.path
        above = [path[:end] for end in range(Unit.steplen, len(path), Unit.steplen)]
        seen = Q(pk__in=Roster.objects.visible_to(user).values("pk"))
        return self.filter(seen | Q(is_open=True, unit__path__in=above))

    def running(self) -> Self:
        """Rosters in use, of units in use."""
        return self.filter(active=True, unit__active=True)

    def kept_by(self, user: User) -> Self:
        """Those that this person keeps by name."""
        return self.filter(
            pk__in=Roster.keepers.through.objects.filter(user=user.pk).values("roster")
        )

    def matching(self, term: str) -> Self:
        """By name, or by the unit's name or pinyin."""
        bare = "".join(term.lower().split())
        if not bare:
            return self
        units = Q(unit__name__icontains=bare) | Q(unit__short_name__icontains=bare)
        return self.filter(Q(name__icontains=bare) | units | Q(unit__pinyin_key__contains=bare))


def _serving(user: User) -> "QuerySet[Roster]":
    """Rosters in whose patterns she stands, on which she has a shift, or which she keeps."""
    stands = Member.objects.filter(user=user.pk).values("pattern__layer__roster")
    shifts = Roster.objects.filter(layers__shifts__user=user.pk).values("pk")
    keeps = Roster.keepers.through.objects.filter(user=user.pk).values("roster")
    wanted = Q(pk__in=stands) | Q(pk__in=shifts) | Q(pk__in=keeps)
    return Roster.objects.filter(wanted).values("pk")  # type: ignore[return-value]


class Roster(models.Model):
    """`weeks_ahead` weeks are kept filled by a nightly job. `troubles` counts what is wrong in
    them (`gaps.py`), written whenever something changes and by a job, for lists and to-dos."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    name = models.CharField("名称", max_length=60)
    keepers = models.ManyToManyField(User, related_name="+", verbose_name="排班人")
    weeks_ahead = models.PositiveSmallIntegerField("提前排几周", default=4)
    needs_handover = models.BooleanField("换人时要交接班", default=True)
    accept_hours = models.PositiveSmallIntegerField("几小时没接班要提醒", default=2)
    is_open = models.BooleanField("下级单位可见当前值班", default=False)
    active = models.BooleanField("在用", default=True)
    filled_until = models.DateField(null=True, blank=True)
    troubles = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = RosterQuerySet.as_manager()
    layers: "RelatedManager[Layer]"

    class Meta:
        verbose_name = "值班表"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="roster_has_a_name"),
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(active=True), name="roster_name_once_in_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(weeks_ahead__range=(1, 26)), name="roster_half_a_year_ahead"
            ),
            models.CheckConstraint(
                condition=Q(accept_hours__range=(1, 48)), name="roster_accept_within_two_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The roster's page."""
        return reverse("roster", args=[self.pk])


class Layer(models.Model):
    """People who are on duty side by side with those of other layers: 领导带班, 值班员, 网评/技术."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="layers")
    name = models.CharField("名称", max_length=20)
    kind = models.CharField("类别", max_length=10, choices=LayerKind, default=LayerKind.OFFICER)
    place = models.PositiveSmallIntegerField(default=1)
    round_the_clock = models.BooleanField("全天不断岗", default=False)

    patterns: "RelatedManager[Pattern]"

    class Meta:
        verbose_name = "班组"
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "name"], name="layer_name_once_in_a_roster"),
            models.CheckConstraint(
                condition=Q(kind__in=LayerKind.values), name="layer_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pattern(models.Model):
    """排法: on the days it covers, from `start_on` (the first person's first turn) on."""

    layer = models.ForeignKey(Layer, models.CASCADE, related_name="patterns")
    covers = models.CharField("适用日子", max_length=8, choices=Covers, default=Covers.EVERY)
    turn = models.CharField("轮换", max_length=8, choices=Turn, default=Turn.DAY)
    start_on = models.DateField("从哪天起")

    watches: "RelatedManager[Watch]"
    members: "RelatedManager[Member]"

    class Meta:
        verbose_name = "排法"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "covers"], name="one_pattern_for_such_days"),
            models.CheckConstraint(
                condition=Q(covers__in=Covers.values), name="pattern_covers_known_days"
            ),
            models.CheckConstraint(condition=Q(turn__in=Turn.values), name="pattern_turn_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_covers_display()}，{self.get_turn_display()}"


class Watch(models.Model):
    """班次: hours of the day under a name; an end not after the begin is the next day's."""

    pattern = models.ForeignKey(Pattern, models.CASCADE, related_name="watches")
    place = models.PositiveSmallIntegerField(default=1)
    name = models.CharField("班次", max_length=12)
    begins = models.TimeField("开始")
    ends = models.TimeField("结束")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "begins"], name="watch_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.begins:%H:%M}–{self.ends:%H:%M}"


class Member(models.Model):
    """A person's place in the order of turns."""

    pattern = models.ForeignKey(Pattern, models.CASCADE, related_name="members")
    place = models.PositiveSmallIntegerField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "place"], name="one_person_a_place"),
            models.UniqueConstraint(fields=["pattern", "user"], name="once_in_the_order"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.user_id}"
