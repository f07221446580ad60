"""Work of the room in the background."""

from django_tasks import task

from meice.kernel.clock import now
from meice.training import actions
from meice.training.actions import following


@task(label="培训证书到期提醒")
def remind_certificates() -> int:
    """Gives how many were reminded of."""
    return actions.remind_certificates(now())


@task(label="培训跟随单位移动")
def follow_units() -> int:
    """Gives how many rows were behind."""
    return following.follow_units()
