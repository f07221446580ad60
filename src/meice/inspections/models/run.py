"""A run (一轮探测) and its sites: what was looked at, when, how far, with what outcome."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from meice.inspections.models.schedule import Schedule
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import within
from meice.web.tones import Look, Tone


class RunStatus(models.TextChoices):
    """Where a run stands."""

    WAITING = "waiting", "等待开始"
    RUNNING = "running", "正在看"
    FINISHED = "finished", "已看完"
    CANCELLED = "cancelled", "已停止"


class CheckStatus(models.TextChoices):
    """Where one site of a run stands: only `finished` says anything about the site."""

    WAITING = "waiting", "等待开始"
    RUNNING = "running", "正在看"
    FINISHED = "finished", "已看完"
    UNFINISHED = "unfinished", "没有看完"
    UNKNOWN = "unknown", "没能看到"


class Verdict(models.TextChoices):
    """What the machine says of a site that it saw."""

    OK = "ok", "没有看到问题"
    PROBLEM = "problem", "有发现"
    UNKNOWN = "unknown", "未知"


class RunReason(models.TextChoices):
    """Why a run was made."""

    SCHEDULED = "scheduled", "按计划"
    BY_HAND = "by-hand", "手动"
    LOOK = "look", "再看一次"
    RECHECK = "recheck", "整改复查"


RUN_LOOKS = {
    RunStatus.WAITING: Look("等待开始", icon="clock", tone=Tone.INFO),
    RunStatus.RUNNING: Look("正在看", icon="radar-2", tone=Tone.INFO),
    RunStatus.FINISHED: Look("已看完", icon="circle-check", tone=Tone.GOOD),
    RunStatus.CANCELLED: Look("已停止", icon="player-pause", tone=Tone.IDLE),
}
CHECK_LOOKS = {
    CheckStatus.WAITING: Look("等待开始", icon="clock", tone=Tone.INFO),
    CheckStatus.RUNNING: Look("正在看", icon="radar-2", tone=Tone.INFO),
    CheckStatus.FINISHED: Look("已看完", icon="circle-check", tone=Tone.IDLE),
    CheckStatus.UNFINISHED: Look("没有看完", icon="alert-triangle", tone=Tone.WARN),
    CheckStatus.UNKNOWN: Look("没能看到", icon="help-circle", tone=Tone.UNKNOWN),
}
OPEN_CHECKS = (CheckStatus.WAITING, CheckStatus.RUNNING, CheckStatus.UNFINISHED)
"""Still to be looked at while the run goes on."""
LIVE_RUNS = (RunStatus.WAITING, RunStatus.RUNNING)


class RunQuerySet(models.QuerySet["Run"]):
    """Sets of runs."""

    def visible_to(self, user: User) -> Self:
        """As schedules: the department, security and auditors."""
        return self.filter(within((*user.reach(Right.RUN_PROBES), *user.reach(Right.READ_AUDIT))))

    def live(self) -> Self:
        """Not at an end."""
        return self.filter(status__in=LIVE_RUNS)


class Run(models.Model):
    """`schedule` is null for a second look or a re-check. Counts are taken from its sites."""

    schedule = models.ForeignKey(
        Schedule, models.PROTECT, related_name="runs", null=True, blank=True
    )
    reason = models.CharField("起因", max_length=10, choices=RunReason)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    status = models.CharField(max_length=10, choices=RunStatus, default=RunStatus.WAITING)
    rule_set = models.CharField("规则集", max_length=40)
    max_pages = models.PositiveSmallIntegerField(default=40)
    rate = models.DecimalField(max_digits=4, decimal_places=1, default=1)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "一轮探测"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=RunStatus.values), name="run_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "running"], ended_at__isnull=True)
                | Q(status__in=["finished", "cancelled"], ended_at__isnull=False),
                name="run_ended_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["schedule"],
                condition=Q(status__in=["waiting", "running"]),
                name="one_live_run_of_a_schedule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule or self.get_reason_display()} 第 {self.pk} 轮"

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return RUN_LOOKS[RunStatus(self.status)]

    @property
    def is_live(self) -> bool:
        """Waiting or running."""
        return self.status in LIVE_RUNS


class SiteCheckQuerySet(models.QuerySet["SiteCheck"]):
    """Sets of sites of runs."""

    def visible_to(self, user: User) -> Self:
        """What a person may know of a site's checks: her subtree's; security: all sites."""
        reach = (*user.reach(Right.SEE_BUSINESS), *user.reach(Right.SEE_SECURITY))
        return self.filter(within(reach))

    def open(self) -> Self:
        """Still to be looked at."""
        return self.filter(status__in=OPEN_CHECKS)

    def abandoned(self, now: datetime) -> Self:
        """Begun, and whoever looked has died: its lease is over."""
        return self.filter(status=CheckStatus.RUNNING, lease_until__lt=now)

    def confirmed_states(self, outlets: Iterable[int]) -> "dict[int, SiteCheck]":
        """The state that a person has confirmed last, by outlet: what `tampered` compares with."""
        rows = self.filter(outlet__in=list(outlets), confirmed_at__isnull=False)
        return {row.outlet_id: row for row in rows.order_by("confirmed_at")}


class SiteCheck(models.Model):
    """One site of a run. `tries` is the fencing token: a late result of an earlier try is refused.

    `verdict` and what was seen stand only on `finished` and `unknown` rows.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="checks")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    status = models.CharField(max_length=10, choices=CheckStatus, default=CheckStatus.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    failure = models.CharField(max_length=24, blank=True)
    final_url = models.CharField(max_length=500, blank=True)
    pages = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    latest_update = models.DateField(null=True, blank=True)
    finding_count = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField("确认为正常状态", null=True, blank=True)

    objects = SiteCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "网站探测"
        indexes = [
            models.Index(fields=["run", "status"]),
            models.Index(fields=["outlet", "-ended_at"]),
            models.Index(
                fields=["lease_until"], condition=Q(status="running"), name="check_leases"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CheckStatus.values), name="check_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["finished", "unknown"], ended_at__isnull=False)
                | Q(status__in=["waiting", "running", "unfinished"], verdict=""),
                name="check_judges_only_what_was_seen",
            ),
            models.CheckConstraint(
                condition=~Q(status="unknown") | Q(verdict="unknown"),
                name="check_unseen_is_unknown",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False),
                name="check_runs_under_a_lease",
            ),
            models.UniqueConstraint(fields=["run", "outlet"], name="site_once_in_a_run"),
        ]
        ordering = [F("pk").asc()]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return CHECK_LOOKS[CheckStatus(self.status)]

    @property
    def is_stalled(self) -> bool:
        """A second try is due: an earlier one did not come to its end."""
        return self.status == CheckStatus.UNFINISHED
