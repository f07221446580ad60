"""The disk keeps itself tidy."""

from django_tasks import task

from meice.files.sweep import sweep
from meice.kernel.clock import now


@task(label="清理没有归属的文件")
def sweep_orphans() -> int:
    """Remove what crashes and deletions left; gives the number of files."""
    return sweep(now())
