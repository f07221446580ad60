"""探测计划: which sites are looked at when; a run at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.inspections import policies, probe
from meice.inspections.actions import runs
from meice.inspections.actions import schedules as deeds
from meice.inspections.forms import ScheduleForm
from meice.inspections.models import Run, Schedule
from meice.inspections.views.common import person, schedule_or_404, units_of
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.orgs.roles import Right


def watcher(request: HttpRequest) -> User:
    """The reader, if the pages of probes are hers; 404 for everybody else."""
    user = person(request)
    if not policies.may_watch_runs(user):
        raise Http404
    return user


@login_required
@require_GET
def schedule_list(request: HttpRequest) -> HttpResponse:
    """The schedules with their last run."""
    user = watcher(request)
    rows = list(Schedule.objects.visible_to(user).select_related("unit"))
    latest = Run.objects.filter(schedule__in=rows).order_by().values("schedule")
    newest = latest.annotate(newest=Max("pk")).values("newest")
    last = {run.schedule_id: run for run in Run.objects.filter(pk__in=newest)}
    names = dict(probe.rule_sets())
    context = {
        "schedules": [
            (row, last.get(row.pk), names.get(row.rule_set, row.rule_set)) for row in rows
        ],
        "may_run": user.has(Right.RUN_PROBES),
    }
    return render(request, "inspections/schedule_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def schedule_new(request: HttpRequest) -> HttpResponse:
    """A new schedule."""
    user = watcher(request)
    require(policies.may_run_any(user))
    units = units_of(user, Right.RUN_PROBES)
    if request.method == "GET":
        return _page(request, ScheduleForm.of(None, units=units), None)
    form = ScheduleForm(request.POST, units=units)
    if not form.is_valid():
        return _page(request, form, None, status=422)
    made = deeds.create_schedule(form.plan, by=user, at=now())
    messages.success(request, f"已建探测计划「{made}」。")
    return redirect("schedule-list")


@login_required
@require_http_methods(["GET", "POST"])
def schedule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change it; a run that is going on keeps the old words."""
    watcher(request)
    user, found = person(request), schedule_or_404(request, pk)
    require(policies.may_edit_schedule(user, found))
    units = units_of(user, Right.RUN_PROBES)
    if request.method == "GET":
        return _page(request, ScheduleForm.of(found, units=units), found)
    form = ScheduleForm(request.POST, units=units)
    if not form.is_valid():
        return _page(request, form, found, status=422)
    deeds.edit_schedule(found, form.plan, by=user, at=now())
    messages.success(request, f"已保存「{form.cleaned_data['name']}」。")
    return redirect("schedule-list")


def _page(
    request: HttpRequest, form: ScheduleForm, found: Schedule | None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "schedule": found}
    return render(request, "inspections/schedule_form.html", context, status=status)


@login_required
@require_POST
def schedule_start(request: HttpRequest, pk: int) -> HttpResponse:
    """A run now, by hand."""
    watcher(request)
    found = schedule_or_404(request, pk)
    require(policies.may_run_probes(person(request), found.unit))
    try:
        run = runs.start_run(found, by=person(request), at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("schedule-list")
    return redirect("run", run.pk)
