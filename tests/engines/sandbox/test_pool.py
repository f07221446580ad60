"""A pool of limited children: each way to fail is an answer, and nothing else is lost."""

import os
import sys
import threading

import pytest

from engines.sandbox import hostile_tasks as tasks
from meice.engines.sandbox import Answer, Failure, Limits, Pool

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits hold on Linux only")


@pytest.fixture
def pool():
    with Pool(2, limits=Limits(cpu=1, wall=30.0)) as made:
        yield made


@pytest.fixture
def hasty_pool():
    with Pool(2, limits=Limits(cpu=1, wall=2.0, patience=4.0)) as made:
        yield made


def test_answers_come_in_the_order_of_the_tasks(pool):
    answers = [answer.value for answer in pool.map(tasks.double, range(200))]
    assert answers == [number * 2 for number in range(200)]


def test_tasks_run_outside_this_process_and_children_are_kept(pool):
    used = {answer.value for answer in pool.map(tasks.process_id, range(300))}
    assert os.getpid() not in used
    assert 1 <= len(used) <= 2


def test_a_child_is_kept_after_a_single_task():
    with Pool(1) as single:
        used = {single.run(tasks.process_id, number).value for number in range(5)}
    assert len(used) == 1


def test_a_child_sees_no_secret_of_the_environment(pool, monkeypatch):
    monkeypatch.setenv("MEICE_SECRET_KEY", "hidden")
    assert "MEICE_SECRET_KEY" not in pool.run(tasks.environment, 0).value


def test_only_the_task_that_aborts_is_lost(pool):
    answers = list(pool.map(tasks.abort_on_seven, range(40)))
    assert [answer.value for answer in answers if answer.failure is None] == [
        number for number in range(40) if number != 7
    ]
    assert answers[7] == Answer(None, Failure.CRASH, "SIGABRT")


def test_only_the_task_that_hangs_is_lost(hasty_pool):
    answers = list(hasty_pool.map(tasks.hang_on_three, range(20)))
    assert [each for each in range(20) if answers[each].failure] == [3]
    assert answers[3] == Answer(None, Failure.TIMEOUT, "wall time")


def test_a_task_that_idled_past_the_wall_limit_is_tried_once_more_with_patience():
    with Pool(1, limits=Limits(cpu=5, wall=1.0, patience=60.0)) as patient:
        answers = list(patient.map(tasks.linger_on_two, range(4)))
    assert answers == [Answer(number) for number in range(4)]


@linux
def test_a_task_that_spins_ends_by_its_cpu_time():
    with Pool(1, limits=Limits(cpu=1, wall=30.0)) as pool:
        assert pool.run(tasks.spin, 0) == Answer(None, Failure.TIMEOUT, "SIGXCPU")


@linux
def test_too_much_memory_is_an_answer_and_the_next_task_runs(pool):
    answers = list(pool.map(tasks.eat_memory, [1, 900, 1]))
    assert [answer.failure for answer in answers] == [None, Failure.MEMORY, None]


@linux
def test_memory_kept_by_earlier_tasks_is_not_blamed_on_a_later_one():
    with Pool(1) as pool:
        answers = list(pool.map(tasks.keep_memory, [60] * 12))
    assert all(answer.failure is None for answer in answers)


def test_a_panic_past_except_exception_is_an_answer(pool):
    answer = pool.run(tasks.panic, 0)
    assert answer.failure is Failure.PANIC
    assert pool.run(tasks.double, 4).value == 8


def test_an_ordinary_fault_is_an_answer_with_its_reason(pool):
    answer = pool.run(tasks.fail, 0)
    assert (answer.failure, answer.detail) == (Failure.ERROR, "ValueError: an ordinary fault")


def test_a_child_that_leaves_is_replaced(pool):
    answers = [pool.run(tasks.leave, 3), pool.run(tasks.double, 1)]
    assert answers == [Answer(None, Failure.CRASH, "exit 3"), Answer(2)]


def test_only_values_of_our_engines_come_out_of_a_child(pool):
    assert pool.run(tasks.smuggle, 0).failure is Failure.CRASH


def test_long_payloads_and_long_answers_pass(pool):
    answers = list(pool.map(tasks.long_text, [1_000_000, 3]))
    assert [len(answer.value) for answer in answers] == [1_000_000, 3]
    assert pool.run(tasks.double, b"x" * 3_000_000).value == b"x" * 6_000_000


def test_threads_share_one_pool(pool):
    found = {}

    def work(start):
        numbers = range(start, start + 50)
        found[start] = [each.value for each in pool.map(tasks.double, numbers)]

    threads = [threading.Thread(target=work, args=(start,)) for start in range(0, 400, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {s: [n * 2 for n in range(s, s + 50)] for s in range(0, 400, 100)}


def test_payloads_are_drawn_only_as_they_are_needed(pool):
    drawn = []

    def payloads():
        for number in range(10_000):
            drawn.append(number)
            yield number

    first = next(pool.map(tasks.double, payloads()))
    assert first.value == 0
    assert len(drawn) < 1000


def test_a_call_that_is_left_half_way_gives_its_children_back(pool):
    call = pool.map(tasks.double, range(1000))
    next(call)
    call.close()
    assert pool.run(tasks.double, 21).value == 42
