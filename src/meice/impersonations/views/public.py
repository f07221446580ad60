"""For anybody, when the department has opened it: report a fake, read the confirmed ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from meice.evidence.models import EvidenceKind
from meice.files.actions import keep_file
from meice.impersonations import actions
from meice.impersonations.actions.gathering import PURPOSE
from meice.impersonations.actions.settings import is_on
from meice.impersonations.forms import LookUpForm, PublicReportForm
from meice.impersonations.forms.public import MEGABYTES, MOST
from meice.impersonations.models import Impersonation
from meice.impersonations.models import ImpersonationStatus as S
from meice.impersonations.workflow import SettingName
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.web.public_forms import TooMany, bytes_for, public_page, sender_of
from meice.web.receipts import Receipt

STATES = {
    S.REPORTED: "已收到，等人核实",
    S.JUDGING: "正在核实",
    S.CONFIRMED: "已核实，正在处理",
    S.APPLIED: "已核实，正在处理",
    S.RETURNED: "已核实，正在处理",
    S.WATCHED: "已处理",
    S.CLOSED: "已处理",
    S.DISMISSED: "已核实，没有认定为假冒",
    S.UNCLEAR: "现有材料不能认定，补充截图可以再举报",
}
"""What a stranger learns: never who, never what was found or sent where."""


@public_page(bytes_for(MOST, MEGABYTES))
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def fake_report(request: HttpRequest) -> HttpResponse:
    """The form; what was refused comes back as it was typed. The receipt is shown once."""
    if not is_on(SettingName.PUBLIC_REPORT):
        raise Http404
    bound = request.method == "POST"
    form = PublicReportForm(
        request.POST if bound else None, request.FILES if bound else None, at=now()
    )
    status = 422 if bound else 200
    has_list = is_on(SettingName.PUBLIC_LIST)
    if bound and form.is_valid():
        try:
            given = {"receipt": _report(request, form), "has_list": has_list}
            return render(request, "impersonations/public_receipt.html", given)
        except TooMany as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "has_list": has_list}
    return render(request, "impersonations/public_report.html", context, status=status)


def _report(request: HttpRequest, form: PublicReportForm) -> Receipt:
    got, at = form.cleaned_data, now()
    stranger = actions.Stranger(sender_of(request), got["reporter"], got["contact"], got["key"])
    actions.check_pace(stranger, at=at)
    files = [] if stranger.is_known else got["proofs"]
    proofs = [
        (keep_file(one, name=one.name or "", by=None, purpose=PURPOSE), EvidenceKind.SCREENSHOT)
        for one in files
    ]
    return actions.report_publicly(form.said, stranger=stranger, at=at, proofs=proofs)


@public_page(bytes_for(0, 0))
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def fake_state(request: HttpRequest) -> HttpResponse:
    """Number and secret give the state in one sentence."""
    if not is_on(SettingName.PUBLIC_REPORT):
        raise Http404
    bound = request.method == "POST"
    form = LookUpForm(request.POST if bound else None)
    context: dict[str, object] = {"form": form}
    status = 422 if bound else 200
    if bound and form.is_valid():
        try:
            context |= _state(request, form)
            status = 200
        except TooMany as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return render(request, "impersonations/public_state.html", context, status=status)


def _state(request: HttpRequest, form: LookUpForm) -> dict[str, object]:
    number, secret = form.cleaned_data["number"], form.cleaned_data["secret"]
    found = actions.look_up(number, secret, sender=sender_of(request), at=now())
    return {"found": found, "words": STATES[S(found.impersonation.status)]}


@require_GET
def fake_list(request: HttpRequest) -> HttpResponse:
    """Confirmed fakes that the department has chosen to publish: nothing of who reported."""
    if not is_on(SettingName.PUBLIC_LIST):
        raise Http404
    rows = Impersonation.objects.public().order_by("-judged_at", "-pk")
    context = {
        "page": Page[Impersonation].of(request, rows),
        "may_report": is_on(SettingName.PUBLIC_REPORT),
    }
    return render(request, "impersonations/public_list.html", context)
