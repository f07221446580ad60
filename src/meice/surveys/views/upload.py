"""Dropping files, and what can be had before any is dropped: blank forms, examples."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from meice.kernel.http import Page, attachment
from meice.surveys import documents
from meice.surveys.actions import asked
from meice.surveys.documents import examples
from meice.surveys.forms import UploadForm
from meice.surveys.models import AnnexCheck
from meice.surveys.views.common import Signed


@login_required
@require_GET
def home(request: Signed) -> HttpResponse:
    """Drop files; below, the checks made so far."""
    return _home(request, UploadForm())


def _home(request: Signed, form: UploadForm, status: int = 200) -> HttpResponse:
    mine = AnnexCheck.objects.visible_to(request.user).prefetch_related("uploads")
    page: Page[AnnexCheck] = Page.of(request, mine)
    context = {"form": form, "page": page, "examples": examples.listed()}
    context["blank_url"] = reverse("annexes-blank")
    return render(request, "surveys/home.html", context, status=status)


@login_required
@require_POST
def check(request: Signed) -> HttpResponse:
    """Take the files; the result has its own address."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form, status=422)
    made = asked.receive_files(
        form.incoming(),
        by=request.user,
        token=form.cleaned_data["token"],
        one_unit=form.cleaned_data["one_unit"],
    )
    return redirect(made)


@login_required
@require_GET
def blanks(request: Signed) -> FileResponse:
    """The four blank forms in one archive; they hold nobody's data."""
    return attachment(
        BytesIO(documents.blank_forms()), "附件1-4空白表.zip", kind=documents.ZIP_KIND
    )


@login_required
@require_GET
def example(request: Signed, number: int) -> FileResponse:
    """A package that the demo made, to try the page with; only where the demo made some."""
    path = examples.found(number)
    if path is None:
        raise Http404
    return attachment(path.open("rb"), path.name)
