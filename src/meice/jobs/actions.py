"""Orders to the queue that need more than `.enqueue()`, and the retry of an administrator."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django_tasks.base import Task

from meice.jobs import queue
from meice.jobs.backend import order_of
from meice.jobs.models import Job, JobState, WorkerBeat
from meice.jobs.policies import may_retry
from meice.kernel.access import Refused, require

logger = logging.getLogger(__name__)

DONE_KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=90)
BEAT_KEPT = timedelta(days=1)


def enqueue(task: Task[Any, Any], *args: Any, by: Any, **kwargs: Any) -> Job:
    """Put a call into the queue for `by`, who may watch its progress at `/jobs/<id>/`."""
    return queue.insert(order_of(task, args, kwargs, by=by))


def enqueue_once(task: Task[Any, Any], *args: Any, key: str, by: Any = None, **kwargs: Any) -> Job:
    """The same, but while a job of this `key` is queued or running that one is given back."""
    return queue.insert(order_of(task, args, kwargs, key=key, by=by))


def retry_job(job: Job, *, by: Any, now: datetime) -> None:
    """Queue a failed job again from its first try."""
    require(may_retry(job, by))
    again = {"state": JobState.QUEUED, "tries": 0, "run_at": now, "finished_at": None}
    try:
        with transaction.atomic():
            taken = Job.objects.failed().filter(pk=job.pk).update(**again)
    except IntegrityError:
        raise Refused("同样的任务已经在排队，不用再办。") from None
    if not taken:
        raise Refused("这个任务已经有人重新安排了。")
    logger.info("job %s queued again by user %s", job.pk, by.pk)


def clean_up(now: datetime) -> int:
    """Remove jobs that ended long ago and signs of life of workers that are gone."""
    done = Job.objects.filter(state=JobState.DONE, finished_at__lt=now - DONE_KEPT)
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__lt=now - FAILED_KEPT)
    WorkerBeat.objects.filter(beat_at__lt=now - BEAT_KEPT).delete()
    return done.delete()[0] + failed.delete()[0]
