"""The department keeps the library: documents, clauses cut from a pasted text, single clauses."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.regulations import actions, policies
from meice.regulations.cutting import cut_clauses
from meice.regulations.forms import FACTS, ClauseForm, CutForm, DocumentForm
from meice.regulations.models import Document
from meice.regulations.views.signed import clause_or_404, document_or_404, reader

PURPOSE = "regulation"


@login_required
@require_http_methods(["GET", "POST"])
def regulation_new(request: HttpRequest) -> HttpResponse:
    """A document of the school, or one from above that is missing."""
    require(policies.may_add_document(reader(request)))
    return _write(request, None, {})


@login_required
@require_http_methods(["GET", "POST"])
def regulation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its heading and original."""
    found = document_or_404(request, pk)
    require(policies.may_edit_document(reader(request), found))
    return _write(request, found, {name: getattr(found, name) for name in FACTS})


def _write(request: HttpRequest, found: Document | None, initial: dict[str, Any]) -> HttpResponse:
    form, refusal, status = DocumentForm(initial=initial), "", 200
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                kept = _keep(reader(request), found, form)
                return redirect("regulation", kept.pk)
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {"form": form, "document": found, "refusal": refusal}
    return render(request, "regulations/regulation_form.html", context, status=status)


def _keep(user: User, found: Document | None, form: DocumentForm) -> Document:
    file = _file(form.cleaned_data["file"], user)
    if found is None:
        return actions.add_document(form.facts(), by=user, at=now(), file=file)
    return actions.edit_document(found, form.facts(), by=user, at=now(), file=file)


def _file(upload: "UploadedFile[bytes] | None", user: User) -> StoredFile | None:
    if not upload:
        return None
    return keep_file(upload, name=upload.name or "", by=user, purpose=PURPOSE)


@login_required
@require_http_methods(["GET", "POST"])
def regulation_cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Paste, look at the cut, save: nothing is written before the second click."""
    found = document_or_404(request, pk)
    user = reader(request)
    require(policies.may_cut_document(user, found))
    form = CutForm(request.POST if request.method == "POST" else None)
    cuts, refusal = [], ""
    if request.method == "POST" and form.is_valid():
        cuts = cut_clauses(form.cleaned_data["text"])
        if request.POST.get("save"):
            try:
                actions.add_clauses(found, cuts, by=user, at=now())
                return redirect("regulation", found.pk)
            except Refused as refused:
                refusal = refused.reason
    standing = {row.number for row in found.clauses.all() if row.dropped_at is None}
    context = {
        "document": found, "form": form, "refusal": refusal,
        "cuts": [(cut, cut.number in standing) for cut in cuts],
        "fresh": sum(cut.number not in standing for cut in cuts),
    }  # fmt: skip
    status = 422 if refusal or form.errors else 200
    return render(request, "regulations/regulation_cut.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def clause_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Its number and words; the key stays."""
    found = clause_or_404(request, key)
    user = reader(request)
    require(policies.may_edit_clause(user, found))
    form = ClauseForm(initial={"number": found.number, "text": found.text})
    if request.method == "POST":
        form = ClauseForm(request.POST)
        if form.is_valid():
            actions.edit_clause(found, by=user, at=now(), **form.cleaned_data)
            return redirect("clause", found.key)
    context = {"clause": found, "document": found.document, "form": form}
    status = 422 if form.errors else 200
    return render(request, "regulations/clause_form.html", context, status=status)


@login_required
@require_POST
def clause_drop(request: HttpRequest, key: str) -> HttpResponse:
    """Taken out; what cites it still finds it."""
    found = clause_or_404(request, key)
    actions.drop_clause(found, by=reader(request), at=now())
    return redirect("regulation", found.document_id)
