"""The work behind the annex page: check, merge, sweep. A lost or doubled job does no harm."""

from __future__ import annotations

from django.db.models import QuerySet
from django_tasks import task

from meice.jobs.models import Job, JobState
from meice.kernel.clock import now
from meice.surveys import reading
from meice.surveys.actions import found
from meice.surveys.models import AnnexCheck, MergedPackage


def check_key(check: AnnexCheck) -> str:
    """Under this key a check is queued once at most."""
    return f"annexes.check:{check.pk}"


def merge_key(package: MergedPackage) -> str:
    """Under this key a package is queued once at most."""
    return f"annexes.merge:{package.pk}"


@task(label="检查附件")
def check_annexes(pk: int) -> int:
    """Check the uploads of check `pk` and keep what was found; gives the number of forms."""
    check = AnnexCheck.objects.filter(pk=pk, checked_at__isnull=True).first()
    if check is None:  # deleted meanwhile, or done by an earlier try
        return 0
    report = reading.check(check)
    found.keep_report(check, report)
    return len(report.files)


@task(label="生成汇总包")
def merge_annexes(pk: int) -> int:
    """Make the package `pk` of the accepted files of its check; gives its number of bytes."""
    package = (
        MergedPackage.objects.select_related("check_made__owner")
        .filter(pk=pk, made_at__isnull=True)
        .first()
    )
    if package is None:
        return 0
    archive, report = reading.merge(package)
    found.keep_package(package, archive, report)
    return len(archive[1])


@task(label="清理过期的附件检查")
def sweep_checks() -> int:
    """Delete the checks whose days are over; gives their number."""
    moment = now()
    reading.clear_desk(moment)
    return found.sweep(moment)


def job_of(key: str) -> Job | None:
    """The latest job under `key`."""
    jobs: QuerySet[Job] = Job.objects.filter(unique_key=key)
    return jobs.order_by("-created_at", "-pk").first()


def is_given_up(key: str) -> bool:
    """Did the last job under `key` fail for good?"""
    job = job_of(key)
    return job is not None and job.state == JobState.FAILED


def progress_of(check: AnnexCheck) -> dict[str, object]:
    """How far the check is, for the page that waits: done, total, text, finished."""
    job = None if check.is_done else job_of(check_key(check))
    finished = check.is_done or (job is not None and job.state == JobState.FAILED)
    return {
        "done": job.progress_done if job else 0,
        "total": job.progress_total if job else 0,
        "text": (job.progress_text if job else "") or "文件已存好，正在检查。",
        "finished": finished,
    }
