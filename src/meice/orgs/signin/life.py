"""How long a session lives: 30 minutes idle, 12 hours in all, a warning two minutes before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from meice.orgs.models import SignedIn

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=12)
WARNING = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Life:
    """What is left of a session at a moment."""

    idle_left: timedelta
    whole_left: timedelta

    @classmethod
    def of(cls, session: SignedIn, at: datetime) -> "Life":
        """From when it was begun and last seen."""
        return cls(session.seen_at + IDLE - at, session.started_at + WHOLE - at)

    @property
    def left(self) -> timedelta:
        """Until it ends by itself."""
        return min(self.idle_left, self.whole_left)

    @property
    def is_over(self) -> str:
        """Why it has ended, in Chinese; blank while it lives."""
        if self.whole_left <= timedelta():
            return "已满 12 小时"
        return "30 分钟没有操作" if self.idle_left <= timedelta() else ""
