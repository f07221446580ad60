"""What the room shows in the frame, and its own round."""

from datetime import time
from typing import Any

from meice.jobs import schedules
from meice.jobs.models import Job
from meice.jobs.policies import may_see_status
from meice.jobs.tasks import clean_up_jobs
from meice.kernel.slots import NavCount, NavGroup, NavItem, navigation


def register() -> None:
    """The line of the sidebar and the nightly cleaning."""
    navigation.register(
        NavItem(
            group=NavGroup.SYSTEM,
            label="运行状态",
            icon="heartbeat",
            url_name="job-status",
            order=90,
            visible=lambda user: bool(may_see_status(user)),
            count=_failed,
        )
    )
    schedules.daily(at=time(3, 10), task=clean_up_jobs, key="jobs.clean-up")


def _failed(_user: Any) -> NavCount | None:
    number = Job.objects.failed().count()
    return NavCount(number, hot=True) if number else None
