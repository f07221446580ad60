"""What the room shows in the frame, and its own round."""

from datetime import datetime, time
from typing import Any

from django.db.models import Q

from meice.jobs import schedules
from meice.jobs.models import Job
from meice.jobs.policies import may_see_status
from meice.jobs.tasks import clean_up_jobs
from meice.kernel.slots import NavGroup, NavItem, Tally, navigation


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
            tally=_failed,
        )
    )
    schedules.daily(at=time(3, 10), task=clean_up_jobs, key="jobs.clean-up")


def _failed(_user: Any, _at: datetime) -> Tally:
    """Every one of them is late."""
    return Tally(Job.objects.failed(), Q(pk__isnull=False))
