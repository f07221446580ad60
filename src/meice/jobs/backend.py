"""The job table as a backend of django-tasks: room code sees `@task()` and `.enqueue()` only.

A job is inserted in the transaction of the business row, so both exist or neither; workers look
for due rows. A relay to a broker (later) sends the job's id on commit and its consumer calls
`worker.run_job(id)`: the table stays the truth, a lost or doubled message is harmless.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist

from meice.jobs import queue
from meice.jobs.models import Job, JobState

_STATUS = {
    JobState.QUEUED: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTask(Task[Any, Any]):
    """A task with its Chinese name, its number of tries, and whether it is one transaction.

    `atomic`: the body and the note that it is done commit together, so its writes happen exactly
    once; for work of a few seconds. Longer work commits in chunks with `progress.report`.
    """

    label: str = ""
    max_tries: int = 5
    atomic: bool = False


class TableBackend(BaseTaskBackend):
    """Keeps jobs in the table `jobs_job`."""

    task_class = TableTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Insert the job in the current transaction; it is run after the commit."""
        self.validate_task(task)
        return result_of(queue.insert(order_of(task, args, kwargs)), task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """What became of the job; `TaskResultDoesNotExist` when it is unknown or swept."""
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValidationError):
            raise TaskResultDoesNotExist(result_id) from None
        return result_of(job, task_of(job))


def order_of(
    task: Task[Any, Any], args: Any, kwargs: Any, *, key: str = "", by: Any = None
) -> queue.Order:
    """What `queue.insert` needs to know of a call of `task`."""
    table_task = cast(TableTask, task)
    return queue.Order(
        task_path=task.module_path,
        label=table_task.label,
        args=tuple(args),
        kwargs=dict(kwargs),
        priority=task.priority,
        max_tries=table_task.max_tries,
        run_at=task.run_after,
        key=key,
        by=by,
    )


def task_of(job: Job) -> TableTask:
    """The task that the job calls; `ImportError` when the code has gone."""
    found = import_string(job.task_path)
    if not isinstance(found, TableTask):
        raise ImportError(f"{job.task_path} is no task")
    return found


def result_of(job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
    """The job as django-tasks shows it."""
    errors = [TaskError(exception_class_path=job.error_class, traceback=job.error_trace)]
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.pk),
        status=_STATUS[JobState(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        last_attempted_at=job.started_at,
        finished_at=job.finished_at,
        args=job.arguments.get("args", []),
        kwargs=job.arguments.get("kwargs", {}),
        backend=task.backend,
        errors=errors if job.error_class else [],
        worker_ids=[job.worker] * job.tries,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
