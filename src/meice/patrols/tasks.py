"""Work of the room in the background: rounds that open, the ladder, paths that moved."""

from django_tasks import task

from meice.kernel.clock import now
from meice.patrols.actions import following, ladder, opening


@task(label="生成巡查")
def open_rounds() -> int:
    """Rounds whose hour has come; gives how many were opened."""
    return opening.open_rounds(now())


@task(label="漏巡提醒")
def climb_ladder() -> int:
    """One turn of the ladder; gives the number of reminders."""
    return ladder.climb_ladder(now())


@task(label="跟随单位移动")
def follow_units() -> int:
    """Write the units' present paths on the rows of this room; gives how many were behind."""
    return following.follow_units()
