"""巡查计划: the list, one plan, its form; paused, taken up again, one more round."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.patrols import actions, policies
from meice.patrols.actions import terms
from meice.patrols.checklist import KIND_LABELS
from meice.patrols.forms import PlanForm, StartForm
from meice.patrols.models import Manning, Plan, Round
from meice.patrols.rhythm import next_days, occasion_of
from meice.patrols.views.signed import patroller, person, plan_or_404, planned_units
from meice.patrols.workflow import PLAN
from meice.registry.actions.terms import workdays

NEXT_SHOWN = 5
ROUNDS_SHOWN = 10
OUTLETS_SHOWN = 20


@login_required
@require_GET
def patrol_plan_list(request: HttpRequest) -> HttpResponse:
    """The plans with their last round."""
    user = patroller(request)
    plans = Plan.objects.visible_to(user).select_related("unit", "checklist")
    rows = list(plans.prefetch_related("patrollers"))
    newest = Round.objects.filter(plan__in=rows).order_by().values("plan")
    pks = newest.annotate(newest=Max("pk")).values("newest")
    last = {round.plan_id: round for round in Round.objects.filter(pk__in=pks)}
    context = {
        "plans": [(plan, last.get(plan.pk)) for plan in rows],
        "may_plan": policies.may_plan(user),
    }
    return render(request, "patrols/plan_list.html", context)


@login_required
@require_GET
def patrol_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: what it covers now, its next days, its last rounds."""
    patroller(request)
    return plan_page(request, plan_or_404(request, pk))


def plan_page(
    request: HttpRequest, plan: Plan, *, status: int = 200, start_form: StartForm | None = None
) -> HttpResponse:
    """The page, with a form that was refused put back."""
    user, today = person(request), timezone.localdate(now())
    outlets = list(plan.scope()[: OUTLETS_SHOWN + 1])
    (switch, verdict), *_ = PLAN.open_steps(plan, user)
    context = {
        "plan": plan,
        "days": coming(plan, today),
        "outlets": outlets[:OUTLETS_SHOWN],
        "outlet_number": plan.scope().count(),
        "units": list(plan.units.all()),
        "kinds": [KIND_LABELS.get(kind, kind) for kind in plan.kinds],
        "people": list(plan.patrollers.all()),
        "is_duty": plan.manning == Manning.DUTY,
        "rounds": list(plan.rounds.order_by("-opens_at")[:ROUNDS_SHOWN]),
        "edit": policies.may_edit_plan(user, plan),
        "start": policies.may_start_round(user, plan),
        "switch": {"label": switch.label, "verdict": verdict, "name": f"patrol-plan-{switch.name}"},
        "start_form": start_form or StartForm(),
    }
    return render(request, "patrols/plan.html", context, status=status)


def coming(plan: Plan, today: date) -> list[tuple[datetime, str]]:
    """When the next rounds open, and before which notable days."""
    notable = terms.notable_days()
    days = next_days(plan.turn, today, workdays(), notable, number=NEXT_SHOWN)
    is_notable = plan.days_before is not None
    return [
        (plan.opens(day), occasion_of(plan.turn, day, notable) if is_notable else "")
        for day in days
    ]


@login_required
@require_http_methods(["GET", "POST"])
def patrol_plan_new(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    user = patroller(request)
    require(policies.may_plan(user))
    units: Any = planned_units(user)
    if request.method == "GET":
        return _form_page(request, PlanForm.of(None, by=user, units=units), None)
    form = PlanForm(request.POST, by=user, units=units)
    if form.is_valid():
        try:
            plan = actions.create_plan(form.said, by=user, at=now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"已建巡查计划「{plan}」。")
            return redirect("patrol-plan", plan.pk)
    return _form_page(request, form, None, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def patrol_plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change it; rounds that are open keep the old words."""
    user, plan = patroller(request), plan_or_404(request, pk)
    require(policies.may_edit_plan(user, plan))
    units: Any = planned_units(user)
    if request.method == "GET":
        return _form_page(request, PlanForm.of(plan, by=user, units=units), plan)
    form = PlanForm(request.POST, by=user, units=units)
    if form.is_valid() and _edit(form, plan, request, user):
        messages.success(request, "已保存。已经生成的巡查不变，下一轮起用新的。")
        return redirect("patrol-plan", plan.pk)
    return _form_page(request, form, plan, status=422)


def _edit(form: PlanForm, plan: Plan, request: HttpRequest, user: User) -> bool:
    version = request.POST.get("version", "")
    shown = int(version) if version.isascii() and version.isdecimal() else 0
    try:
        actions.edit_plan(plan, form.said, by=user, at=now(), version=shown)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def _form_page(
    request: HttpRequest, form: PlanForm, plan: Plan | None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "plan": plan}
    return render(request, "patrols/plan_form.html", context, status=status)


@login_required
@require_POST
def patrol_plan_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """停用计划."""
    actions.pause_plan(plan_or_404(request, pk), by=person(request))
    return redirect("patrol-plan", pk)


@login_required
@require_POST
def patrol_plan_restart(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复计划."""
    actions.restart_plan(plan_or_404(request, pk), by=person(request))
    return redirect("patrol-plan", pk)


@login_required
@require_POST
def patrol_plan_start(request: HttpRequest, pk: int) -> HttpResponse:
    """加巡一次."""
    plan, user = plan_or_404(request, pk), person(request)
    require(policies.may_start_round(user, plan))
    form = StartForm(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, status=422, start_form=form)
    try:
        made = actions.start_round(plan, occasion=form.cleaned_data["occasion"], by=user, at=now())
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return plan_page(request, plan, status=422, start_form=form)
    return redirect("round", made.pk)
