"""Import of units and people: upload, preview, columns, apply or drop, result."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.jobs.actions import enqueue_once
from meice.jobs.models import Job
from meice.kernel.access import Refused, Verdict, refused, when
from meice.kernel.http import Page, visible_or_404
from meice.orgs import actions, documents, policies
from meice.orgs.forms import UploadForm
from meice.orgs.intake.columns import COLUMNS, letter
from meice.orgs.intake.model import Effect, Plan
from meice.orgs.intake.snapshot import plan_of
from meice.orgs.looks import EFFECTS, intake_look
from meice.orgs.models import Intake, IntakeState, IntakeSubject
from meice.orgs.roles import Right
from meice.orgs.tasks import IN_PAGE, apply_intake, intake_key
from meice.orgs.views.common import Signed, for_right
from meice.orgs.workflow import INTAKE

SHOWN_FAULTS = 100


def _own(request: Signed, pk: int) -> Intake:
    return visible_or_404(Intake.objects.filter(made_by=request.user), pk=pk)


@for_right(Right.MANAGE_USERS)
@require_GET
def intake_list(request: Signed) -> HttpResponse:
    """Her imports, newest first."""
    page: Page[Intake] = Page.of(request, Intake.objects.filter(made_by=request.user).defer("grid"))
    rows = [(intake, intake_look(intake)) for intake in page.rows]
    return render(request, "orgs/intakes.html", {"page": page, "rows": rows})


@for_right(Right.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def upload(request: Signed, subject: str) -> HttpResponse:
    """A sheet of units or people; what cannot be read says why."""
    if subject not in IntakeSubject.values:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None)
    verdict = policies.may_import(request.user)
    if verdict and request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            grid, head = actions.read_upload(content, subject)
        except Refused as refusal:
            form.add_error("file", refusal.reason)
        else:
            made = actions.create_intake(
                grid, head, subject=subject, content=content, name=file.name, by=request.user
            )
            return redirect("intake", made.pk)
    context = {
        "form": form,
        "subject": subject,
        "label": IntakeSubject(subject).label,
        "columns": COLUMNS[subject],
        "verdict": verdict,
    }
    return render(request, "orgs/upload.html", context, status=422 if form.errors else 200)


@for_right(Right.MANAGE_USERS)
@require_GET
def template(request: Signed, subject: str) -> HttpResponseBase:
    """The sheet to fill in."""
    if subject not in IntakeSubject.values:
        raise Http404
    return documents.template(subject)


@for_right(Right.MANAGE_USERS)
@require_GET
def intake(request: Signed, pk: int) -> HttpResponse:
    """Preview before, result after."""
    found = _own(request, pk)
    look = intake_look(found)
    if found.status == IntakeState.DROPPED:
        return render(request, "orgs/intake_done.html", {"intake": found, "look": look})
    if found.status == IntakeState.APPLIED:
        context = {"intake": found, "look": look, "effects": _effects(found.counts)}
        return render(request, "orgs/intake_done.html", context)
    return _preview(request, found)


def _preview(request: Signed, found: Intake) -> HttpResponse:
    plan = plan_of(found, request.user)
    wanted = request.GET.get("effect", "")
    rows = [row for row in plan.rows if not wanted or row.effect == wanted]
    page: Page[Any] = Page.of(request, rows)
    context = {
        "intake": found,
        "look": intake_look(found),
        "job": _job(found),
        "plan": plan,
        "page": page,
        "rows": [(row, EFFECTS[row.effect]) for row in page.rows],
        "wanted": wanted,
        "effects": _effects(plan.counts),
        "written": plan.count(Effect.NEW) + plan.count(Effect.CHANGED),
        "faults": plan.faults[:SHOWN_FAULTS],
        "fault_count": len(plan.faults),
        "columns": _columns(found),
        "may_apply": _may_apply(found, plan, request),
    }
    return render(request, "orgs/intake.html", context)


def _effects(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"value": key, "look": EFFECTS[key], "count": counts.get(key, 0)} for key in EFFECTS]


def _job(found: Intake) -> Job | None:
    if not found.queued_at:
        return None
    return Job.objects.filter(unique_key=intake_key(found)).order_by("-created_at").first()


def _may_apply(found: Intake, plan: Plan, request: Signed) -> Verdict:
    written = plan.count(Effect.NEW) + plan.count(Effect.CHANGED)
    verdict = INTAKE.verdict("apply", found, request.user)
    if verdict and not written:
        return refused("没有要写入的行。")
    return verdict and when(not found.queued_at, "正在写入。")


def _columns(found: Intake) -> list[dict[str, Any]]:
    head = found.grid[found.head_row - 1] if found.grid else []
    options = [(at, f"{letter(at)} {text or '（无列名）'}") for at, text in enumerate(head)]
    return [
        {"column": one, "at": found.mapping.get(one.key, -1), "options": options}
        for one in COLUMNS[found.subject]
    ]


@for_right(Right.MANAGE_USERS)
@require_POST
def set_columns(request: Signed, pk: int) -> HttpResponse:
    """Which column is what."""
    found = _own(request, pk)
    width = len(found.grid[0]) if found.grid else 0
    mapping = {}
    for column in COLUMNS[found.subject]:
        typed = request.POST.get(column.key, "")
        if typed.isdecimal() and len(typed) < 4 and int(typed) < width:
            mapping[column.key] = int(typed)
    actions.map_intake(found, mapping, by=request.user)
    return redirect("intake", pk)


@for_right(Right.MANAGE_USERS)
@require_POST
def apply(request: Signed, pk: int) -> HttpResponse:
    """Write what was previewed: at once, or as a job when there are many rows."""
    found, by = _own(request, pk), request.user
    digest = request.POST.get("digest", "")[:64]
    if len(found.grid) <= IN_PAGE:
        try:
            actions.apply_intake(found, by=by, digest=digest)
        except Refused as refusal:
            actions.note_trouble(found, refusal.reason)
        return redirect("intake", pk)
    post = by.post
    actions.queue_intake(found, by=by)
    arguments = (found.pk, by.pk, post.pk if post else 0, digest)
    enqueue_once(apply_intake, *arguments, key=intake_key(found), by=by)
    return redirect("intake", pk)


@for_right(Right.MANAGE_USERS)
@require_POST
def drop(request: Signed, pk: int) -> HttpResponse:
    """Import nothing."""
    actions.drop_intake(_own(request, pk), by=request.user)
    return redirect("intake-list")


@for_right(Right.MANAGE_USERS)
@require_GET
def faults(request: Signed, pk: int) -> HttpResponseBase:
    """The faults as .xlsx, to mend the sheet beside it."""
    found = visible_or_404(Intake.objects.filter(made_by=request.user).exclude(grid=[]), pk=pk)
    return documents.fault_list(plan_of(found, request.user).faults)
