"""词条反馈: votes from the reading pages, terms proposed for review, exceptions of units."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.editorial.actions import opinions
from meice.editorial.forms.lexicons import ExceptionForm, ReasonForm
from meice.editorial.lexicons.precision import FEWEST, TOO_LOW, Precision, proposed
from meice.editorial.models.lexicon import Lexicon
from meice.editorial.models.opinion import TermException, TermVote
from meice.editorial.models.term import Term
from meice.editorial.policies import lexicons as policies
from meice.editorial.views.signed import person
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, is_htmx, visible_or_404
from meice.orgs.models import Unit
from meice.orgs.roles import Right


@login_required
@require_POST
def term_vote(request: HttpRequest) -> HttpResponse:
    """有用 or 误报: only the entry and the verdict are kept."""
    at = now()
    useful = request.POST.get("useful") == "yes"
    given = {key: request.POST.get(key, "")[:100] for key in ("rule", "word")}
    opinions.vote_on_term(
        given["rule"], given["word"], useful=useful, by=person(request), at=at,
        today=timezone.localdate(at),
    )  # fmt: skip
    context = {"useful": useful, **given, "voted": True}
    page = "editorial/_vote.html" if is_htmx(request) else "editorial/voted.html"
    return render(request, page, context)


@login_required
@require_GET
def term_review(request: HttpRequest) -> HttpResponse:
    """Terms that fewer than half of the readers found useful: a person decides."""
    user = person(request)
    require(policies.may_review_terms(user))
    found = proposed(user)
    page = Page[Precision].of(request, found)
    entries = Term.objects.in_force().filter(
        lexicon__in=Lexicon.objects.visible_to(user).values("pk"),
        word__in={one.word for one in page.rows},
    )
    own = {(term.lexicon.kind, term.word): term for term in entries.select_related("lexicon")}
    context = {
        "page": page,
        "rows": [(one, own.get((one.rule, one.word))) for one in page.rows],
        "votes": TermVote.objects.visible_to(user).count(),
        "fewest": FEWEST,
        "too_low": f"{TOO_LOW:.0%}",
        "form": ReasonForm(),
    }
    return render(request, "editorial/term_review.html", context)


@login_required
@require_POST
def term_keep(request: HttpRequest) -> HttpResponse:
    """保留: looked at, for a reason."""
    given = {key: request.POST.get(key, "")[:100] for key in ("rule", "word")}
    opinions.keep_term(
        given["rule"], given["word"], reason=request.POST.get("reason", ""), by=person(request),
        at=now(),
    )  # fmt: skip
    return redirect("term-review")


@login_required
@require_http_methods(["GET", "POST"])
def term_exceptions(request: HttpRequest) -> HttpResponse:
    """Which units are excepted from which terms, until when and why; a new one."""
    user = person(request)
    today = timezone.localdate(now())
    may = policies.may_grant_exception(user)
    bound = request.method == "POST"
    if bound:
        require(may)
    units = Unit.objects.active().below(*user.reach(Right.DECIDE_BUSINESS))
    first = {key: request.GET.get(key, "")[:100] for key in ("rule", "word")}
    form = ExceptionForm(request.POST if bound else None, units=units, initial=first)
    if bound and form.is_valid():
        given = form.cleaned_data
        try:
            opinions.grant_exception(
                given["unit"], given["rule"], given["word"], reason=given["reason"],
                until=given["until"], by=user, at=now(), today=today,
            )  # fmt: skip
            return redirect("term-exceptions")
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    rows = TermException.objects.visible_to(user).select_related("unit", "by")
    context = {
        "page": Page[TermException].of(request, rows.order_by("ended_at", "until", "pk")),
        "form": form,
        "may": may,
        "today": today,
    }
    status = 422 if form.errors else 200
    return render(request, "editorial/term_exceptions.html", context, status=status)


@login_required
@require_POST
def term_exception_end(request: HttpRequest, pk: int) -> HttpResponse:
    """取消例外."""
    user = person(request)
    found = visible_or_404(TermException.objects.visible_to(user).select_related("unit"), pk=pk)
    opinions.end_exception(found, by=user, at=now())
    return redirect("term-exceptions")
