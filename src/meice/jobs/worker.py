"""The worker: one process, a few threads, each runs one job at a time.

The calling thread fires schedules, renews leases and gives a sign of life; the others claim and
run. kill -9 leaves leases that expire, and the jobs run again elsewhere; SIGTERM (the caller sets
`stopping`) lets jobs finish for `grace` seconds and then hands them back.
"""

import logging
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from os import getpid
from typing import TypeVar
from uuid import UUID

from django.db import close_old_connections, connections, transaction

from meice.jobs import queue
from meice.jobs.backend import order_of
from meice.jobs.models import Job, ScheduleTick, WorkerBeat
from meice.jobs.runner import run_claimed
from meice.jobs.schedules import Schedule, schedules
from meice.kernel.clock import database_now

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
T = TypeVar("T")
LOWEST = -(2**15)
"""Of all that a small integer holds: everything."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how long a lease holds, how often it is renewed, how often an idle thread looks,
    how long a stopping worker waits for its jobs."""

    lease: float = 30
    renew: float = 10
    look: float = 0.5
    grace: float = 15
    threads: int = 2


def run(stopping: threading.Event, pace: Pace | None = None) -> None:
    """Work until `stopping` is set; returns when no job is left in this worker's hands."""
    _Worker(stopping, pace or Pace()).run()


def run_job(job_id: UUID) -> bool:
    """Run one job if it is due: what a broker's message asks for. False: nothing to do."""
    jobs = queue.claim(_new_name(), database_now(), hold=timedelta(minutes=10), only=job_id)
    for job in jobs:
        run_claimed(job, database_now)
    return bool(jobs)


def drain(clock: Clock = database_now, *, least: int = LOWEST) -> int:
    """Run everything due at `clock()` of priority `least` or more in this thread; gives the number
    of tries made.

    For the demo and tests. A lease of ten minutes stands in for the renewing thread.
    """
    name, tries = _new_name(), 0
    while jobs := _claim_one(name, clock(), least):
        run_claimed(jobs[0], clock)
        tries += 1
    return tries


def _claim_one(name: str, moment: datetime, least: int) -> list[Job]:
    wanted = Job.objects.due(moment).filter(priority__gte=least)
    job = wanted.order_by("-priority", "run_at", "pk").first()
    return queue.claim(name, moment, hold=timedelta(minutes=10), only=job.pk) if job else []


def fire_schedules(moment: datetime) -> int:
    """Queue what is due by the table of schedules; the number of jobs queued.

    The tick moves by compare-and-set in the transaction of the job, so that of several workers
    exactly one fires, and a crash in between fires nothing.
    """
    ticks = {tick.key: tick for tick in ScheduleTick.objects.all()}
    fresh = [
        ScheduleTick(key=schedule.key, next_at=schedule.beginning(moment))
        for schedule in schedules
        if schedule.key not in ticks
    ]
    ScheduleTick.objects.bulk_create(fresh, ignore_conflicts=True)
    ticks |= {tick.key: tick for tick in fresh}
    due = [schedule for schedule in schedules if ticks[schedule.key].next_at <= moment]
    return sum(_fire(schedule, ticks[schedule.key].next_at, moment) for schedule in due)


def _fire(schedule: Schedule, expected: datetime, moment: datetime) -> bool:
    with transaction.atomic():
        mine = ScheduleTick.objects.filter(key=schedule.key, next_at=expected).update(
            next_at=schedule.following(moment), last_at=moment
        )
        if mine:
            queue.insert(order_of(schedule.task, (), {}, key=f"schedule:{schedule.key}"))
    return bool(mine)


def _new_name() -> str:
    return f"{socket.gethostname()[:40]}:{getpid()}:{secrets.token_hex(4)}"


class _Worker:
    """One run of the worker: its threads and the leases they hold."""

    def __init__(self, stopping: threading.Event, pace: Pace) -> None:
        self.stopping = stopping
        self.pace = pace
        self.name = _new_name()
        self.hold = timedelta(seconds=pace.lease)
        self.leases: dict[UUID, queue.Lease] = {}

    def run(self) -> None:
        """The loop of the calling thread."""
        threads = [
            threading.Thread(target=self._work, name=f"job-{number}", daemon=True)
            for number in range(self.pace.threads)
        ]
        for thread in threads:
            thread.start()
        next_beat = time.monotonic()
        while not self.stopping.is_set():
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + self.pace.renew
                self._safely(self._give_sign_of_life)
            self._safely(self._look_after_queue)
            self.stopping.wait(self.pace.look)
        self._wind_up(threads)
        connections.close_all()

    def _work(self) -> None:
        while not self.stopping.is_set():
            if not self._safely(self._run_next):
                self.stopping.wait(self.pace.look)
        connections.close_all()

    def _run_next(self) -> bool:
        jobs = queue.claim(self.name, database_now(), hold=self.hold)
        for job in jobs:
            self.leases[job.pk] = queue.Lease(job.pk, job.fence)
            try:
                run_claimed(job, database_now)
            finally:
                del self.leases[job.pk]
        return bool(jobs)

    def _give_sign_of_life(self) -> None:
        moment = database_now()
        self._renew(moment)
        WorkerBeat.objects.update_or_create(
            name=self.name, defaults={"beat_at": moment}, create_defaults=self._first_beat(moment)
        )

    def _first_beat(self, moment: datetime) -> dict[str, datetime]:
        return {"beat_at": moment, "started_at": moment}

    def _renew(self, moment: datetime) -> None:
        lost = queue.renew(tuple(self.leases.values()), moment + self.hold)
        for lease in lost & set(self.leases.values()):
            logger.warning("job %s: lease lost while running", lease.job_id)

    def _look_after_queue(self) -> None:
        moment = database_now()
        fire_schedules(moment)
        queue.bury_lost(moment)

    def _wind_up(self, threads: list[threading.Thread]) -> None:
        """Wait for jobs in hand, their leases renewed; what is left then is handed back."""
        deadline = time.monotonic() + self.pace.grace
        for thread in threads:
            while thread.is_alive() and time.monotonic() < deadline:
                thread.join(self.pace.look)
                self._safely(lambda: self._renew(database_now()))
        for lease in tuple(self.leases.values()):
            logger.warning("job %s: handed back, the worker stops", lease.job_id)
            self._safely(partial(queue.release, lease, database_now()))
        self._safely(WorkerBeat.objects.filter(name=self.name).delete)

    def _safely(self, step: Callable[[], T]) -> T | None:
        """A step that may fail (database away, disk full): noted by its class, tried again."""
        try:
            close_old_connections()
            return step()
        except Exception as failure:
            logger.error("worker: %s", type(failure).__name__)
            return None
