"""Work of the room in the background: the shipped library, paths that moved."""

from django_tasks import task

from meice.kernel.clock import now
from meice.regulations import actions


@task(label="制度库自带文件")
def ship_library() -> int:
    """Bring the shipped documents up to date; gives how many rows changed."""
    return actions.ship_library(now())


@task(label="制度库跟随单位移动")
def follow_units() -> int:
    """Gives how many documents were behind."""
    return actions.follow_units()
