"""制度库: the list, a document with its clauses, one clause, the original."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meice.files.reading import file_response
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import User
from meice.regulations import policies
from meice.regulations.forms import STATES, DocumentFilter
from meice.regulations.models import Clause, Document, Reach, Trust
from meice.regulations.views.signed import clause_or_404, document_or_404, reader

MOST_HITS = 20


@login_required
@require_GET
def regulation_list(request: HttpRequest) -> HttpResponse:
    """Own documents first; with a term, the clauses that hold it stand on top."""
    user, today = reader(request), timezone.localdate(now())
    wanted = DocumentFilter.of(request.GET)
    seen = Document.objects.visible_to(user)
    standing = Count("clauses", filter=Q(clauses__dropped_at=None))
    rows = wanted.apply(seen, today).annotate(standing=standing).order_by("-reach", "pk")
    page = Page[Document].of(request, rows)
    context = {
        "page": page,
        "rows": [(row, row.force(today)) for row in page.rows],
        "hits": _hits(user, wanted.term),
        "filter": wanted,
        "reaches": Reach.choices,
        "trusts": Trust.choices,
        "states": STATES.items(),
        "may_add": policies.may_add_document(user),
    }
    return render(request, "regulations/regulation_list.html", context)


def _hits(user: User, term: str) -> list[Clause]:
    bare = "".join(term.split())
    if not bare:
        return []
    found = Clause.objects.visible_to(user).standing()
    found = found.filter(Q(text__icontains=bare) | Q(number__icontains=bare))
    return list(found.select_related("document").order_by("document", "place")[:MOST_HITS])


@login_required
@require_GET
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: what it is, its clauses, what was done."""
    found = document_or_404(request, pk)
    user = reader(request)
    clauses = [row for row in found.clauses.all() if row.dropped_at is None]
    context = {
        "document": found,
        "force": found.force(timezone.localdate(now())),
        "clauses": clauses,
        "events": list(found.events.order_by("-pk")[:30]),
        "edit": policies.may_edit_document(user, found),
        "cut": policies.may_cut_document(user, found),
        "shows_acts": bool(policies.may_add_document(user)),
    }
    return render(request, "regulations/regulation.html", context)


@login_required
@require_GET
def clause(request: HttpRequest, key: str) -> HttpResponse:
    """One clause, with its neighbours; what was taken out says so."""
    found = clause_or_404(request, key)
    user = reader(request)
    standing = [row for row in found.document.clauses.all() if row.dropped_at is None]
    places = [row.pk for row in standing]
    at = places.index(found.pk) if found.pk in places else -1
    context = {
        "clause": found,
        "document": found.document,
        "force": found.document.force(timezone.localdate(now())),
        "before": standing[at - 1] if at > 0 else None,
        "after": standing[at + 1] if 0 <= at < len(standing) - 1 else None,
        "edit": policies.may_edit_clause(user, found),
        "shows_acts": bool(policies.may_add_document(user)),
    }
    return render(request, "regulations/clause.html", context)


@login_required
@require_GET
def regulation_file(request: HttpRequest, pk: int) -> FileResponse:
    """The original as it was uploaded."""
    found = document_or_404(request, pk)
    if found.file is None:
        raise Http404
    return file_response(found.file)
