"""Work of the room in the background: the ladder of reminders, paths that moved."""

from django_tasks import task

from meice.kernel.clock import now
from meice.rectification.actions import following, ladder


@task(label="整改逾期提醒")
def climb_ladder() -> int:
    """One round of the ladder; gives the number of reminders."""
    return ladder.climb_ladder(now())


@task(label="跟随单位移动")
def follow_units() -> int:
    """Write the units' present paths on the rows of this room; gives how many were behind."""
    return following.follow_units()
