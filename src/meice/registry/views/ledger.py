"""导入台账: upload, mapping, differences, apply, undo."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, visible_or_404
from meice.orgs.intake.columns import letter
from meice.orgs.models import Unit
from meice.orgs.roles import Right
from meice.registry import policies
from meice.registry.actions import ledger
from meice.registry.documents.columns import HEADINGS
from meice.registry.documents.plan import Planned
from meice.registry.forms.intake import UploadForm
from meice.registry.models import LedgerIntake, RowAct
from meice.registry.tasks import apply_ledger
from meice.registry.views.signed import person
from meice.registry.workflow import INTAKE

AT_ONCE = 500


@login_required
@require_http_methods(["GET", "POST"])
def ledger_list(request: HttpRequest) -> HttpResponse:
    """Upload a ledger; earlier imports below."""
    user = person(request)
    require(policies.may_import_any(user))
    units = Unit.objects.active().below(*user.reach(Right.DECIDE_BUSINESS))
    first = {"unit": user.post.unit_id if user.post else None}
    bound = request.method == "POST"
    form = UploadForm(
        request.POST if bound else None,
        request.FILES if bound else None,
        units=units,
        initial=first,
    )
    if bound and form.is_valid():
        upload, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        try:
            intake = ledger.create_ledger_intake(
                upload.read(), name=upload.name, unit=unit, by=user, at=now()
            )
            return redirect("ledger-intake", intake.pk)
        except Refused as refusal:
            form.add_error("file", refusal.reason)
    mine = LedgerIntake.objects.visible_to(user).defer("grid").select_related("unit")
    context = {"form": form, "page": Page[LedgerIntake].of(request, mine)}
    status = 422 if bound else 200
    return render(request, "registry/ledger_list.html", context, status=status)


@login_required
@require_GET
def ledger_intake(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview, or the result."""
    user = person(request)
    intake = _intake_or_404(request, pk)
    context: dict[str, object] = {
        "intake": intake,
        "undo": INTAKE.verdict("undo", intake, user),
        "apply": INTAKE.verdict("apply", intake, user),
    }
    if intake.status == "preview":
        plan = ledger.plan_of(intake, now())
        shown = _rows(request, plan.rows)
        context |= {
            "plan": plan,
            "counts": [(act, plan.count(act)) for act in RowAct],
            "page": Page[Planned].of(request, shown),
            "columns": _columns(intake),
            "headings": [(heading.key, heading.label) for heading in HEADINGS],
        }
    else:
        applied = intake.rows.select_related("outlet").order_by("line")
        context["page"] = Page.of(request, applied)
        context["counts"] = [(act, intake.counts.get(act.value, 0)) for act in RowAct]
    return render(request, "registry/ledger_intake.html", context)


def _intake_or_404(request: HttpRequest, pk: int) -> LedgerIntake:
    mine = LedgerIntake.objects.visible_to(person(request)).select_related("unit")
    return visible_or_404(mine, pk=pk)


def _rows(request: HttpRequest, rows: tuple[Planned, ...]) -> list[Planned]:
    """Faults first, then what changes; `?act=` narrows."""
    order = [RowAct.FAULT, RowAct.CHANGE, RowAct.NEW, RowAct.SAME]
    wanted = request.GET.get("act", "")
    shown = [row for row in rows if not wanted or row.act == wanted]
    return sorted(shown, key=lambda row: (order.index(row.act), row.line))


def _columns(intake: LedgerIntake) -> list[tuple[int, str, str, str]]:
    """Index, letter and heading of each column, and the item it is taken for."""
    head = intake.grid[intake.head_row - 1] if intake.grid else []
    taken = {at: key for key, at in intake.mapping.items()}
    return [(at, letter(at), text, taken.get(at, "")) for at, text in enumerate(head) if text]


@login_required
@require_POST
def ledger_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Another mapping: `column-3=name`; an item twice keeps its first column."""
    intake = _intake_or_404(request, pk)
    known = {heading.key for heading in HEADINGS}
    mapping: dict[str, int] = {}
    for at, *_rest in _columns(intake):
        key = request.POST.get(f"column-{at}", "")
        if key in known and key not in mapping:
            mapping[key] = at
    ledger.map_ledger_intake(intake, mapping, by=person(request))
    return redirect("ledger-intake", intake.pk)


@login_required
@require_POST
def ledger_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """导入: what was previewed, all of it or nothing."""
    intake = _intake_or_404(request, pk)
    user, digest = person(request), request.POST.get("digest", "")
    require(INTAKE.verdict("apply", intake, user))
    if len(intake.grid) > AT_ONCE:
        key = f"ledger-apply:{intake.pk}"
        job = enqueue_once(apply_ledger, intake.pk, user.pk, digest, key=key, by=user)
        return redirect("job", job.pk)
    ledger.apply_ledger_intake(intake, digest=digest, by=user, at=now())
    return redirect("ledger-intake", intake.pk)


@login_required
@require_POST
def ledger_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """放弃."""
    ledger.drop_ledger_intake(_intake_or_404(request, pk), by=person(request), at=now())
    return redirect("ledger-list")


@login_required
@require_POST
def ledger_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销导入."""
    intake = _intake_or_404(request, pk)
    ledger.undo_ledger_intake(intake, by=person(request), at=now())
    return redirect("ledger-intake", intake.pk)
