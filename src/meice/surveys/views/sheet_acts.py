"""What is made of a difference between the sheet and the register: one click, one act."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.kernel.http import redirect_back
from meice.surveys.actions.differing import GONE, file_all_differences, settle_difference
from meice.surveys.models import DifferenceAct, Submission
from meice.surveys.sheet.register import Difference
from meice.surveys.sheet.scan import Scan, scan_submission
from meice.surveys.views.common import Signed
from meice.surveys.views.sheet import submission_of


@login_required
@require_POST
def settle(request: Signed, pk: int) -> HttpResponse:
    """`key` names the difference as the page listed it, `act` what is made of it."""
    submission = submission_of(request, pk)
    if request.POST.get("act") not in DifferenceAct.values:
        raise Http404
    act = DifferenceAct(request.POST["act"])
    scan = scan_submission(submission)
    key = request.POST.get("key", "")
    difference = next((each for each in scan.differences if each.key == key), None)
    if difference is None or act not in difference.acts:
        messages.warning(request, GONE)
    else:
        _settle(request, submission, scan, difference, act)
    return redirect_back(request, "sheet", pk)


def _settle(
    request: Signed,
    submission: Submission,
    scan: Scan,
    difference: Difference,
    act: DifferenceAct,
) -> None:
    rows = {row.pk: row for sheet in scan.rows.values() for row in sheet}
    row = rows.get(difference.row or 0)
    outlet = scan.outlets.get(difference.outlet or 0)
    try:
        filing = settle_difference(
            submission, act, row=row, outlet=outlet, by=request.user, at=now()
        )
    except Refused as refusal:
        messages.warning(request, f"「{difference.name}」{refusal.reason}")
        return
    done = "，草稿在「备案办理」里，领导确认、宣传部受理后才生效" if filing else ""
    messages.success(request, f"「{difference.name}」已{act.label}{done}。")


@login_required
@require_POST
def settle_all(request: Signed, pk: int) -> HttpResponse:
    """全部转为备案: drafts, never filings in force; what cannot be made is told."""
    done = file_all_differences(submission_of(request, pk), by=request.user, at=now())
    messages.success(request, f"办了 {done.made} 处，备案都是草稿，领导确认后才报送。")
    for name, reason in done.left:
        messages.warning(request, f"「{name}」没有办成：{reason}")
    return redirect_back(request, "sheet", pk)
