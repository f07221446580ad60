"""Claiming, finishing and giving back: one conditional statement each."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.meice.jobs import work

from meice.jobs import queue
from meice.jobs.actions import enqueue, enqueue_once
from meice.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db
NOON = datetime(2130, 3, 1, 4, 0, tzinfo=UTC)
HOLD = timedelta(seconds=30)
LATER = NOON + timedelta(seconds=31)


def claim(moment=NOON, worker="one", **more):
    return queue.claim(worker, moment, hold=HOLD, **more)


def lease_of(job):
    return queue.Lease(job.pk, job.fence)


def test_a_job_is_claimed_once_while_its_lease_holds():
    work.trace.enqueue(1)
    (job,) = claim()
    assert (job.state, job.worker, job.tries, job.lease_until) == (
        JobState.RUNNING, "one", 1, NOON + HOLD,
    )  # fmt: skip
    assert claim(worker="two") == []


def test_the_job_of_a_dead_worker_is_claimed_when_its_lease_is_over():
    work.trace.enqueue(1)
    claim(worker="dead")
    (job,) = claim(LATER, worker="two")
    assert (job.worker, job.tries, job.fence) == ("two", 2, 2)


@pytest.mark.parametrize(
    "late_act",
    [
        lambda lease: queue.finish(lease, None, LATER),
        lambda lease: queue.report(lease, 1, 2, ""),
        lambda lease: queue.retry(lease, LATER, ("ValueError", "")),
        lambda lease: queue.give_up(lease, LATER, ("ValueError", "")),
    ],
)
def test_a_worker_that_wakes_late_is_refused(late_act):
    work.trace.enqueue(1)
    (stale,) = claim(worker="sleeper")
    (fresh,) = claim(LATER, worker="two")
    with pytest.raises(queue.LeaseLost):
        late_act(lease_of(stale))
    fresh.refresh_from_db()
    assert (fresh.state, fresh.worker, fresh.progress_done) == (JobState.RUNNING, "two", 0)


def test_a_late_worker_cannot_finish_what_is_finished():
    work.trace.enqueue(1)
    (stale,) = claim()
    (fresh,) = claim(LATER)
    queue.finish(lease_of(fresh), {"by": "fresh"}, LATER)
    with pytest.raises(queue.LeaseLost):
        queue.finish(lease_of(stale), {"by": "stale"}, LATER)
    assert Job.objects.get().result == {"by": "fresh"}


def test_renewing_keeps_a_lease_and_names_those_that_are_lost():
    work.trace.enqueue(1)
    work.trace.enqueue(2)
    mine, lost = claim(limit=2)
    queue.finish(lease_of(lost), None, NOON)
    assert queue.renew([lease_of(mine), lease_of(lost)], LATER + HOLD) == {lease_of(lost)}
    assert claim(LATER, worker="two") == []


def test_urgent_then_old_work_comes_first():
    work.trace.enqueue(1)
    work.trace.using(priority=5).enqueue(2)
    work.trace.enqueue(3)
    assert [claim()[0].arguments["args"] for _ in range(3)] == [[2], [1], [3]]


def test_work_is_not_due_before_its_time():
    work.trace.using(run_after=NOON + timedelta(hours=1)).enqueue(1)
    assert claim() == []
    assert len(claim(NOON + timedelta(hours=1))) == 1


def test_work_handed_back_is_due_at_once_and_the_try_does_not_count():
    work.trace.enqueue(1)
    (job,) = claim()
    queue.release(lease_of(job), NOON)
    (again,) = claim(worker="two")
    assert (again.tries, again.fence) == (1, 2)


def test_what_kills_its_worker_at_every_try_is_given_up():
    work.stumble.enqueue("x")
    moment = NOON
    for _ in range(3):
        assert len(claim(moment)) == 1
        moment += timedelta(minutes=1)
    assert claim(moment) == []
    assert queue.bury_lost(moment) == 1
    assert (Job.objects.get().state, Job.objects.get().error_class) == (
        JobState.FAILED, queue.WORKER_LOST,
    )  # fmt: skip


def test_one_live_job_for_a_key():
    first = enqueue_once(work.trace, 1, key="a")
    assert enqueue_once(work.trace, 2, key="a") == first
    assert enqueue_once(work.trace, 3, key="b") != first
    (running,) = claim(only=first.pk)
    assert enqueue_once(work.trace, 4, key="a") == first
    queue.finish(lease_of(running), None, NOON)
    assert enqueue_once(work.trace, 5, key="a") != first


def test_a_brokers_message_claims_its_own_job_only():
    work.trace.enqueue(1)
    wanted = enqueue(work.trace, 2, by=None)
    assert [job.pk for job in claim(only=wanted.pk, limit=9)] == [wanted.pk]
    assert claim(only=wanted.pk) == []


@pytest.mark.django_db(transaction=True)
def test_a_job_exists_only_if_its_transaction_commits():
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        work.trace.enqueue(1)
        raise RuntimeError
    assert not Job.objects.exists()
