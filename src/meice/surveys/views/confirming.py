"""The leader's page (08c): totals and differences first, one decision at the bottom."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meice.kernel.access import Refused
from meice.kernel.clock import database_now, now
from meice.surveys.actions.reporting import Arrival, confirm_submission
from meice.surveys.forms.submission import ConfirmForm, NoteForm
from meice.surveys.models import Submission
from meice.surveys.views.board import overdue_words
from meice.surveys.views.overview import overview_of
from meice.surveys.views.seen import person, submission_or_404, target_or_404
from meice.surveys.workflow import SUBMISSION


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is to be confirmed; on POST it is judged by the database's clock as it arrives."""
    arrived = database_now() if request.method == "POST" else None
    if arrived is None:
        found = submission_or_404(request, pk)
        digest = found.prepared.digest if found.prepared else ""
        return _page(request, found, ConfirmForm(initial={"digest": digest}))
    found = target_or_404(request, pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, submission_or_404(request, pk), form, status=422)
    values = form.cleaned_data
    arrival = Arrival(values["key"], arrived, values["late_reason"])
    try:
        confirm_submission(found, arrival, by=person(request), digest=values["digest"])
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, submission_or_404(request, pk), form, status=403)
    return redirect("submission", pk)


def _page(
    request: HttpRequest, found: Submission, form: ConfirmForm, status: int = 200
) -> HttpResponse:
    at = now()
    context: dict[str, Any] = {
        "submission": found,
        "campaign": found.campaign,
        "view": overview_of(found),
        "form": form,
        "note_form": NoteForm(prefix="note"),
        "overdue": overdue_words(at, found.campaign.deadline) if found.campaign.is_late(at) else "",
        "verdict": SUBMISSION.verdict("confirm", found, person(request)),
    }
    return render(request, "surveys/submission_confirm.html", context, status=status)
