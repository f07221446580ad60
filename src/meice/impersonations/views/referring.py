"""报送: what a channel asks for, its pack, that it was sent, what it answered."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from meice.audit.actions import Detail, record
from meice.impersonations import actions, policies
from meice.impersonations.channels import CHANNEL_BY_KEY, Channel
from meice.impersonations.documents import pack_of, pack_zip
from meice.impersonations.forms import AnswerForm, ReferForm
from meice.impersonations.models import Impersonation, Referral
from meice.impersonations.views.docket import docket_page
from meice.impersonations.views.signed import docket_or_404, person, referral_or_404
from meice.impersonations.workflow import REFERRAL
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import attachment

ZIP = "application/zip"


@login_required
@require_http_methods(["GET", "POST"])
def impersonation_refer(request: HttpRequest, pk: int, channel: str) -> HttpResponse:
    """What is there and what is missing; then that it was sent."""
    found, place = _place(request, pk, channel)
    form = ReferForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            actions.refer_docket(found, place.key, by=person(request), at=now(), **got)
            return redirect(found)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"docket": found, "pack": pack_of(found, place), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "impersonations/refer.html", context, status=status)


@login_required
@require_POST
def impersonation_pack(request: HttpRequest, pk: int, channel: str) -> FileResponse:
    """What the channel asks for, as a zip with a hash list; leaves an audit line."""
    found, place = _place(request, pk, channel)
    with transaction.atomic():
        detail: Detail = {"number": found.number, "channel": place.label}
        record(
            "impersonation.pack", found, by=person(request), detail=detail,
            unit_path=found.unit_path,
        )  # fmt: skip
    at = now()
    name = f"{place.label} {found.name} {timezone.localdate(at):%Y%m%d}.zip"
    return attachment(pack_zip(found, place, at), name, kind=ZIP)


def _place(request: HttpRequest, pk: int, channel: str) -> tuple[Impersonation, Channel]:
    found = docket_or_404(request, pk)
    if channel not in CHANNEL_BY_KEY:
        raise Http404
    require(policies.may_refer(person(request), found))
    return found, CHANNEL_BY_KEY[channel]


def _answered(step: str, deed: Callable[..., Referral]) -> Callable[..., HttpResponse]:
    """POST of one answer, back to the docket."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = referral_or_404(request, pk)
        require(REFERRAL.verdict(step, found, person(request)))
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                deed(found, by=person(request), at=now(), **form.cleaned_data)
                return redirect(found.impersonation)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
        docket = docket_or_404(request, found.impersonation_id)
        return docket_page(request, docket, status=422, answer_form=form, answering=found.pk)

    return view


referral_uphold = _answered("uphold", actions.uphold_referral)
referral_reject = _answered("reject", actions.reject_referral)
