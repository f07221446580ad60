"""The job table: the truth about work to be done later, whoever carries the message."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Max, Q


class JobState(models.TextChoices):
    """`running` with a lease that is over means: the worker died, the job is due again."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "没有办成"


LIVE = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Sets of jobs."""

    def visible_to(self, user: Any) -> Self:
        """Only what the person asked for herself."""
        return self.filter(requested_by=user.pk) if user.pk else self.none()

    def live(self) -> Self:
        """Queued or running."""
        return self.filter(state__in=LIVE)

    def due(self, now: datetime) -> Self:
        """To be run at `now`: queued and its time has come, or left by a dead worker."""
        return self.filter(
            Q(state=JobState.QUEUED, run_at__lte=now)
            | Q(state=JobState.RUNNING, lease_until__lte=now)
        )

    def failed(self) -> Self:
        """Given up after the last try."""
        return self.filter(state=JobState.FAILED)


class Job(models.Model):
    """One call of a task. `fence` grows with every claim: who shows an older one is refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task_path = models.CharField(max_length=200)
    label = models.CharField("任务", max_length=60, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=8, choices=JobState, default=JobState.QUEUED)
    priority = models.SmallIntegerField(default=0)
    run_at = models.DateTimeField("最早时间")
    unique_key = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    max_tries = models.PositiveSmallIntegerField(default=5)
    worker = models.CharField(max_length=80, blank=True)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_text = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    error_class = models.CharField(max_length=200, blank=True)
    error_trace = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    created_at = models.DateTimeField("提交时间")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "后台任务"
        indexes = [
            models.Index(
                fields=["-priority", "run_at", "id"],
                condition=Q(state__in=["queued", "running"]),
                name="job_live",
            ),
            models.Index(fields=["state", "finished_at"], name="job_finished"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="job_runs_under_a_lease",
            ),
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=Q(state__in=["queued", "running"]) & ~Q(unique_key=""),
                name="job_key_once_while_live",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.task_path

    @property
    def is_finished(self) -> bool:
        """Done or given up."""
        return self.state not in LIVE

    @property
    def called(self) -> str:
        """The Chinese name of the work; the function's name when the task has none."""
        return self.label or self.task_path.rsplit(".", 1)[-1]

    @property
    def short_number(self) -> str:
        """What a person reads out on the telephone."""
        return self.pk.hex[:8].upper()

    @property
    def outcome_url(self) -> str:
        """Where the result is to be seen: a task may return `{"url": our own path}`."""
        url = self.result.get("url", "") if isinstance(self.result, dict) else ""
        return url if isinstance(url, str) and url.startswith("/") and url[1:2] != "/" else ""


class ScheduleTick(models.Model):
    """When a periodic task is due next; moved by one conditional UPDATE, so one worker fires."""

    key = models.CharField(primary_key=True, max_length=80)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "周期任务"

    def __str__(self) -> str:
        return self.key


class WorkerBeat(models.Model):
    """A running worker process and its last sign of life."""

    name = models.CharField(primary_key=True, max_length=80)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "工作进程"

    def __str__(self) -> str:
        return self.name


def latest_beat() -> datetime | None:
    """The last sign of life of any worker; None when none ever ran."""
    found: datetime | None = WorkerBeat.objects.aggregate(last=Max("beat_at"))["last"]
    return found
