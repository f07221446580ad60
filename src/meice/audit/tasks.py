"""The sealer and the nightly check."""

from django.db import transaction
from django.urls import reverse
from django_tasks import task

from meice.audit import anchors, chain
from meice.audit.actions import record, save_verification
from meice.audit.verify import report
from meice.jobs.runner import Permanent
from meice.kernel.clock import now


class Tampered(Permanent):
    """The chain does not verify: the job fails, so that it stands on 运行状态 until looked into."""


@task(label="封存审计记录")
def link_entries() -> int:
    """Link new entries into the chain; gives their number."""
    return chain.link_new_entries(now())


@task(label="写审计链锚点")
def drop_anchor() -> bool:
    """Write the head of the chain to the file outside the database."""
    last = chain.head()
    return last is not None and anchors.drop_anchor(last, now())


@task(label="校验审计链", max_tries=2)
def verify_chain() -> dict[str, str]:
    """Verify everything and keep the result; raises `Tampered` after keeping it."""
    found = report()
    with transaction.atomic():
        save_verification(found, now())
        record("audit.verify", by=None, detail={"faults": len(found.faults)})
    if found.faults:
        raise Tampered
    return {"url": reverse("audit-verify")}
