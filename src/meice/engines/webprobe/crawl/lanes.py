"""Whose turn it is: one lane for each origin, each with its own pace, served in turn."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

IDLE_KEPT = 5_000  # lanes


@dataclass(slots=True)
class Lane:
    """The requests of one origin. ``interval`` seconds lie between two; 0: ``width`` at once."""

    origin: str
    interval: float
    width: int
    next_at: float = 0.0
    flying: int = 0
    listed: bool = False
    tasks: deque[Task] = field(default_factory=deque)

    def slow(self, interval: float) -> None:
        """Lengthen the pause between requests."""
        if interval > self.interval:
            self.interval, self.width = interval, 1

    def rest(self, until: float) -> None:
        """No request before ``until``."""
        self.next_at = max(self.next_at, until)


Task = Callable[[Lane], bool]
"""Begins a request and says whether it did; one that is no longer wanted does not."""


class Lanes:
    """All origins in turn."""

    def __init__(self, interval: float, width: int) -> None:
        self.interval = interval
        self.width = 1 if interval else width
        self.lanes: dict[str, Lane] = {}
        self.ready: deque[Lane] = deque()
        self.later: list[tuple[float, int, Lane]] = []
        self.paused: list[tuple[float, int, str, Task]] = []
        self.count = itertools.count()

    def lane(self, origin: str) -> Lane:
        """The lane of ``origin``."""
        found = self.lanes.get(origin)
        if found is None:
            found = self.lanes[origin] = Lane(origin, self.interval, self.width)
        return found

    def put(self, origin: str, task: Task, now: float, *, pause: float = 0) -> None:
        """Add a task, not to be begun before ``pause`` seconds have passed."""
        if pause:
            heapq.heappush(self.paused, (now + pause, next(self.count), origin, task))
            return
        lane = self.lane(origin)
        lane.tasks.append(task)
        self.enlist(lane, now)

    def enlist(self, lane: Lane, now: float) -> None:
        """Put the lane where it will be found when its next request may begin."""
        if lane.listed or not lane.tasks or lane.flying >= lane.width:
            return
        lane.listed = True
        if lane.next_at <= now:
            self.ready.append(lane)
        else:
            heapq.heappush(self.later, (lane.next_at, next(self.count), lane))

    def begin(self, now: float) -> bool:
        """Begin the request whose turn it is; False when none may begin now."""
        while self.paused and self.paused[0][0] <= now:
            _, _, origin, task = heapq.heappop(self.paused)
            self.put(origin, task, now)
        while self.later and self.later[0][0] <= now:
            self.ready.append(heapq.heappop(self.later)[2])
        while self.ready:
            lane = self.ready.popleft()
            lane.listed = False
            if lane.next_at > now:
                self.enlist(lane, now)
                continue
            begun = self.take(lane, now)
            self.enlist(lane, now)
            if begun:
                return True
        return False

    def take(self, lane: Lane, now: float) -> bool:
        """Begin the lane's first task that still wants to."""
        while lane.tasks:
            task = lane.tasks.popleft()
            lane.flying += 1
            if task(lane):
                lane.next_at = now + lane.interval
                return True
            lane.flying -= 1
        return False

    def landed(self, lane: Lane, now: float) -> None:
        """A request of this lane has its answer."""
        lane.flying -= 1
        self.enlist(lane, now)
        if len(self.lanes) > IDLE_KEPT:
            self.lanes = {
                each.origin: each
                for each in self.lanes.values()
                if each.tasks or each.flying or each.next_at > now
            }

    def wait(self, now: float) -> float | None:
        """Seconds until the next request may begin; None when none is due."""
        if self.ready:
            return 0.0
        heads = [heap[0][0] for heap in (self.later, self.paused) if heap]
        return max(0.0, min(heads) - now) if heads else None
