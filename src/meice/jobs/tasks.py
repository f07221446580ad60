"""The queue keeps itself small."""

from django_tasks import task

from meice.jobs.actions import clean_up
from meice.kernel.clock import now


@task(label="清理办完的后台任务")
def clean_up_jobs() -> int:
    """Remove old jobs; gives their number."""
    return clean_up(now())
