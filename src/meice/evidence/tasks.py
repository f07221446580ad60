"""The nightly look at every piece of evidence."""

import logging

from django.db import transaction
from django_tasks import task

from meice.audit.actions import record
from meice.evidence.verify import altered
from meice.jobs.runner import Permanent

logger = logging.getLogger(__name__)


class Altered(Permanent):
    """Evidence is changed or gone: the job fails and stands on 运行状态 until looked into."""


@task(label="校验证据链", max_tries=1)
def verify_evidence() -> None:
    """Compare every row and its bytes with the chain; each fault is logged by case and number."""
    faults = altered()
    for fault in faults:
        logger.error("%s", fault)
    with transaction.atomic():
        record("evidence.verify", by=None, detail={"faults": len(faults)})
    if faults:
        raise Altered
