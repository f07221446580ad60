"""备案办理: the queue, one filing, and its steps."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from django.contrib.auth.decorators import login_required
from django.db.models import Count, F
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.access import Refused, Verdict, require
from meice.kernel.clock import now
from meice.kernel.flow import Step
from meice.kernel.http import Page, redirect_back
from meice.kernel.workdays import Workdays
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.registry import naming
from meice.registry.actions import drafting
from meice.registry.actions import filings as deeds
from meice.registry.actions.terms import term_days, workdays
from meice.registry.forms import AvatarForm, FilingFilter, ReturnForm, ScanForm
from meice.registry.models import (
    Filing,
    FilingKind,
    FilingStatus,
    ListName,
    ReturnReason,
    SavedFilter,
)
from meice.registry.models.filing import FilingQuerySet
from meice.registry.policies import (
    may_edit_filing,
    may_open_settings,
    may_print_filing,
)
from meice.registry.views.flowbar import flow_of
from meice.registry.views.keeping import KEPT, query_of
from meice.registry.views.signed import filing_or_404, person
from meice.registry.workflow import FILING, TermName

VIEWS = {"mine": "待我办", "claim": "待认领", "others": "等对方", "all": "全部"}
COUNTED = ("mine", "claim", "others")
DECISIONS = ("submit", "present", "check", "confirm", "transfer", "receive", "accept")
ASKS = {"withdraw": "撤回后可以修改再报，撤回？", "transfer": "同意把账号转出本单位？"}


class Deed(Protocol):
    """A step's action."""

    def __call__(self, filing: Filing, *, by: User, at: Any) -> Filing: ...


@login_required
@require_GET
def filing_list(request: HttpRequest) -> HttpResponse:
    """Mine first; the department also sees what nobody has claimed."""
    user = person(request)
    views = {k: v for k, v in VIEWS.items() if k != "claim" or user.has(Right.DECIDE_BUSINESS)}
    seen = Filing.objects.visible_to(user)
    sets = {
        "mine": seen.mine(user),
        "claim": seen.to_claim(user),
        "others": seen.with_others(user),
        "all": seen,
    }
    turns: Any = seen.with_turn(user).order_by()
    counts = dict(turns.values_list("turn").annotate(number=Count("pk")))
    wanted = FilingFilter.of(request.GET, views, _first_view(counts, views))
    rows: FilingQuerySet = wanted.apply(sets[wanted.view])
    order = [F("due_on").asc(nulls_last=True), "-pk"] if wanted.view != "all" else ["-pk"]
    shown = rows.select_related("unit", "made_by", "claimed_by").order_by(*order)
    context = {
        "page": Page[Filing].of(request, shown),
        "views": [
            (key, label, wanted.view == key, counts.get(key, 0) if key in COUNTED else None)
            for key, label in views.items()
        ],
        "filter": wanted,
        "kinds": FilingKind.choices,
        "statuses": FilingStatus.choices,
        "today": timezone.localdate(now()),
        "may_settings": may_open_settings(user),
        "may_draft": user.has(Right.DRAFT_BUSINESS) or user.has(Right.DECIDE_BUSINESS),
        "saved": list(SavedFilter.objects.visible_to(user).filter(of=ListName.FILINGS)),
        "query": query_of(ListName.FILINGS, request.GET),
        "kept": [(k, request.GET[k]) for k in KEPT[ListName.FILINGS] if request.GET.get(k)],
    }
    return render(request, "registry/filing_list.html", context)


def _first_view(counts: dict[str, int], views: dict[str, str]) -> str:
    """Her own open items, else the queue, else everything."""
    return next((key for key in ("mine", "claim") if key in views and counts.get(key)), "all")


@login_required
@require_GET
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing: where it stands, old → new, what I may do."""
    return filing_page(request, filing_or_404(request, pk))


def filing_page(
    request: HttpRequest, found: Filing, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with a form that was refused put back as it was typed."""
    user = person(request)
    steps = FILING.open_steps(found, user)
    findings = naming.findings_of(found)
    events = list(found.events.all())[::-1]
    today = timezone.localdate(now())
    late = found.due_on is not None and found.due_on < today
    context: dict[str, Any] = {
        "filing": found,
        "changes": found.shown_changes,
        "events": events,
        "returned": next((e for e in events if e.act == "return"), None)
        if found.status == FilingStatus.RETURNED
        else None,
        "flow": flow_of(found),
        "steps": [_button(found, s, v) for s, v in steps if _is_relevant(found, s.name, user)],
        "decides": any(v and step.name in DECISIONS for step, v in steps),
        "returning": next((_button(found, s, v) for s, v in steps if s.name == "return"), None),
        "accepting": next((_button(found, s, v) for s, v in steps if s.name == "accept"), None),
        "can_edit": user.has(Right.DRAFT_BUSINESS) or user.has(Right.DECIDE_BUSINESS),
        "may_print": may_print_filing(user, found),
        "edit": may_edit_filing(user, found),
        "findings": findings,
        "has_warnings": any(finding.is_warning for finding in findings),
        "is_late": late,
        "happened_late": _filed_late(found),
        "late_words": _late_words(workdays(), found.due_on, today) if late else "",
        "return_form": ReturnForm(),
        "scan_form": ScanForm(),
        "avatar_form": AvatarForm(),
        "proposals": [(reason.label, reason.proposal) for reason in ReturnReason],
    }
    return render(request, "registry/filing.html", context | forms, status=status)


