"""The disk keeps itself tidy."""

import logging

from django_tasks import task

from meice.files.sweep import sweep
from meice.files.verify import altered
from meice.jobs.runner import Permanent
from meice.kernel.clock import now

logger = logging.getLogger(__name__)


@task(label="清理没有归属的文件")
def sweep_orphans() -> int:
    """Remove what crashes and deletions left; gives the number of files."""
    return sweep(now())


class Altered(Permanent):
    """Kept bytes are changed or gone: the job fails and stands on 运行状态 until looked into."""


@task(label="校验存档文件", max_tries=1)
def verify_files() -> None:
    """Compare every kept file with its hash; each fault is logged by row and time."""
    faults = altered()
    for fault in faults:
        logger.error("%s", fault)
    if faults:
        raise Altered
