"""词库: the lists, one list with its entries, versions and their differences."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Prefetch, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.editorial.actions import lexicons as actions
from meice.editorial.documents.lexicons import lexicon_sheet, lexicon_toml
from meice.editorial.forms.lexicons import LexiconForm, ReasonForm, severity_of, term_of
from meice.editorial.lexicons.precision import precisions, proposed
from meice.editorial.models.lexicon import Lexicon, LexiconVersion
from meice.editorial.models.term import Term, TermChange, TermSeverity
from meice.editorial.policies import lexicons as policies
from meice.editorial.views.signed import person
from meice.engines.zhcheck import COLUMNS, ListKind
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment, visible_or_404
from meice.orgs.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def lexicon_or_404(user: User, pk: int) -> Lexicon:
    """One that the reader may see."""
    seen = Lexicon.objects.visible_to(user).select_related("unit", "current")
    return visible_or_404(seen, pk=pk)


@login_required
@require_GET
def lexicon_list(request: HttpRequest) -> HttpResponse:
    """The lists that hold here, what waits for approval, what is proposed for review."""
    user = person(request)
    seen = Lexicon.objects.visible_to(user)
    if not seen.exists() and not user.has("business.see"):
        raise Http404
    newest = Prefetch("versions", LexiconVersion.objects.order_by("-number"), to_attr="newest")
    waiting = TermChange.objects.visible_to(user).filter(status="waiting")
    mine = TermChange.objects.visible_to(user).filter(status="preview", by=user.pk)
    context = {
        "lexicons": seen.select_related("unit", "current").prefetch_related(newest).annotate(
            waiting=Count("changes", filter=Q(changes__status="waiting"))
        ),
        "waiting": waiting.select_related("lexicon__unit", "by").annotate(size=Count("terms")),
        "mine": mine.select_related("lexicon__unit", "by").annotate(size=Count("terms")),
        "low": len(proposed(user)),
        "may_keep": policies.may_keep_lexicons(user),
    }  # fmt: skip
    return render(request, "editorial/lexicon_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def lexicon_new(request: HttpRequest) -> HttpResponse:
    """An empty list for the department's unit."""
    user = person(request)
    require(policies.may_keep_lexicons(user))
    form = LexiconForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and user.post:
        given = form.cleaned_data
        try:
            made = actions.make_lexicon(
                user.post.unit, given["kind"], given["name"], note=given["note"], by=user, at=now()
            )
            return redirect("lexicon", made.pk)
        except Refused as refusal:
            form.add_error("name", refusal.reason)
    status = 422 if form.errors else 200
    return render(request, "editorial/lexicon_new.html", {"form": form}, status=status)


@login_required
@require_GET
def lexicon(request: HttpRequest, pk: int) -> HttpResponse:
    """The entries in force, with who added each and how often it was right."""
    user = person(request)
    found = lexicon_or_404(user, pk)
    term, severity = term_of(request.GET), severity_of(request.GET)
    rows = found.terms.in_force().matching(term)
    rows = rows.filter(severity=severity) if severity else rows
    page = Page[Term].of(request, rows.select_related("change__by", "change__decided_by"))
    voted = precisions(user, {row.word for row in page.rows})
    kind = ListKind(found.kind)
    context = {
        "lexicon": found,
        "newest": found.versions.first(),
        "page": page,
        "rows": [(row, voted.get((found.kind, row.word))) for row in page.rows],
        "term": term,
        "severity": severity,
        "severities": TermSeverity.choices,
        "has": {column.key for column in COLUMNS[kind]},
        "labels": {column.key: column.label for column in COLUMNS[kind]},
        "waiting": TermChange.objects.visible_to(user)
        .filter(lexicon=found, status__in=["waiting", "preview"])
        .select_related("by")
        .annotate(size=Count("terms")),
        "may_keep": policies.may_keep_lexicons(user, found.unit),
    }
    return render(request, "editorial/lexicon.html", context)


@login_required
@require_GET
def lexicon_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions, and what differs between two of them."""
    user = person(request)
    found = lexicon_or_404(user, pk)
    versions = found.versions.select_related("change__by", "change__decided_by", "made_by")
    numbers = list(found.versions.values_list("number", flat=True))
    after = _number(request.GET.get("to", ""), numbers) or (numbers[0] if numbers else 0)
    before = _number(request.GET.get("from", ""), [0, *numbers], after - 1)
    came = found.terms.filter(since__gt=before, since__lte=after).exclude(until__lte=after)
    went = found.terms.filter(until__gt=before, until__lte=after, since__lte=before)
    differing = (came | went).select_related("change").order_by("key", "-since", "pk")
    context = {
        "lexicon": found,
        "page": Page[LexiconVersion].of(request, versions),
        "numbers": numbers,
        "before": before,
        "after": after,
        "came": came.count(),
        "went": went.count(),
        "differing": list(differing[:SHOWN]),
        "shown": SHOWN,
        "form": ReasonForm(),
        "may_roll_back": policies.may_roll_back(user, found),
    }
    return render(request, "editorial/lexicon_versions.html", context)


SHOWN = 200


def _number(typed: str, numbers: list[int], otherwise: int = 0) -> int:
    bare = typed[:9]
    return int(bare) if bare.isdecimal() and int(bare) in numbers else max(0, otherwise)


@login_required
@require_POST
def lexicon_rollback(request: HttpRequest, pk: int) -> HttpResponse:
    """回退到某一版: as a new version."""
    user = person(request)
    found = lexicon_or_404(user, pk)
    typed = request.POST.get("number", "")[:9]
    number = int(typed) if typed.isdecimal() else 0
    reason = request.POST.get("reason", "")
    change = actions.roll_back(found, number, reason=reason, by=user, at=now())
    return redirect(change)


@login_required
@require_GET
def lexicon_template(request: HttpRequest, pk: int) -> FileResponse:
    """The sheet to fill in."""
    found = lexicon_or_404(person(request), pk)
    content = lexicon_sheet(ListKind(found.kind))
    return attachment(BytesIO(content), f"{found.name} 导入模板.xlsx", kind=XLSX)


@login_required
@require_GET
def lexicon_file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """A version as .toml, for `meice proof --lexicon` and for other schools."""
    found = lexicon_or_404(person(request), pk)
    version = visible_or_404(LexiconVersion.objects.filter(lexicon=found), number=number)
    return attachment(BytesIO(lexicon_toml(found, version)), f"{found.name} 第{number}版.toml")
