"""The work behind the annex page: check, merge, sweep. A lost or doubled job does no harm."""

from __future__ import annotations

from django.db.models import QuerySet
from django_tasks import task

from meice.jobs.models import Job, JobState
from meice.kernel.clock import now
from meice.surveys import reading
from meice.surveys.actions import consolidated, following, found, reminding, replaced
from meice.surveys.models import AnnexCheck, Consolidation, MergedPackage, Replacement


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


def replacement_key(replacement: Replacement) -> str:
    """Under this key a drop is read once at most."""
    return f"submissions.read:{replacement.pk}"


def consolidation_key(consolidation: Consolidation) -> str:
    """Under this key a consolidation is made once at most."""
    return f"campaigns.consolidate:{consolidation.pk}"


@task(label="读上传的填报表")
def read_replacement(pk: int) -> int:
    """Read the files of drop `pk` and keep the accepted forms; gives their number."""
    found_one = Replacement.objects.filter(pk=pk, read_at=None).select_related("check_made").first()
    if found_one is None or found_one.check_made is None:
        return 0
    return replaced.keep_forms(found_one, reading.check(found_one.check_made))


@task(label="汇总打包")
def consolidate(pk: int) -> int:
    """Make the package of consolidation `pk`; gives its number of rows."""
    asked = Consolidation.objects.filter(pk=pk, made_at=None)
    wanted = asked.select_related("campaign__unit", "asked_by").first()
    return consolidated.make_package(wanted) if wanted else 0


@task(label="按梯次催办")
def climb_ladder() -> int:
    """One round of the reminders of all open campaigns; gives how many units were reminded."""
    return reminding.climb_ladder(now())


@task(label="跟随单位移动")
def follow_units() -> int:
    """Write the units' present paths on the rows of this room; gives how many were behind."""
    return following.follow_units()
