"""One entry: added, looked at, changed, ended."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.editorial.actions import lexicons as actions
from meice.editorial.forms.lexicons import EntryForm, ReasonForm, initial_of
from meice.editorial.lexicons.precision import precisions
from meice.editorial.models.lexicon import Lexicon
from meice.editorial.models.opinion import TermException
from meice.editorial.models.term import Term
from meice.editorial.policies import lexicons as policies
from meice.editorial.views.lexicons import lexicon_or_404
from meice.editorial.views.signed import person
from meice.engines.zhcheck import COLUMNS, WORDS, ListKind
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import visible_or_404
from meice.orgs.models import User


def term_or_404(user: User, pk: int) -> Term:
    """An entry of a lexicon that the reader may see."""
    seen = Lexicon.objects.visible_to(user).values("pk")
    rows = Term.objects.filter(lexicon__in=seen, change__status="approved")
    return visible_or_404(
        rows.select_related("lexicon__unit", "change__by", "change__decided_by"), pk=pk
    )


@login_required
@require_GET
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it comes from, how often it was right, what came before, which units are excepted."""
    user = person(request)
    found = term_or_404(user, pk)
    kind = ListKind(found.lexicon.kind)
    rule = kind.value if kind in WORDS else ""
    history = found.lexicon.terms.filter(key=found.key, since__isnull=False)
    exceptions = TermException.objects.visible_to(user).filter(rule=rule, word=found.word)
    holding = exceptions.filter(ended_at=None, until__gte=timezone.localdate(now()))
    context = {
        "term": found,
        "lexicon": found.lexicon,
        "facts": [(c.label, _shown(found, c.key)) for c in COLUMNS[kind]],
        "standing": found.since is not None and found.until is None,
        "history": history.select_related("change__by", "change__decided_by").order_by("-pk")[:50],
        "precision": precisions(user, [found.word]).get((rule, found.word)) if rule else None,
        "rule": rule,
        "exceptions": holding.select_related("unit", "by") if rule else [],
        "form": ReasonForm(),
        "may_keep": policies.may_keep_lexicons(user, found.lexicon.unit),
    }
    return render(request, "editorial/term.html", context)


def _shown(found: Term, key: str) -> str:
    if key == "severity":
        return str(found.get_severity_display())
    value = getattr(found.entry, key)
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


@login_required
@require_http_methods(["GET", "POST"])
def term_new(request: HttpRequest, pk: int) -> HttpResponse:
    """提一个新词条."""
    user = person(request)
    found = lexicon_or_404(user, pk)
    require(policies.may_keep_lexicons(user, found.unit))
    form = EntryForm(found.kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = actions.add_term(
                found, form.entry(), reason=form.cleaned_data["reason"], by=user, at=now()
            )
            return redirect(change)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "lexicon": found}
    return render(request, "editorial/term_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改词条: the old wording holds until the new one is approved."""
    user = person(request)
    found = term_or_404(user, pk)
    require(policies.may_keep_lexicons(user, found.lexicon.unit))
    form = EntryForm(found.lexicon.kind, request.POST or None, initial=initial_of(found.entry))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            return redirect(
                actions.edit_term(found, form.entry(), reason=reason, by=user, at=now())
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "lexicon": found.lexicon, "term": found}
    return render(request, "editorial/term_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def term_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """停用."""
    user = person(request)
    found = term_or_404(user, pk)
    reason = request.POST.get("reason", "")
    return redirect(actions.retire_term(found, reason=reason, by=user, at=now()))
