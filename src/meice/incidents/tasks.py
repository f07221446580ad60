"""Work of the room in the background: the escalation chain, moved paths, forgetting senders."""

from django_tasks import task

from meice.incidents.actions import following, intake, ladder
from meice.kernel.clock import now


@task(label="事件超时升级")
def climb_ladder() -> int:
    """One round of the chain; gives the number of alarms."""
    return ladder.climb_ladder(now())


@task(label="事件跟随单位移动")
def follow_units() -> int:
    """Write the units' present paths on the incidents; gives how many were behind."""
    return following.follow_units()


@task(label="清除公开举报的来源标记")
def forget_senders() -> int:
    """Wipe which machine sent a report, after a day."""
    return intake.forget_senders(now())
