"""通报: what a check of a scope and period found, frozen when it is published.

What real bulletins hold (domain.md 1.5): scope and basis, problem classes, pass rate for each
platform, demands with a deadline, and one row an item. Never a ranking by reach (product.md).
"""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.rectification.models.item import OrderItem
from meice.registry.models import Outlet, within
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class CircularStatus(models.TextChoices):
    """Where a circular stands."""

    DRAFT = "draft", "拟稿"
    PUBLISHED = "published", "已印发"
    RECALLED = "recalled", "已收回"


CIRCULAR_LOOKS = {
    CircularStatus.DRAFT: Look("拟稿", icon="pencil", tone=Tone.IDLE),
    CircularStatus.PUBLISHED: Look("已印发", icon="circle-check", tone=Tone.GOOD),
    CircularStatus.RECALLED: Look("已收回", icon="arrow-back-up", tone=Tone.WARN),
}


class CircularQuerySet(models.QuerySet["Circular"]):
    """Sets of circulars."""

    def visible_to(self, user: User) -> Self:
        """Those made below the reader; published ones also for the units that they cover."""
        held = user.has(Right.DECIDE_BUSINESS) or user.has(Right.READ_AUDIT)
        above = within(user.reach(Right.SEE_BUSINESS)) if held else Q(pk__in=[])
        return self.filter(above | (Q(status=CircularStatus.PUBLISHED) & _covering(user)))

    def matching(self, term: str) -> Self:
        """By number or title."""
        bare = "".join(term.split())
        return self.filter(Q(number__icontains=bare) | Q(title__icontains=bare)) if bare else self


def _covering(user: User) -> Q:
    """Circulars whose scope is the reader's unit or one above it."""
    paths = [
        path[:end]
        for path in user.reach(Right.SEE_BUSINESS)
        for end in range(Unit.steplen, len(path) + 1, Unit.steplen)
    ]
    return Q(unit_path__in=paths)


class Circular(models.Model):
    """`unit` is the top of the scope; `platforms` are keys of the platform table (empty: all)."""

    number = models.CharField("编号", max_length=40, unique=True, null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=CircularStatus, default=CircularStatus.DRAFT)
    title = models.CharField("标题", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="范围")
    unit_path = models.CharField(max_length=255, db_index=True)
    unit_name = models.CharField(max_length=100)
    platforms = models.JSONField("类型", default=list, blank=True)
    first_day = models.DateField("检查开始")
    last_day = models.DateField("检查结束")
    basis = models.TextField("检查依据", blank=True)
    overall = models.TextField("整体评价", blank=True)
    demands = models.TextField("整改要求", blank=True)
    mend_by = models.DateField("整改时限", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    counted_at = models.DateTimeField("统计时间")
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    published_by_name = models.CharField(max_length=60, blank=True)
    published_by_unit = models.CharField(max_length=100, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CircularQuerySet.as_manager()
    rows: "RelatedManager[CircularRow]"
    counts: "RelatedManager[CircularCount]"

    class Meta:
        verbose_name = "通报"
        ordering = [F("made_at").desc()]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="circular_has_a_title"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="circular_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", number__isnull=True, published_at__isnull=True)
                | Q(
                    status__in=["published", "recalled"],
                    number__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="circular_numbered_when_published",
            ),
            models.UniqueConstraint(fields=["year", "serial"], name="circular_serial_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        """The circular's page."""
        return reverse("circular", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return CIRCULAR_LOOKS[CircularStatus(self.status)]


class CircularRow(models.Model):
    """One confirmed problem: 类型, 名称, 责任单位, 问题, 检查时更新日期, as they were then."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    platform_name = models.CharField("类型", max_length=40, blank=True)
    outlet_name = models.CharField("名称", max_length=200)
    unit_name = models.CharField("责任单位", max_length=100)
    problem = models.CharField(max_length=20)
    problem_label = models.CharField("问题", max_length=60)
    updated_on = models.DateField("检查时更新日期", null=True, blank=True)
    order_number = models.CharField("整改单", max_length=40, blank=True)
    is_fixed = models.BooleanField("已整改", default=False)
    is_repeated = models.BooleanField("多次提醒仍未整改", default=False)
    item = models.ForeignKey(OrderItem, models.PROTECT, related_name="+", null=True, blank=True)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["circular", "place"], name="circular_row_in_its_place")
        ]

    def __str__(self) -> str:
        return f"{self.outlet_name}：{self.problem_label}"


class Axis(models.TextChoices):
    """By what a circular counts."""

    ALL = "all", "合计"
    PLATFORM = "platform", "类型"
    UNIT = "unit", "单位"


class CircularCount(models.Model):
    """Outlets of one platform or unit: `standing` in the register, of these `passed` and `failed`;
    the rest was not checked and counts as neither (product.md: what was not observed is unknown).
    """

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="counts")
    axis = models.CharField(max_length=8, choices=Axis)
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    standing = models.PositiveIntegerField("在册")
    passed = models.PositiveIntegerField("合格")
    failed = models.PositiveIntegerField("不合格")

    class Meta:
        ordering = ["axis", "place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__gte=F("passed") + F("failed")), name="circular_counts_add_up"
            ),
            models.UniqueConstraint(
                fields=["circular", "axis", "place"], name="circular_count_in_its_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.rate_words}"

    @property
    def unknown(self) -> int:
        """Not checked, or nothing could be known."""
        return self.standing - self.passed - self.failed

    @property
    def rate(self) -> float | None:
        """Passed of those judged, 0 to 1; None when none was judged."""
        judged = self.passed + self.failed
        return self.passed / judged if judged else None

    @property
    def rate_words(self) -> str:
        """`93.8%`; 未知 when none was judged."""
        return "未知" if self.rate is None else f"{self.rate:.1%}"
