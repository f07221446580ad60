"""A reviewer's acts: 认领, 放回, 批注, 放行, 通过, 退回."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from meice.editorial import policies
from meice.editorial.actions import reviewing
from meice.editorial.forms import CommentForm, VerdictForm, WaiverForm
from meice.editorial.models import Review
from meice.editorial.views.manuscript import manuscript_page
from meice.editorial.views.signed import manuscript_or_404, person, review_or_404
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import visible_or_404


@login_required
@require_POST
def review_claim(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """认领."""
    stage = review_or_404(request, pk, review)
    reviewing.claim_review(stage, by=person(request), at=now())
    return redirect("manuscript", pk)


@login_required
@require_POST
def review_release(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """放回."""
    stage = review_or_404(request, pk, review)
    reviewing.release_review(stage, by=person(request), at=now())
    return redirect("manuscript", pk)


@login_required
@require_POST
def review_pass(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """通过."""
    return _decide(request, review_or_404(request, pk, review), passes=True)


@login_required
@require_POST
def review_return(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """退回作者."""
    return _decide(request, review_or_404(request, pk, review), passes=False)


def _decide(request: HttpRequest, stage: Review, *, passes: bool) -> HttpResponse:
    """Her verdict; what it lacks is said on the page, with what she has ticked and typed."""
    user, pk = person(request), stage.manuscript_id
    require(policies.may_decide_review(user, stage, timezone.localdate(now())))
    form = VerdictForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("意见太长，或差错数不对。请看下面的提示。")
        act = reviewing.pass_review if passes else reviewing.return_review
        act(stage, form.said, by=user, at=now())
    except Refused as refusal:
        found = manuscript_or_404(request, pk)
        return manuscript_page(
            request, found, status=422, refusal=refusal.reason, verdict_form=form
        )
    return redirect("manuscript", pk)


@login_required
@require_POST
def manuscript_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """批注."""
    user, found = person(request), manuscript_or_404(request, pk)
    require(policies.may_comment(user, found, timezone.localdate(now())))
    form = CommentForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("批注写 1 至 500 个字。")
        got = form.cleaned_data
        reviewing.add_comment(
            found, got["text"], quote=got["quote"], near=got["near"] or 0, by=user, at=now()
        )
    except Refused as refusal:
        return manuscript_page(
            request, found, status=422, refusal=refusal.reason, comment_form=form
        )
    return redirect(f"{found.get_absolute_url()}#h-comments")


@login_required
@require_POST
def comment_drop(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Her own words, taken back."""
    found = manuscript_or_404(request, pk)
    one = visible_or_404(found.comments.select_related("manuscript"), pk=comment)
    reviewing.drop_comment(one, by=person(request), at=now())
    return redirect(f"{found.get_absolute_url()}#h-comments")


@login_required
@require_POST
def issue_waive(request: HttpRequest, pk: int, issue: int) -> HttpResponse:
    """放行."""
    user, found = person(request), manuscript_or_404(request, pk)
    one = visible_or_404(found.newest.issues.select_related("revision__manuscript"), pk=issue)
    require(policies.may_waive_issue(user, one, found, timezone.localdate(now())))
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return manuscript_page(request, found, status=422, refusal="放行须写理由，300 字以内。")
    reviewing.waive_issue(one, reason=form.cleaned_data["reason"], by=user, at=now())
    return redirect(f"{found.get_absolute_url()}#issue-{one.place}")
