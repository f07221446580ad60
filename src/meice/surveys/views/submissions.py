"""One submission: where it stands, its numbers, what differs; and the steps that change it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.kernel.access import Refused, Verdict
from meice.kernel.clock import database_now, now
from meice.kernel.http import redirect_back
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.surveys import policies
from meice.surveys.actions import deciding, differing, filling, reporting
from meice.surveys.actions.reporting import Arrival
from meice.surveys.forms.submission import (
    HeaderForm,
    NoteForm,
    ReportForm,
    ReturnForm,
    ScanForm,
    SettleForm,
)
from meice.surveys.models import DifferenceAct, Remark, Submission, SubmissionRow
from meice.surveys.views.board import overdue_words
from meice.surveys.views.overview import buttons_of, file_lines, overview_of, stages_of
from meice.surveys.views.reviewing import where_of
from meice.surveys.views.seen import oversees, person, submission_or_404, target_or_404
from meice.surveys.workflow import SUBMISSION

Deed = Callable[..., Any]


@login_required
@require_GET
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it is reported: what is left to do. After: the receipt."""
    return page_of(request, submission_or_404(request, pk))


def page_of(
    request: HttpRequest, found: Submission, *, status: int = 200, refusal: str = "", **forms: Form
) -> HttpResponse:
    """The page, with a form that was refused put back as it was typed."""
    user = person(request)
    at = now()
    wide = oversees(user, found.campaign)
    receipt = found.receipt
    view = overview_of(found)
    is_reported = found.status in ("reported", "received")
    context: dict[str, Any] = {
        "submission": found,
        "campaign": found.campaign,
        "look": found.state_at(at),
        "is_late": found.is_late(at),
        "overdue": overdue_words(at, found.campaign.deadline) if found.is_late(at) else "",
        "receipt": receipt,
        "receipt_overdue": ""
        if receipt is None or receipt.on_time
        else overdue_words(receipt.arrived_at, receipt.deadline),
        "is_reported": is_reported,
        "files": file_lines(receipt, view) if receipt and is_reported else (),
        "stages": stages_of(found),
        "view": view,
        "wide": wide,
        "fills": user.has(Right.DRAFT_BUSINESS, found.unit),
        "steps": buttons_of(found, user, oversees=wide),
        "may_fill": policies.may_fill(found, user),
        "may_start": _verdict("start", found, user),
        "may_confirm": _verdict("confirm", found, user),
        "may_export": policies.may_export_submission(found, user),
        "may_replace": policies.may_replace_rows(found, user),
        "may_file": policies.may_file_differences(found, user),
        "may_paper": policies.may_note_paper(found, user),
        "remarks": [(each, where_of(each)) for each in _remarks(found, wide=wide)],
        "leader_name": getattr(found, "leader_name", ""),
        "refusal": refusal,
        "header_form": HeaderForm.of(getattr(found, "header", None)),
        "scan_form": ScanForm(),
        "note_form": NoteForm(prefix="note"),
        "return_form": ReturnForm(),
        "report_form": ReportForm(),
    }
    return render(request, "surveys/submission.html", context | forms, status=status)


def _remarks(found: Submission, *, wide: bool) -> list[Remark]:
    """Open remarks: the unit sees them once they were sent."""
    is_sent = found.status in ("returned", "drafting", "awaiting_leader")
    if not getattr(found, "has_remarks", True) or not (wide or is_sent):
        return []
    return list(found.remarks.filter(resolved_at=None).select_related("row"))


@login_required
@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what when, and the receipts of every round."""
    found = submission_or_404(request, pk)
    context = {
        "submission": found,
        "campaign": found.campaign,
        "events": list(found.events.all())[::-1],
        "receipts": found.receipts.select_related("package"),
    }
    return render(request, "surveys/submission_history.html", context)


def _verdict(step: str, found: Submission, user: User) -> Verdict | None:
    """None while the step does not leave this state."""
    arrow = SUBMISSION[step]
    return SUBMISSION.verdict(step, found, user) if found.status in arrow.sources else None


def _take(request: HttpRequest, pk: int, deed: Deed, **given: Any) -> HttpResponse:
    """One act; a refusal is shown on the page that it came from."""
    found = target_or_404(request, pk)
    try:
        deed(found, by=person(request), at=now(), **given)
    except Refused as refusal:
        return page_of(request, submission_or_404(request, pk), status=403, refusal=refusal.reason)
    return redirect_back(request, "submission", pk)


def _step(deed: Deed) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view that takes one step without a word."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return _take(request, pk, deed)

    return view


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin; the department says who telephoned (代填)."""
    return _take(request, pk, filling.start_submission, told=request.POST.get("told", "")[:100])


