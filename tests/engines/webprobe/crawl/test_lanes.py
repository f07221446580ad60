"""Turns: one origin after the other, each at its own pace. The clock is given, nothing waits."""

from meice.engines.webprobe.crawl.lanes import Lanes


class Log(list):
    """Begins tasks by writing them down."""

    def task(self, name, wanted=True):
        def begin(lane):
            if wanted:
                self.append(name)
            return wanted

        return begin


def drain(lanes, now):
    while lanes.begin(now):
        pass


def test_origins_take_turns():
    lanes, log = Lanes(0, 8), Log()
    for number in range(3):
        lanes.put("a", log.task(f"a{number}"), 0)
    lanes.put("b", log.task("b0"), 0)
    drain(lanes, 0)
    assert log == ["a0", "b0", "a1", "a2"]


def test_origin_waits_its_interval_after_each_request():
    lanes, log = Lanes(1.0, 8), Log()
    for number in range(3):
        lanes.put("a", log.task(number), 0)
    began = []
    for now in (0, 0.5, 1.0, 1.5, 2.0):
        drain(lanes, now)
        for _ in range(len(log) - len(began)):
            began.append(now)
            lanes.landed(lanes.lane("a"), now)
    assert began == [0, 1.0, 2.0]


def test_no_second_request_before_the_first_has_its_answer_when_there_is_a_pace():
    lanes, log = Lanes(1.0, 8), Log()
    lanes.put("a", log.task(0), 0)
    lanes.put("a", log.task(1), 0)
    drain(lanes, 0)
    drain(lanes, 50)
    assert log == [0]
    lanes.landed(lanes.lane("a"), 50)
    drain(lanes, 50)
    assert log == [0, 1]


def test_width_bounds_the_requests_at_once():
    lanes, log = Lanes(0, 2), Log()
    for number in range(5):
        lanes.put("a", log.task(number), 0)
    drain(lanes, 0)
    assert log == [0, 1]
    lanes.landed(lanes.lane("a"), 0)
    drain(lanes, 0)
    assert log == [0, 1, 2]


def test_slowed_origin_leaves_the_others_alone():
    lanes, log = Lanes(0, 4), Log()
    lanes.lane("a").slow(10)
    lanes.lane("a").rest(10)
    for origin in ("a", "b"):
        lanes.put(origin, log.task(origin), 0)
    drain(lanes, 0)
    assert (log, lanes.wait(0)) == (["b"], 10)
    drain(lanes, 10)
    assert log == ["b", "a"]


def test_paused_task_comes_later_and_holds_up_nobody():
    lanes, log = Lanes(0, 4), Log()
    lanes.put("a", log.task("again"), 0, pause=5)
    lanes.put("a", log.task("now"), 0)
    drain(lanes, 0)
    assert (log, lanes.wait(0)) == (["now"], 5)
    drain(lanes, 5)
    assert log == ["now", "again"]


def test_task_that_is_no_longer_wanted_takes_nobodys_turn():
    lanes, log = Lanes(1.0, 1), Log()
    lanes.put("a", log.task("gone", wanted=False), 0)
    lanes.put("a", log.task("kept"), 0)
    drain(lanes, 0)
    assert (log, lanes.lane("a").flying) == (["kept"], 1)


def test_idle_origins_are_forgotten():
    lanes, log = Lanes(0, 1), Log()
    for number in range(20_000):
        lanes.put(str(number), log.task(number), 0)
        drain(lanes, 0)
        lanes.landed(lanes.lane(str(number)), 0)
    assert len(lanes.lanes) <= 5_001
