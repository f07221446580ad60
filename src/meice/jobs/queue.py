"""The queue itself: insert, claim, renew, finish. Each is one conditional statement.

Every claim raises the job's fence; renewing, reporting and finishing ask for the fence they were
given. A worker that was stopped and wakes after its lease went to another is refused here.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django_tasks.utils import normalize_json

from meice.jobs.models import Job, JobState
from meice.kernel.clock import database_now

logger = logging.getLogger(__name__)

WORKER_LOST = "WorkerLost"
_DONE_FOR_GOOD = {"lease_until": None, "worker": ""}


class LeaseLost(Exception):
    """The job has gone to another worker; whatever this one has not committed must not count."""


@dataclass(frozen=True, slots=True)
class Order:
    """A call to be made: the task's path and JSON arguments (ids, never personal data)."""

    task_path: str
    label: str = ""
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 0
    max_tries: int = 5
    run_at: datetime | None = None
    key: str = ""
    by: Any = None


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to finish one job, for the time being."""

    job_id: UUID
    fence: int


def insert(order: Order) -> Job:
    """Put the call into the table; with a `key`, the live job of that key if there is one."""
    job = _row(order)
    if not order.key:
        job.save(force_insert=True)
        return job
    while True:
        Job.objects.bulk_create([job], ignore_conflicts=True)
        standing = Job.objects.live().filter(unique_key=order.key).first()
        if standing is not None:
            return standing


def claim(
    worker: str, moment: datetime, *, hold: timedelta, limit: int = 1, only: UUID | None = None
) -> list[Job]:
    """Up to `limit` due jobs, now leased to `worker` until `moment + hold`, by priority and age.

    Two workers never get the same job: on PostgreSQL rows in the other's hands are skipped, on
    SQLite there is one writer at a time.
    """
    if not _any_due(moment, only):
        return []
    time = connection.ops.adapt_datetimefield_value
    values: list[Any] = [time(moment), time(moment)]
    if only is not None:
        values.append(Job._meta.pk.get_db_prep_value(only, connection))
    values += [limit, worker, time(moment + hold), time(moment)]
    with transaction.atomic():
        return list(Job.objects.raw(_claim_statement(bool(only)), values))


def bury_lost(moment: datetime) -> int:
    """Give up jobs whose worker died at their last try: they may be what kills it."""
    lost = Job.objects.filter(
        state=JobState.RUNNING, lease_until__lte=moment, tries__gte=F("max_tries")
    )
    if not lost.exists():
        return 0
    return lost.update(
        state=JobState.FAILED, finished_at=moment, error_class=WORKER_LOST, **_DONE_FOR_GOOD
    )


def renew(leases: Collection[Lease], until: datetime) -> set[Lease]:
    """Lengthen leases; gives those that are lost."""
    return {lease for lease in leases if not _held(lease).update(lease_until=until)}


def report(lease: Lease, done: int, total: int, text: str) -> None:
    """Note how far the job is. Inside a transaction the note and the chunk commit together."""
    note = {"progress_done": done, "progress_total": total, "progress_text": text[:200]}
    _demand(_held(lease).update(**note))


def finish(lease: Lease, result: Any, moment: datetime) -> None:
    """The job is done; raises `LeaseLost` when it is no longer ours to finish."""
    end = {"state": JobState.DONE, "finished_at": moment, "error_class": "", "error_trace": ""}
    _demand(_held(lease).update(result=normalize_json(result), **end, **_DONE_FOR_GOOD))


def retry(lease: Lease, run_at: datetime, error: tuple[str, str]) -> None:
    """The try failed with `error` (class, frames); the next is due at `run_at`."""
    again = {"state": JobState.QUEUED, "run_at": run_at, **_error(error)}
    _demand(_held(lease).update(**again, **_DONE_FOR_GOOD))


def give_up(lease: Lease, moment: datetime, error: tuple[str, str]) -> None:
    """The last try failed with `error` (class, frames)."""
    end = {"state": JobState.FAILED, "finished_at": moment, **_error(error)}
    _demand(_held(lease).update(**end, **_DONE_FOR_GOOD))


def release(lease: Lease, moment: datetime) -> None:
    """Hand the job back unfinished: due at once, and the try does not count."""
    back = {"state": JobState.QUEUED, "run_at": moment, "tries": F("tries") - 1}
    _held(lease).update(**back, **_DONE_FOR_GOOD)


def _row(order: Order) -> Job:
    """By the database's clock, as claims are: an application clock that is ahead delays nothing."""
    moment = database_now()
    return Job(
        task_path=order.task_path,
        label=order.label,
        arguments=normalize_json({"args": order.args, "kwargs": order.kwargs}),
        priority=order.priority,
        max_tries=order.max_tries,
        run_at=order.run_at or moment,
        unique_key=order.key,
        requested_by=order.by,
        created_at=moment,
    )


def _held(lease: Lease) -> Any:
    return Job.objects.filter(pk=lease.job_id, fence=lease.fence, state=JobState.RUNNING)


def _demand(updated: int) -> None:
    if not updated:
        raise LeaseLost


def _error(error: tuple[str, str]) -> dict[str, str]:
    return {"error_class": error[0][:200], "error_trace": error[1]}


def _any_due(moment: datetime, only: UUID | None) -> bool:
    """A reading look first: an idle worker takes no write lock."""
    wanted = Q(pk=only) if only else Q()
    return Job.objects.due(moment).filter(wanted).exists()


def _claim_statement(only_one: bool) -> str:
    """One statement. The list of ids is materialised: else PostgreSQL may lock beyond the limit."""
    skip = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    one = "AND id = %s" if only_one else ""
    return f"""
        WITH due AS MATERIALIZED (
            SELECT id FROM jobs_job
            WHERE ((state = 'queued' AND run_at <= %s)
                OR (state = 'running' AND lease_until <= %s AND tries < max_tries)) {one}
            ORDER BY priority DESC, run_at, id LIMIT %s {skip})
        UPDATE jobs_job
        SET state = 'running', worker = %s, fence = fence + 1, tries = tries + 1,
            lease_until = %s, started_at = %s
        WHERE id IN (SELECT id FROM due)
        RETURNING *"""  # noqa: S608 - only our own constant parts
