"""The accepted files as the package that the notice names."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.files.reading import file_response
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.surveys import policies
from meice.surveys.actions import asked
from meice.surveys.forms import PackageForm, prefilled
from meice.surveys.models import AnnexCheck
from meice.surveys.tasks import is_given_up, merge_key
from meice.surveys.views.common import Signed, own_check, own_package

PARTS = frozenset({"package", "report"})


@login_required
@require_GET
def package(request: Signed, pk: int) -> HttpResponse:
    """Unit, 简称 and date, filled in as far as they are known; the packages made so far."""
    check = own_check(request, pk)
    return _page(request, check, PackageForm(initial=prefilled(check, request.user, now())))


def _page(request: Signed, check: AnnexCheck, form: PackageForm, status: int = 200) -> HttpResponse:
    context = {
        "check": check,
        "form": form,
        "packages": [
            (each, each.made_at is None and is_given_up(merge_key(each)))
            for each in check.packages.select_related("package", "report")
        ],
        "may_merge": policies.may_merge(check),
    }
    return render(request, "surveys/package.html", context, status=status)


@login_required
@require_POST
def merge(request: Signed, pk: int) -> HttpResponse:
    """Have the package made; it appears on the same page."""
    check = own_check(request, pk)
    require(policies.may_merge(check))
    form = PackageForm(request.POST)
    if not form.is_valid():
        return _page(request, check, form, status=422)
    asked.ask_package(check, by=request.user, **form.cleaned_data)
    return redirect("annex-package", check.pk)


@login_required
@require_POST
def download_package(request: Signed, pk: int, package: int, part: str) -> FileResponse:
    """The package or its report; both hold people's numbers, so it leaves an audit line."""
    made = own_package(request, pk, package)
    if part not in PARTS:
        raise Http404
    stored = made.package if part == "package" else made.report
    if stored is None:
        raise Http404
    asked.export_file(made.check_made, stored, by=request.user)
    return file_response(stored)
