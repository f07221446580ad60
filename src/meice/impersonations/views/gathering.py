"""Evidence of a docket: capture, upload, download."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from meice.evidence.models import Evidence, EvidenceKind
from meice.evidence.reading import evidence_response
from meice.files.actions import MEGABYTE, Limits, keep_file
from meice.impersonations import actions, policies
from meice.impersonations.actions.gathering import PURPOSE
from meice.impersonations.forms import EvidenceForm
from meice.impersonations.views.docket import docket_page
from meice.impersonations.views.signed import docket_or_404, person
from meice.kernel.access import Refused, require
from meice.kernel.clock import now

RECORDINGS = Limits(single=100 * MEGABYTE)


@login_required
@require_POST
def impersonation_capture(request: HttpRequest, pk: int) -> HttpResponse:
    """采集网页, in a job."""
    found = docket_or_404(request, pk)
    actions.ask_capture(found, by=person(request), at=now())
    return redirect(found)


@login_required
@require_POST
def impersonation_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Photos, recordings, papers."""
    found = docket_or_404(request, pk)
    user = person(request)
    require(policies.may_add_evidence(user, found))
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        got = form.cleaned_data
        kind = EvidenceKind(got["kind"])
        limits = RECORDINGS if kind is EvidenceKind.RECORDING else Limits()
        try:
            files = [
                keep_file(one, name=one.name or "", by=user, purpose=PURPOSE, limits=limits)
                for one in got["uploads"]
            ]
            actions.upload_evidence(
                found, files, kind=kind, by=user, at=now(), source=got["source"],
                note=got["note"], paper=got["paper"],
            )  # fmt: skip
            return redirect(found)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return docket_page(request, docket_or_404(request, pk), status=422, evidence_form=form)


@login_required
@require_GET
def impersonation_evidence(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """One piece of this docket's evidence; nothing else."""
    found = docket_or_404(request, pk)
    return evidence_response(get_object_or_404(Evidence.objects.of(found.case), number=number))
