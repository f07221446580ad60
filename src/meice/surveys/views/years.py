"""年度汇总: the list, the freezing, one year."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.files.reading import file_response
from meice.kernel.access import Refused, Verdict, require, when
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.surveys import policies
from meice.surveys.actions import years as deeds
from meice.surveys.forms.campaign import YearForm
from meice.surveys.models import YearSummary
from meice.surveys.views.seen import person, summary_or_404


def sees_years(user: User) -> bool:
    """The department and auditors."""
    return user.has(Right.DECIDE_BUSINESS) or (
        user.has(Right.READ_AUDIT) and user.has(Right.SEE_BUSINESS)
    )


@login_required
@require_GET
def year_list(request: HttpRequest) -> HttpResponse:
    """Frozen years, and what the running one holds so far."""
    return _page(request, YearForm(initial={"year": timezone.localdate(now()).year}))


def _page(request: HttpRequest, form: YearForm, status: int = 200) -> HttpResponse:
    user = person(request)
    if not sees_years(user):
        raise Http404
    shown = YearSummary.objects.visible_to(user).select_related("unit")
    page: Page[YearSummary] = Page.of(request, shown.defer("rows", "changes"))
    this_year = timezone.localdate(now()).year
    post = user.post
    running = len(deeds.filings_of_year(post.unit, this_year)) if post else 0
    context = {
        "page": page,
        "form": form,
        "year": this_year,
        "running": running,
        "may_freeze": policies.may_freeze_year(user, post.unit) if post else None,
    }
    return render(request, "surveys/year_list.html", context, status=status)


@login_required
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze a year of the reader's own unit."""
    user = person(request)
    form = YearForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if user.post is None or not sees_years(user):
        raise Http404
    try:
        made = deeds.freeze_year(user.post.unit, form.cleaned_data["year"], by=user, at=now())
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, form, status=403)
    return redirect("year", made.pk)


@login_required
@require_GET
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were frozen, numbers masked, and what changed against the year before."""
    if not sees_years(person(request)):
        raise Http404
    found = summary_or_404(request, pk)
    context = {
        "summary": found,
        "page": Page[dict[str, object]].of(request, found.rows),
        "may_export": _may_export(person(request), found),
    }
    return render(request, "surveys/year.html", context)


def _may_export(user: User, found: YearSummary) -> Verdict:
    held = user.has(Right.SEE_NUMBERS, found.unit)
    return when(held, "文件里有完整手机号，你现在的岗位不能下载。")


@login_required
@require_POST
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes as they were frozen."""
    if not sees_years(person(request)):
        raise Http404
    found = summary_or_404(request, pk)
    require(_may_export(person(request), found))
    deeds.export_year(found, by=person(request))
    return file_response(found.file)
