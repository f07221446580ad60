"""How the queue is, in numbers: no argument, result or person of any job is read here."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from meice.jobs.models import Job, JobState, ScheduleTick, WorkerBeat
from meice.jobs.schedules import Schedule, schedules

SILENT_AFTER_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Round:
    """A schedule with its last and next time; None when it has not been seen by a worker."""

    schedule: Schedule
    last_at: datetime | None
    next_at: datetime | None

    @property
    def called(self) -> str:
        """The Chinese name of its task."""
        return str(getattr(self.schedule.task, "label", "") or self.schedule.key)


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """What the page 运行状态 shows."""

    now: datetime
    queued: int
    running: int
    failed: int
    oldest_due: datetime | None
    workers: list[WorkerBeat]
    rounds: list[Round]

    @property
    def has_worker(self) -> bool:
        """Has any worker given a sign of life within the last minute?"""
        ages = ((self.now - worker.beat_at).total_seconds() for worker in self.workers)
        return any(age <= SILENT_AFTER_SECONDS for age in ages)


def queue_status(now: datetime) -> QueueStatus:
    """The queue as it is; five queries."""
    states = Job.objects.values_list("state").annotate(number=Count("pk")).order_by()
    counts: dict[str, int] = dict(states)
    due = Job.objects.due(now).aggregate(oldest=Min("run_at"))
    return QueueStatus(
        now=now,
        queued=counts.get(JobState.QUEUED, 0),
        running=counts.get(JobState.RUNNING, 0),
        failed=counts.get(JobState.FAILED, 0),
        oldest_due=due["oldest"],
        workers=list(WorkerBeat.objects.order_by("-beat_at")[:10]),
        rounds=_rounds(),
    )


def failed_jobs() -> QuerySet[Job]:
    """Given up, newest first."""
    return Job.objects.failed().order_by("-finished_at")


def _rounds() -> list[Round]:
    ticks = {tick.key: tick for tick in ScheduleTick.objects.all()}
    return [
        Round(schedule, tick.last_at if tick else None, tick.next_at if tick else None)
        for schedule in schedules
        for tick in [ticks.get(schedule.key)]
    ]
