"""Tasks for the tests of the queue: each leaves a trace that can be counted."""

from django_tasks import task

from meice.audit.models import Verification
from meice.jobs import progress
from meice.jobs.runner import Permanent
from meice.kernel.clock import now


def leave_trace(number: int) -> None:
    """One row for each time the work was done; `entries` carries its number."""
    Verification.objects.create(at=now(), entries=number, links=0)


def traces() -> list[int]:
    """The numbers of all work done, sorted."""
    return sorted(Verification.objects.values_list("entries", flat=True))


@task(label="留痕", atomic=True)
def trace(number: int) -> dict[str, int]:
    leave_trace(number)
    return {"number": number}


@task(label="办不成", max_tries=3)
def stumble(mobile: str) -> None:
    raise ValueError(f"cannot call {mobile}")


@task(label="无望", max_tries=3)
def despair() -> None:
    raise Permanent


@task(label="写了一半出错", atomic=True, max_tries=1)
def half(number: int) -> None:
    leave_trace(number)
    raise ValueError


@task(label="分段", max_tries=3)
def in_chunks(total: int, stop_at: int = -1) -> int:
    """Chunk by chunk; the first try stops at `stop_at`, the next goes on there."""
    begun = progress.reached()
    for number in range(begun, total):
        if number == stop_at and begun == 0:
            raise OSError
        progress.report(number + 1, total, f"第 {number + 1} 段")
    return begun


@task(label="看自己的次数", takes_context=True)
def how_often(context) -> int:
    return context.attempt
