"""Work that comes round: declared by rooms in `ready()`, fired by whichever worker is first."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

from meice.kernel.slots import Slot


@dataclass(frozen=True, slots=True)
class Schedule:
    """A task (without arguments) every `seconds`, or once a day `at` a local time."""

    key: str
    task: Task[Any, Any]
    seconds: int = 0
    at: time | None = None

    def following(self, moment: datetime) -> datetime:
        """The next time after `moment`. Missed rounds are not made up for: one run is enough."""
        if self.at is None:
            return moment + timedelta(seconds=self.seconds)
        local = timezone.localtime(moment)
        today = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return (today if today > local else today + timedelta(days=1)).astimezone(UTC)

    def beginning(self, moment: datetime) -> datetime:
        """When a schedule that has never run is first due."""
        return self.following(moment) if self.at else moment

    @property
    def rhythm(self) -> str:
        """In words, for the page."""
        if self.at is not None:
            return f"每天 {self.at:%H:%M}"
        return f"每 {self.seconds // 60} 分钟" if self.seconds >= 120 else f"每 {self.seconds} 秒"


schedules: Slot[Schedule] = Slot(lambda schedule: schedule.key)


def every(*, seconds: int, task: Task[Any, Any], key: str) -> None:
    """Run `task` every `seconds`, never two at a time."""
    schedules.register(Schedule(key, task, seconds=seconds))


def daily(*, at: time, task: Task[Any, Any], key: str) -> None:
    """Run `task` once a day at the local time `at`."""
    schedules.register(Schedule(key, task, at=at))