present = _step(filling.present_submission)
declare = _step(filling.declare_submission)
recall = _step(filling.recall_submission)
revise = _step(reporting.revise_submission)
claim = _step(deciding.claim_submission)
release = _step(deciding.release_submission)
accept = _step(deciding.accept_submission)
require_ = _step(deciding.require_submission)


def _noted(deed: Deed, key: str) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view that takes one step with a reason in words (`note` of the form)."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        note = (request.POST.get("note") or request.POST.get("note-note") or "")[:1000]
        return _take(request, pk, deed, **{key: note})

    return view


decline = _noted(filling.decline_submission, "note")
return_ = _noted(deciding.return_submission, "note")
reopen = _noted(deciding.reopen_submission, "note")
exempt = _noted(deciding.exempt_submission, "reason")


@login_required
@require_POST
def attest(request: HttpRequest, pk: int) -> HttpResponse:
    """Report on the stamped scan."""
    return _report(request, pk, lambda found, arrival, _: reporting.attest_submission(
        found, arrival, by=person(request)
    ))  # fmt: skip


@login_required
@require_POST
def relay(request: HttpRequest, pk: int) -> HttpResponse:
    """代报."""
    return _report(request, pk, lambda found, arrival, told: reporting.relay_submission(
        found, arrival, told=told, by=person(request)
    ))  # fmt: skip


def _report(
    request: HttpRequest, pk: int, deed: Callable[[Submission, Arrival, str], Any]
) -> HttpResponse:
    """Judged by the database's clock as the request arrives, before anything else is done."""
    arrived: datetime = database_now()
    found = submission_or_404(request, pk)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, status=422, report_form=form)
    values = form.cleaned_data
    try:
        deed(found, Arrival(values["key"], arrived, values["late_reason"]), values["told"])
    except Refused as refusal:
        fresh = submission_or_404(request, pk)
        return page_of(request, fresh, status=403, refusal=refusal.reason, report_form=form)
    return redirect("submission", pk)


@login_required
@require_POST
def header(request: HttpRequest, pk: int) -> HttpResponse:
    """填表人, 电话, 填表时间; what was typed stays on the page when it cannot be saved."""
    form = HeaderForm(request.POST)
    found = submission_or_404(request, pk)
    if not form.is_valid():
        return page_of(request, found, status=422, header_form=form)
    values = form.cleaned_data
    try:
        filling.edit_header(
            found, filled_by=values["filled_by"], phone=values["phone"], day=values["date"],
            version=values["seen"], by=person(request), at=now(),
        )  # fmt: skip
    except Refused as refusal:
        fresh = submission_or_404(request, pk)
        return page_of(request, fresh, status=403, refusal=refusal.reason, header_form=form)
    return redirect_back(request, "submission", pk)


@login_required
@require_POST
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the stamped pages."""
    form = ScanForm(request.POST, request.FILES)
    found = submission_or_404(request, pk)
    if not form.is_valid():
        return page_of(request, found, status=422, scan_form=form)
    file = form.cleaned_data["file"]
    return _take(
        request, pk,
        lambda each, *, by, at: filling.attach_scan(each, file, name=file.name, by=by, at=at),
    )  # fmt: skip


@login_required
@require_POST
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick or untick that the stamped paper came."""
    received = request.POST.get("received") == "1"
    return _take(
        request, pk,
        lambda each, *, by, at: deciding.note_paper([each], received=received, by=by, at=at),
    )  # fmt: skip


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One click on a difference to the register."""
    found = submission_or_404(request, pk)
    form = SettleForm(request.POST)
    known = {act.value for act in DifferenceAct}
    if not form.is_valid() or form.cleaned_data["act"] not in known:
        return page_of(request, found, status=422, refusal="没有这种办法，请刷新页面。")
    values = form.cleaned_data
    rows = SubmissionRow.objects.filter(submission=found).select_related("outlet__unit")
    row = get_object_or_404(rows, pk=values["row"]) if values["row"] else None
    seen = Outlet.objects.visible_to(person(request)).select_related("unit")
    outlet = get_object_or_404(seen, pk=values["outlet"]) if values["outlet"] else None
    return _take(
        request, pk, differing.settle_difference,
        act=DifferenceAct(values["act"]), row=row, outlet=outlet,
    )  # fmt: skip


@login_required
@require_POST
def settle_all(request: HttpRequest, pk: int) -> HttpResponse:
    """全部转为备案: drafts, never filings in force."""
    found = submission_or_404(request, pk)
    done = differing.file_all_differences(found, by=person(request), at=now())
    if not done.left:
        return redirect_back(request, "submission", pk)
    left = "；".join(f"{name}：{reason}" for name, reason in done.left)
    text = f"转好 {done.made} 处，{len(done.left)} 处没有转：{left}"
    return page_of(request, submission_or_404(request, pk), refusal=text)
