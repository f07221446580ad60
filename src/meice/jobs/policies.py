"""Who may see and steer background work. Rights are named as `orgs.roles.Right` spells them."""

from typing import Any

from meice.jobs.models import Job, JobState
from meice.kernel.access import Verdict, when

RUN_SYSTEM = "system.run"


def may_see_status(user: Any) -> Verdict:
    """The page 运行状态 belongs to the system administrator."""
    return when(user.has(RUN_SYSTEM), otherwise="运行状态由系统管理员查看。")


def may_retry(job: Job, user: Any) -> Verdict:
    """Only what has failed can be queued again, and only by the administrator."""
    return may_see_status(user) and when(
        job.state == JobState.FAILED, otherwise="只有没有办成的任务可以重新安排。"
    )
