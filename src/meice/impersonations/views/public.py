"""For anybody, when the department has opened it: report a fake, read the confirmed ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from meice.evidence.models import EvidenceKind
from meice.files.actions import keep_file
from meice.impersonations import actions
from meice.impersonations.actions.gathering import PURPOSE
from meice.impersonations.actions.settings import is_on
from meice.impersonations.forms import PublicReportForm
from meice.impersonations.forms.public import MEGABYTES, MOST
from meice.impersonations.models import Impersonation
from meice.impersonations.workflow import SettingName
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.web.public_forms import TooMany, bytes_for, public_page, sender_of


@public_page(bytes_for(MOST, MEGABYTES))
@require_http_methods(["GET", "POST"])
def fake_report(request: HttpRequest) -> HttpResponse:
    """The form; what was refused comes back as it was typed."""
    if not is_on(SettingName.PUBLIC_REPORT):
        raise Http404
    bound = request.method == "POST"
    form = PublicReportForm(
        request.POST if bound else None, request.FILES if bound else None, at=now()
    )
    status = 422 if bound else 200
    if bound and form.is_valid():
        try:
            _report(request, form)
            return redirect("fake-reported")
        except TooMany as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "has_list": is_on(SettingName.PUBLIC_LIST)}
    return render(request, "impersonations/public_report.html", context, status=status)


def _report(request: HttpRequest, form: PublicReportForm) -> None:
    got, at = form.cleaned_data, now()
    stranger = actions.Stranger(sender_of(request), got["reporter"], got["contact"])
    actions.check_pace(stranger, at=at)
    proofs = [
        (keep_file(one, name=one.name or "", by=None, purpose=PURPOSE), EvidenceKind.SCREENSHOT)
        for one in got["proofs"]
    ]
    actions.report_publicly(form.said, stranger=stranger, at=at, proofs=proofs)


@never_cache
@require_GET
def fake_reported(request: HttpRequest) -> HttpResponse:
    """Thanks; says nothing of what became of it, nor whether it was known."""
    if not is_on(SettingName.PUBLIC_REPORT):
        raise Http404
    context = {"has_list": is_on(SettingName.PUBLIC_LIST)}
    return render(request, "impersonations/public_done.html", context)


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
