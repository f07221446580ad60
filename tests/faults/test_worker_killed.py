"""F5: a worker dies, or sleeps and wakes late; the work is done, and done once."""

import os
import signal

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


def enqueue_at(gate):
    return f"""
from tests.faults.work import work_at_gate
work_at_gate.enqueue({str(gate.path)!r}, 1)
"""


def test_a_job_whose_worker_is_killed_is_run_to_its_end_by_another(installation):
    gate = installation.gate()
    installation.ask(enqueue_at(gate))
    first = installation.worker()
    gate.await_arrival()
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = installation.worker()
    gate.await_arrival()
    gate.open()
    assert second.wait(timeout=120) == 0
    assert installation.traces() == [1]
    assert installation.jobs() == [("done", 2, 2)]


def test_a_worker_that_sleeps_and_wakes_late_is_refused(installation):
    gate = installation.gate()
    installation.ask(enqueue_at(gate))
    sleeper = installation.worker(grace=30)
    gate.await_arrival()
    installation.freeze(sleeper)
    other = installation.worker()
    gate.await_arrival()
    gate.open()
    assert other.wait(timeout=120) == 0
    os.kill(sleeper.pid, signal.SIGCONT)
    gate.open()
    assert sleeper.wait(timeout=120) == 0
    assert "late result refused" in sleeper.complained
    assert installation.traces() == [1]
    assert installation.jobs() == [("done", 2, 2)]


def test_a_worker_asked_to_stop_hands_back_what_it_cannot_finish(installation):
    gate = installation.gate()
    installation.ask(enqueue_at(gate))
    first = installation.worker(lease=600)
    gate.await_arrival()
    first.terminate()
    assert first.wait(timeout=120) == 0
    assert installation.jobs() == [("queued", 0, 1)]
    second = installation.worker(lease=600)
    gate.await_arrival()
    gate.open()
    assert second.wait(timeout=120) == 0
    assert installation.traces() == [1]


def test_two_workers_do_two_hundred_jobs_each_once(installation):
    installation.ask("""
from django.db import transaction
from tests.faults.work import count
with transaction.atomic():
    for number in range(200):
        count.enqueue(number)
""")
    workers = [installation.worker(lease=30) for _ in range(2)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0]
    assert installation.traces() == list(range(200))
    assert installation.jobs() == [("done", 1, 1)] * 200


def test_workers_killed_again_and_again_lose_nothing_and_double_nothing(installation):
    installation.ask("""
from django.db import transaction
from tests.faults.work import count
with transaction.atomic():
    for number in range(150):
        count.enqueue(number)
""")
    seen = 0
    for _ in range(3):
        victim = installation.worker(lease=1)
        while len(installation.traces()) < seen + 20:
            assert victim.poll() is None
        victim.kill()
        victim.wait()
        seen = len(installation.traces())
    assert installation.worker(lease=1).wait(timeout=120) == 0
    assert installation.traces() == list(range(150))


def test_a_schedule_fires_once_however_many_workers_look(installation):
    fire = """
from datetime import datetime, UTC
from meice.jobs.worker import fire_schedules
print(json.dumps(fire_schedules(datetime(2130, 1, 1, tzinfo=UTC))))
"""
    installation.ask(f"{fire}\nfrom meice.jobs.models import Job\nJob.objects.all().delete()")
    later = fire.replace("2130, 1, 1", "2130, 1, 2")
    lookers = [installation.fork("tests.faults.forked:execute", later) for _ in range(3)]
    assert [looker.wait(timeout=120) for looker in lookers] == [0, 0, 0]
    fired = [int(looker.said) for looker in lookers]
    assert sum(fired) == len(installation.rows("select id from jobs_job")) > 0