TERM_OF = {
    FilingKind.OPEN: TermName.OPEN,
    FilingKind.CHANGE: TermName.CHANGE,
    FilingKind.CANCEL: TermName.CANCEL,
}


def _filed_late(found: Filing) -> str:
    """How long after the change it was sent, when that is longer than the term allows."""
    if found.happened_on is None or found.sent_at is None:
        return ""
    took = workdays().between(found.happened_on, timezone.localdate(found.sent_at))
    allowed = term_days(TERM_OF[FilingKind(found.kind)])
    return f"变动后第 {took} 个工作日才报，应在 {allowed} 个工作日内" if took > allowed else ""


def _late_words(days: Workdays, due: date | None, today: date) -> str:
    """逾期 4 个工作日; on a weekend after the due day: 逾期."""
    number = days.between(due, today) if due else 0
    return f"逾期 {number} 个工作日" if number else "逾期"


def _is_relevant(found: Filing, step: str, user: User) -> bool:
    """Left out (never greyed): arrows this filing does not take, or another role's work."""
    writes = user.has(Right.DRAFT_BUSINESS) or user.has(Right.DECIDE_BUSINESS)
    decides = user.has(Right.DECIDE_BUSINESS)
    moves, checks = found.target_unit_id is not None, found.checker_unit_id is not None
    return {
        "submit": writes and checks,
        "present": writes and not checks,
        "attest": writes and not moves,
        "confirm": not moves,
        "transfer": moves,
        "claim": decides and found.claimed_by_id is None,
        "release": decides and found.claimed_by_id is not None,
        "withdraw": found.made_by_id == user.pk or user.has(Right.DRAFT_BUSINESS),
    }.get(step, True)


def _button(found: Filing, step: Step, verdict: Verdict) -> dict[str, Any]:
    return {
        "name": step.name,
        "label": step.label,
        "verdict": verdict,
        "url": reverse(f"filing-{step.name}", args=[found.pk]),
        "confirm": ASKS.get(step.name, ""),
        "is_primary": step.name in DECISIONS,
    }


def step_view(deed: Deed) -> Callable[[HttpRequest, int], HttpResponse]:
    """The view of a step that needs no form: POST, act, back to the filing."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = filing_or_404(request, pk)
        deed(found, by=person(request), at=now())
        return redirect_back(request, "filing", found.pk)

    return view


@login_required
@require_http_methods(["GET", "POST"])
def filing_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """受理, with an opinion for the paper if there is one."""
    found = filing_or_404(request, pk)
    if request.method == "GET":
        return redirect("filing", found.pk)
    opinion = request.POST.get("opinion", "")[:500]
    deeds.accept_filing(found, by=person(request), at=now(), opinion=opinion)
    return redirect("filing", found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def filing_return(request: HttpRequest, pk: int) -> HttpResponse:
    """退回, with structured reasons and a text."""
    found = filing_or_404(request, pk)
    if request.method == "GET":
        return redirect("filing", found.pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return filing_page(request, found, status=422, return_form=form)
    reasons = [ReturnReason(code) for code in form.cleaned_data["reasons"]]
    note = form.cleaned_data["note"]
    deeds.return_filing(found, reasons=reasons, note=note, by=person(request), at=now())
    return redirect("filing", found.pk)


@login_required
@require_POST
def filing_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """The stamped scan."""
    form = ScanForm(request.POST, request.FILES)
    return _keep(request, pk, form, "file", drafting.attach_scan, "scan_form")


@login_required
@require_POST
def filing_avatar(request: HttpRequest, pk: int) -> HttpResponse:
    """The account's picture."""
    form = AvatarForm(request.POST, request.FILES)
    return _keep(request, pk, form, "picture", drafting.attach_avatar, "avatar_form")


def _keep(
    request: HttpRequest,
    pk: int,
    form: Form,
    field: str,
    attach: Callable[..., Filing],
    form_name: str,
) -> HttpResponse:
    """Attach an upload; a file that is refused is said at its field."""
    found = filing_or_404(request, pk)
    require(may_edit_filing(person(request), found))
    if form.is_valid():
        upload = form.cleaned_data[field]
        try:
            attach(found, upload, name=upload.name, by=person(request), at=now())
            return redirect("filing", found.pk)
        except Refused as refusal:
            form.add_error(field, refusal.reason)
    return filing_page(request, found, status=422, **{form_name: form})


@login_required
@require_POST
def filing_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Reasons for keeping a name that a rule warns about."""
    found = filing_or_404(request, pk)
    given = {
        key[5:]: str(value).strip()[:200]
        for key, value in request.POST.items()
        if key[:5] == "rule-"
    }
    drafting.explain_name(found, given, by=person(request), at=now())
    return redirect("filing", found.pk)
