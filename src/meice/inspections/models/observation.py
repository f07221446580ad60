"""Observations (观察): dated facts about an outlet, each with its source; old ones stay old."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from meice.files.models import StoredFile
from meice.inspections.models.run import SiteCheck
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import within
from meice.web.tones import SourceKind


class Metric(models.TextChoices):
    """What was observed."""

    STATE = "state", "能否打开"
    LATEST_UPDATE = "latest-update", "最近更新"
    COLUMNS = "columns", "栏目数"
    CERTIFICATE = "certificate", "证书到期"
    ICP = "icp", "ICP 备案号"
    POLICE_RECORD = "police-record", "公安备案号"
    LINKS = "links", "链接"
    POSTS = "posts", "发布条数"
    FOLLOWERS = "followers", "关注数"


FRESH = {
    Metric.STATE: timedelta(days=2),
    Metric.LATEST_UPDATE: timedelta(days=8),
    Metric.FOLLOWERS: timedelta(days=35),
}
FRESH_OTHERWISE = timedelta(days=15)
"""Older than this a fact is shown as 偏旧, and never as what holds now."""

TRUSTS = (("high", "高"), ("middle", "中"), ("low", "低"), ("none", "—"))


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Sets of observations."""

    def visible_to(self, user: User) -> Self:
        """The subtree's; security: those of sites."""
        sites = Q(is_site=True) & within(user.reach(Right.SEE_SECURITY))
        return self.filter(within(user.reach(Right.SEE_BUSINESS)) | sites)

    def of(self, outlet: Outlet) -> Self:
        """Of one outlet, newest first."""
        return self.filter(outlet=outlet).order_by("-at", "-pk")


class Observation(models.Model):
    """`is_known` false: it was looked for and could not be told (无法自动核实); `value` says why.

    Rows are only added. What holds now is the newest row of a metric and source, with its age.
    """

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    is_site = models.BooleanField()
    metric = models.CharField(max_length=16, choices=Metric)
    source = models.CharField(
        max_length=10, choices=[(kind.value, kind.label) for kind in SourceKind]
    )
    is_known = models.BooleanField(default=True)
    value = models.CharField(max_length=300, blank=True)
    day = models.DateField(null=True, blank=True)
    number = models.BigIntegerField(null=True, blank=True)
    url = models.CharField(max_length=500, blank=True)
    trust = models.CharField(max_length=6, choices=TRUSTS, default="middle")
    at = models.DateTimeField("取得时间")
    told_by = models.CharField(max_length=60, blank=True)
    site_check = models.ForeignKey(
        SiteCheck, models.SET_NULL, related_name="observations", null=True, blank=True
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "观察"
        indexes = [models.Index(fields=["outlet", "metric", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=[kind.value for kind in SourceKind]),
                name="observation_source_is_known",
            ),
            models.CheckConstraint(
                condition=Q(metric__in=Metric.values), name="observation_metric_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()} {self.value}"

    @property
    def fresh_for(self) -> timedelta:
        """How long it may be shown as what holds now."""
        return FRESH.get(Metric(self.metric), FRESH_OTHERWISE)

    @property
    def fresh_days(self) -> int:
        """The same in days, for `{% source %}`."""
        return self.fresh_for.days

    def is_old(self, now: datetime) -> bool:
        """Past its time: history, not the present."""
        return now - self.at > self.fresh_for


class Attempt(models.Model):
    """One try to open a site (试开): `opened` null when this try can say nothing of the site
    (blocked, robots, our own line down). A week of them tells `unreachable`."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    opened = models.BooleanField(null=True)
    seconds = models.FloatField(default=0)
    failure = models.CharField(max_length=24, blank=True)

    class Meta:
        verbose_name = "试开"
        indexes = [models.Index(fields=["outlet", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.outlet_id} {self.at:%m-%d %H:%M}"
