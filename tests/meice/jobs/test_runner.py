"""One try: what a task returns, raises and reports ends in the table."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from tests.meice.jobs import work

from meice.jobs import queue
from meice.jobs.models import Job, JobState
from meice.jobs.runner import run_claimed
from meice.jobs.worker import drain, run_job

pytestmark = pytest.mark.django_db
NOON = datetime(2130, 3, 1, 4, 0, tzinfo=UTC)


class Clock:
    """A clock that is told the time."""

    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment


def test_a_result_is_kept():
    result = work.trace.enqueue(7)
    assert drain() == 1
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == {"number": 7}
    assert work.traces() == [7]


def test_a_task_may_ask_for_its_context():
    result = work.how_often.enqueue()
    drain()
    result.refresh()
    assert result.return_value == 1


def test_an_unknown_result_is_said_to_be_unknown():
    for unknown in ("not-an-id", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(TaskResultDoesNotExist):
            work.trace.get_result(unknown)


def test_a_failure_is_tried_again_later_and_later_then_given_up():
    work.stumble.enqueue("x")
    clock, pauses = Clock(NOON), []
    for _ in range(2):
        assert drain(clock) == 1
        pauses.append((Job.objects.get().run_at - clock.moment).total_seconds())
        assert drain(clock) == 0
        clock.moment = Job.objects.get().run_at
    drain(clock)
    assert 5 <= pauses[0] < 7.5
    assert 20 <= pauses[1] < 30
    assert Job.objects.get().state == JobState.FAILED


def test_a_failure_keeps_class_and_place_but_nothing_it_said():
    work.stumble.enqueue("13800000001")
    drain(Clock(NOON))
    job = Job.objects.get()
    assert job.error_class == "ValueError"
    assert "jobs/work.py" in job.error_trace
    assert "stumble" in job.error_trace
    assert "138" not in job.error_trace


def test_what_is_hopeless_is_not_tried_again():
    work.despair.enqueue()
    drain(Clock(NOON))
    assert (Job.objects.get().state, Job.objects.get().tries) == (JobState.FAILED, 1)


def test_an_atomic_task_that_fails_leaves_nothing():
    work.half.enqueue(1)
    drain(Clock(NOON))
    assert work.traces() == []


def test_an_atomic_task_that_lost_its_lease_leaves_nothing():
    work.trace.enqueue(1)
    (stale,) = queue.claim("sleeper", NOON, hold=timedelta(seconds=30))
    queue.claim("other", NOON + timedelta(minutes=1), hold=timedelta(hours=1))
    run_claimed(stale, Clock(NOON))
    assert work.traces() == []
    assert Job.objects.get().worker == "other"


def test_chunks_go_on_where_the_last_try_came_to():
    result = work.in_chunks.enqueue(5, stop_at=3)
    clock = Clock(NOON)
    drain(clock)
    assert Job.objects.get().progress_done == 3
    clock.moment += timedelta(hours=1)
    drain(clock)
    result.refresh()
    assert result.return_value == 3
    assert Job.objects.get().progress_text == "第 5 段"


def test_a_task_whose_code_has_gone_fails_with_a_reason():
    work.trace.enqueue(1)
    Job.objects.update(task_path="meice.jobs.nowhere.gone", max_tries=1)
    drain(Clock(NOON))
    assert Job.objects.get().error_class == "ModuleNotFoundError"


def test_a_brokers_message_that_comes_twice_does_the_work_once():
    job_id = work.trace.enqueue(1).id
    assert run_job(job_id) is True
    assert run_job(job_id) is False
    assert work.traces() == [1]
