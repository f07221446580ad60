"""Activity (活跃度): where to ask, where the lines run, what follows from it today."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from meice.engines.outlets import PLATFORM_BY_KEY, PLATFORMS, PlatformKind
from meice.files.models import StoredFile
from meice.inspections.activity.verdict import Activity
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import OutletQuerySet, within
from meice.web.tones import Look, Tone

ACTIVITY_LOOKS = {
    Activity.ACTIVE: Look("活跃", icon="circle-check", tone=Tone.GOOD),
    Activity.NEAR: Look("临近", icon="clock", tone=Tone.WARN),
    Activity.SUSPECT: Look("疑似僵尸", icon="microscope", tone=Tone.CLAIM),
    Activity.UNKNOWN: Look("未知", icon="help-circle", tone=Tone.IDLE),
}
SPEAKING = [p.key for p in PLATFORMS if p.kind is PlatformKind.ACCOUNT]
EVERY_PLATFORM = "*"


def speaking_accounts() -> OutletQuerySet:
    """Standing accounts that publish: groups, sites and APPs have yardsticks of their own."""
    return Outlet.objects.standing().filter(platform__in=SPEAKING, publishes=True)


class SourceWay(models.TextChoices):
    """How a source is asked."""

    FEED = "feed", "订阅源（RSS、Atom、JSON）"
    WECHAT = "wechat", "微信公众号官方接口"


class ActivitySource(models.Model):
    """One address or interface that is asked about one account's last post.

    `sealed` holds the interface's secret, encrypted with a key under the data folder; it is never
    shown again. `failures` counts in a row: what fails is asked ever more seldom.
    """

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="+")
    way = models.CharField("方式", max_length=6, choices=SourceWay)
    address = models.CharField("订阅源地址", max_length=500, blank=True)
    app_id = models.CharField("AppID", max_length=40, blank=True)
    sealed = models.TextField(blank=True, editable=False)
    is_active = models.BooleanField("启用", default=True)
    next_at = models.DateTimeField("下次询问")
    asked_at = models.DateTimeField("上次询问", null=True, blank=True)
    failure = models.CharField("上次的问题", max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "活跃度来源"
        ordering = ["pk"]
        indexes = [models.Index(fields=["is_active", "next_at"], name="source_due")]
        constraints = [
            models.UniqueConstraint(fields=["outlet", "way"], name="source_once_of_a_way"),
            models.CheckConstraint(
                condition=Q(way="feed") & ~Q(address="")
                | Q(way="wechat") & ~Q(app_id="") & ~Q(sealed=""),
                name="source_can_be_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.outlet_id}"


class StatisticsIntakeQuerySet(models.QuerySet["StatisticsIntake"]):
    """Sets of imports of platform statistics."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))


class StatisticsIntake(models.Model):
    """Platform statistics that were uploaded: previewed, then applied as observations.

    `rows`: a list of {name, account_id, day, followers, posts, line, outlet, problem}; `outlet` is
    the pk it was matched to, or None with its `problem` in words.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="+", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    rows = models.JSONField(default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("上传时间")
    applied_at = models.DateTimeField("写入时间", null=True, blank=True)

    objects = StatisticsIntakeQuerySet.as_manager()

    class Meta:
        verbose_name = "平台统计导入"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.made_at:%Y-%m-%d}"

    @property
    def taken(self) -> int:
        """Rows that were matched to an account."""
        return sum(row["outlet"] is not None for row in self.rows)


class ActivityLine(models.Model):
    """After how many counted days an account of a platform (`*`: of any other) is suspect."""

    platform = models.CharField("类型", max_length=32, unique=True)
    days = models.PositiveSmallIntegerField("多少天没有发布列为疑似")
    remind = models.PositiveSmallIntegerField("提前几天提醒")
    clause = models.CharField("依据", max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["platform"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, 400)) & Q(remind__lt=F("days")),
                name="activity_line_leaves_time_to_act",
            )
        ]

    def __str__(self) -> str:
        return f"{self.platform_name} {self.days} 天"

    @property
    def platform_name(self) -> str:
        """What the annexes call the platform."""
        row = PLATFORM_BY_KEY.get(self.platform)
        return row.name if row else "其他各类"


class Vacation(models.Model):
    """A school vacation (寒暑假): its days do not count as silence."""

    name = models.CharField("名称", max_length=40)
    first = models.DateField("第一天")
    last = models.DateField("最后一天")

    class Meta:
        ordering = ["-first"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="vacation_runs_forward")
        ]

    def __str__(self) -> str:
        return self.name


class OutletActivityQuerySet(models.QuerySet["OutletActivity"]):
    """Sets of verdicts on accounts."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS)))

    def standing(self) -> Self:
        """Those of accounts that still speak."""
        return self.filter(outlet__in=speaking_accounts())


class OutletActivity(models.Model):
    """What the sources together said of one account when it was last judged; made anew each day."""

    outlet = models.OneToOneField(Outlet, models.CASCADE, related_name="judged_activity")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    activity = models.CharField(max_length=8, choices=Activity)
    last_post = models.DateField("最近发布", null=True, blank=True)
    line_on = models.DateField("期限", null=True, blank=True)
    reasons = models.JSONField(default=list)
    judged_at = models.DateTimeField("判断时间")
    told_for = models.DateField("已就此期限提醒", null=True, blank=True)

    objects = OutletActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活跃度"
        indexes = [models.Index(fields=["activity", "line_on"], name="activity_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity="unknown") | Q(last_post__isnull=False, line_on__isnull=False),
                name="activity_rests_on_a_post",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outlet_id} {self.get_activity_display()}"

    @property
    def state(self) -> Look:
        """The verdict with its icon and tone: a suspicion is a claim, never red."""
        return ACTIVITY_LOOKS[Activity(self.activity)]

    def silent_days(self, today: date) -> int | None:
        """Calendar days since the last post known."""
        return (today - self.last_post).days if self.last_post else None
