"""One form as a grid with its faults; written anew; its mobiles shown whole, once."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from meice.kernel.access import require
from meice.kernel.http import attachment
from meice.surveys import documents, policies
from meice.surveys.actions import asked
from meice.surveys.grid import sheet
from meice.surveys.models import CheckedForm
from meice.surveys.reading import rewritten
from meice.surveys.views.common import Signed, own_form


@login_required
@require_GET
def form(request: Signed, pk: int, form: int) -> HttpResponse:
    """The grid with letters and row numbers, mobiles masked."""
    return _show(request, own_form(request, pk, form), masked=True)


@login_required
@require_POST
def unmask(request: Signed, pk: int, form: int) -> HttpResponse:
    """The same page with whole mobiles, for this view only; leaves an audit line."""
    found = own_form(request, pk, form)
    asked.unmask_form(found, by=request.user)
    return _show(request, found, masked=False)


def _show(request: Signed, found: CheckedForm, *, masked: bool) -> HttpResponse:
    shown = sheet.view(
        found, number=request.GET.get("window", ""), only=request.GET.get("only", ""), masked=masked
    )
    context = {
        "check": found.check_made,
        "form": found,
        "sheet": shown,
        "masked": masked,
        "may_rewrite": policies.may_rewrite(found),
    }
    return render(request, "surveys/form.html", context)


@login_required
@require_POST
def rewrite(request: Signed, pk: int, form: int) -> FileResponse:
    """An accepted form, written anew as a clean .xls."""
    found = own_form(request, pk, form)
    require(policies.may_rewrite(found))
    asked.rewrite_form(found, by=request.user)
    name, content = rewritten(found)
    return attachment(BytesIO(content), name, kind=documents.XLS_KIND)
