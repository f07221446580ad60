"""运行状态 for the administrator, and the progress of a job for whom asked for it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from meice.jobs.actions import retry_job
from meice.jobs.models import Job
from meice.jobs.policies import may_see_status
from meice.jobs.status import failed_jobs, queue_status
from meice.kernel.clock import database_now
from meice.kernel.http import Page, is_htmx, visible_or_404


@never_cache
@login_required
@require_GET
def job_status(request: HttpRequest) -> HttpResponse:
    """How the queue is; no business content."""
    _administrators_only(request)
    context = {"status": queue_status(database_now()), "page": Page.of(request, failed_jobs())}
    return render(request, "jobs/status.html", context)


@login_required
@require_POST
def job_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queue a failed job again."""
    _administrators_only(request)
    job = visible_or_404(Job.objects.failed(), pk=pk)
    retry_job(job, by=request.user, now=database_now())
    messages.success(request, f"「{job.called}」已重新排队。")
    return redirect("job-status")


@never_cache
@login_required
@require_GET
def job_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a job is; the fragment polls itself until the job has ended."""
    job = visible_or_404(Job.objects.visible_to(request.user), pk=pk)
    template = "jobs/_job.html" if is_htmx(request) else "jobs/job.html"
    return render(request, template, {"job": job})


def _administrators_only(request: HttpRequest) -> None:
    if not may_see_status(request.user):
        raise Http404
