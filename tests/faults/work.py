"""Tasks that stop at a gate (two named pipes), so that a test can strike in the middle."""

import os

from django.db import transaction
from django_tasks import task

from meice.jobs import progress
from tests.meice.jobs.work import leave_trace


def pass_gate(gate: str) -> None:
    """Tell the test that the work is under way, and wait until it says go."""
    told = os.open(f"{gate}.started", os.O_WRONLY)
    os.write(told, b"x")
    os.close(told)
    waiting = os.open(f"{gate}.go", os.O_RDONLY)
    os.read(waiting, 1)
    os.close(waiting)


@task(label="到闸口")
def work_at_gate(gate: str, number: int) -> None:
    """Stops between its beginning and its one effect, which is fenced by the report."""
    pass_gate(gate)
    with transaction.atomic():
        progress.report(1, 1, "写入")
        leave_trace(number)


@task(label="计数", atomic=True)
def count(number: int) -> None:
    """One effect, in the transaction that finishes the job."""
    leave_trace(number)
