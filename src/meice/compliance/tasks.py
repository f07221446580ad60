"""Work of the room in the background: ends, certificates, claims, paths."""

from django_tasks import task

from meice.compliance import actions
from meice.compliance.actions import following
from meice.kernel.clock import now


@task(label="合规到期提醒")
def remind_ends() -> int:
    """One round of the ladder; gives how many things were reminded of."""
    return actions.remind_ends(now())


@task(label="合规档案读探测结果")
def observe_certificates() -> int:
    """Gives how many ends changed."""
    return actions.observe_certificates(now())


@task(label="合规缺口交核实")
def claim_gaps() -> int:
    """Gives how many claims are new."""
    return actions.claim_gaps(now())


@task(label="合规跟随单位移动")
def follow_units() -> int:
    """Gives how many devices were behind."""
    return following.follow_units()
