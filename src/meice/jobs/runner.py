"""One try of one job: call the task, note the end, or the failure without personal data."""

import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django_tasks import TaskContext

from meice.jobs import progress, queue
from meice.jobs.backend import result_of, task_of
from meice.jobs.models import Job

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5, 3600
FRAMES_KEPT = 20


class Permanent(Exception):
    """Raised by a task for which another try would be in vain."""


def run_claimed(job: Job, clock: Callable[[], datetime]) -> None:
    """Run a job just claimed. Whatever the task raises ends in the table, never here.

    Not so when the process itself is asked to stop (Ctrl+C, in the main thread): the job is
    handed back and the wish goes on.
    """
    lease = queue.Lease(job.pk, job.fence)
    try:
        with progress.within(lease, job.progress_done):
            _call(job, lease, clock)
    except queue.LeaseLost:
        logger.warning("job %s (%s): late result refused", job.pk, job.task_path)
    except BaseException as failure:
        if _is_wish_to_stop(failure):
            queue.release(lease, clock())
            raise
        _note_failure(job, lease, failure, clock())


def pause_before(job: Job) -> timedelta:
    """5 s, 20 s, 80 s … at most an hour, and up to half as much again by the job's id, so that
    jobs that failed together do not come back together."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 4 ** (job.tries - 1))
    spread = (job.pk.int % 1000) / 2000
    return timedelta(seconds=pause * (1 + spread))


def _call(job: Job, lease: queue.Lease, clock: Callable[[], datetime]) -> None:
    task = task_of(job)
    args, kwargs = job.arguments["args"], job.arguments["kwargs"]
    if task.takes_context:
        args = [TaskContext(task_result=result_of(job, task)), *args]
    with transaction.atomic() if task.atomic else nullcontext():
        result = task.call(*args, **kwargs)
        queue.finish(lease, result, clock())


def _is_wish_to_stop(failure: BaseException) -> bool:
    """Parsers written in Rust panic with a BaseException too; that is a failure of the job."""
    is_main = threading.current_thread() is threading.main_thread()
    known = isinstance(failure, Exception) or type(failure).__name__ == "PanicException"
    return is_main and not known


def _note_failure(job: Job, lease: queue.Lease, failure: BaseException, moment: datetime) -> None:
    error = (_class_of(failure), _frames_of(failure))
    logger.error("job %s (%s) failed: %s", job.pk, job.task_path, error[0])
    try:
        if isinstance(failure, Permanent) or job.tries >= job.max_tries:
            queue.give_up(lease, moment, error)
        else:
            queue.retry(lease, moment + pause_before(job), error)
    except queue.LeaseLost:
        logger.warning("job %s (%s): late failure refused", job.pk, job.task_path)


def _class_of(failure: BaseException) -> str:
    kind = type(failure)
    return (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )


def _frames_of(failure: BaseException) -> str:
    """Where it happened: file, line, function. Messages and values are left out on purpose:
    they quote rows, and rows hold people."""
    frames = traceback.extract_tb(failure.__traceback__)[-FRAMES_KEPT:]
    return "\n".join(
        f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in frames
    )
