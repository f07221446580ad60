"""What a check found: the files, the faults, the way it went."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.files.reading import file_response
from meice.kernel.http import Page, attachment, visible_or_404
from meice.surveys import documents, policies
from meice.surveys.actions import asked
from meice.surveys.forms import FaultFilter, FileFilter
from meice.surveys.models import Fault, Upload
from meice.surveys.tasks import check_key, is_given_up, progress_of
from meice.surveys.views.common import Signed, own_check

SHOWN = 50


@login_required
@require_GET
def result(request: Signed, pk: int) -> HttpResponse:
    """Per file: recognised as, taken or not, why, how to mend. While it runs: the progress."""
    check = own_check(request, pk)
    if not check.is_done:
        given_up = is_given_up(check_key(check))
        context = {
            "check": check,
            "given_up": given_up,
            "may_recheck": policies.may_recheck(check, is_given_up=given_up),
        }
        return render(request, "surveys/running.html", context)
    chosen = FileFilter(request.GET)
    forms = chosen.apply(check.forms.all())
    context = {
        "check": check,
        "page": Page.of(request, forms),
        "counts": chosen.counts(check),
        "uploads": check.uploads.filter(stored__isnull=False)[:SHOWN],
        "refused": check.uploads.filter(stored__isnull=True),
        "package_faults": Fault.objects.filter(check_made=check, form=None)[:SHOWN],
        "may_merge": policies.may_merge(check),
        "filter": chosen,
    }
    return render(request, "surveys/result.html", context)


@login_required
@require_GET
def progress(request: Signed, pk: int) -> HttpResponse:
    """How far the check has come, for the page that waits."""
    check = own_check(request, pk)
    return JsonResponse(progress_of(check) | {"url": check.get_absolute_url()})


@login_required
@require_GET
def faults(request: Signed, pk: int) -> HttpResponse:
    """All faults, by file and severity."""
    check = own_check(request, pk)
    chosen = FaultFilter(request.GET)
    found = chosen.apply(Fault.objects.filter(check_made=check).select_related("form"))
    context = {
        "check": check,
        "page": Page.of(request, found),
        "filter": chosen,
        "counts": chosen.counts(check),
        "form": chosen.form_of(check),
        "may_merge": policies.may_merge(check),
    }
    return render(request, "surveys/faults.html", context)


@login_required
@require_POST
def export_faults(request: Signed, pk: int) -> FileResponse:
    """The list of faults as .xlsx; it may quote personal data, so it leaves an audit line."""
    check = own_check(request, pk)
    asked.export_faults(check, by=request.user)
    found = Fault.objects.filter(check_made=check).iterator(chunk_size=2000)
    sheet = documents.fault_list(found)
    return attachment(BytesIO(sheet), documents.fault_list_name(check), kind=documents.XLSX_KIND)


@login_required
@require_POST
def recheck(request: Signed, pk: int) -> HttpResponse:
    """Queue the check again after it came to nothing."""
    check = own_check(request, pk)
    asked.recheck(check, by=request.user)
    return redirect(check)


@login_required
@require_POST
def delete(request: Signed, pk: int) -> HttpResponse:
    """Remove the check and its results at once."""
    asked.delete_check(own_check(request, pk), by=request.user)
    return redirect("annexes")


@login_required
@require_POST
def download_upload(request: Signed, pk: int, upload: int) -> FileResponse:
    """The file as it came."""
    check = own_check(request, pk)
    kept = visible_or_404(Upload.objects.filter(check_made=check), pk=upload)
    if kept.stored is None:
        raise Http404
    asked.export_file(check, kept.stored, by=request.user)
    return file_response(kept.stored, kept.name)
