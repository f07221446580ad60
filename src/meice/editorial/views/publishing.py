"""授权发布, 更正, 撤稿, 核对页面."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meice.editorial.actions import publishing
from meice.editorial.forms import PlaceSet, ReasonForm
from meice.editorial.models import Manuscript
from meice.editorial.views.signed import manuscript_or_404, person
from meice.editorial.workflow import MANUSCRIPT
from meice.kernel.access import Refused, require
from meice.kernel.clock import now


@login_required
@require_http_methods(["GET", "POST"])
def manuscript_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Where and when it went out; of a correction as well."""
    user, found = person(request), manuscript_or_404(request, pk)
    step = "republish" if found.published_at else "publish"
    require(MANUSCRIPT.verdict(step, found, user))
    if request.method != "POST":
        return _page(request, found, _places(found))
    places = PlaceSet(request.POST, form_kwargs={"manuscript": found})
    if places.is_valid() and _publish(request, found, places):
        return redirect("manuscript", found.pk)
    return _page(request, found, places, status=422)


def _places(found: Manuscript) -> BaseFormSet[Any]:
    """What stands out already (of a correction), else where it was meant to go."""
    standing = found.publications.filter(ended_at=None)
    initial = [{"outlet": one.outlet_id, "url": one.url} for one in standing]
    meant = [{"outlet": one["id"]} for one in found.newest.outlets]
    return PlaceSet(initial=initial or meant, form_kwargs={"manuscript": found})


def _publish(request: HttpRequest, found: Manuscript, places: Any) -> bool:
    try:
        publishing.publish_manuscript(found, places.places, by=person(request), at=now())
    except Refused as refusal:
        places.refusal = refusal.reason
        return False
    return True


def _page(
    request: HttpRequest, found: Manuscript, places: BaseFormSet[Any], *, status: int = 200
) -> HttpResponse:
    context = {"manuscript": found, "revision": found.newest, "places": places}
    context["refusal"] = getattr(places, "refusal", "")
    return render(request, "editorial/manuscript_publish.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def manuscript_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正."""
    return _with_reason(request, pk, "correct")


@login_required
@require_http_methods(["GET", "POST"])
def manuscript_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤稿."""
    return _with_reason(request, pk, "withdraw")


HINTS = {
    "correct": "更正稿从一审重新走；签字齐了再发布，替换原来的。原来的内容在那之前还在。",
    "withdraw": "撤稿后请立即从各账号删除。理由会写进审批单和台账。",
}


def _with_reason(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A form of one act on a page of its own."""
    user, found = person(request), manuscript_or_404(request, pk)
    require(MANUSCRIPT.verdict(step, found, user))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if step == "correct":
            publishing.correct_manuscript(found, reason=reason, by=user, at=now())
            return redirect("manuscript-edit", found.pk)
        publishing.withdraw_manuscript(found, reason=reason, by=user, at=now())
        return redirect("manuscript", found.pk)
    label = MANUSCRIPT[step].label
    context = {"manuscript": found, "form": form, "title": label, "hint": HINTS[step]}
    status = 422 if form.is_bound else 200
    return render(request, "editorial/manuscript_reason.html", context, status=status)


@login_required
@require_POST
def manuscript_check(request: HttpRequest, pk: int) -> HttpResponse:
    """核对页面, in a job."""
    found = manuscript_or_404(request, pk)
    publishing.ask_check(found, by=person(request), at=now())
    return redirect(f"{found.get_absolute_url()}#h-out")
