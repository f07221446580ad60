"""Writing: a new manuscript, a new revision, 送审, 收回修改, 作废."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from meice.editorial import policies
from meice.editorial.actions import submitting, writing
from meice.editorial.forms import ManuscriptForm
from meice.editorial.lexicons.reading import Reading, read_copy
from meice.editorial.models import Manuscript
from meice.editorial.views.manuscript import manuscript_page
from meice.editorial.views.signed import manuscript_or_404, person
from meice.engines.documents import Kind, Text
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import is_htmx
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

PURPOSE = "manuscript"


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def manuscript_new(request: HttpRequest) -> HttpResponse:
    """起草: for the unit of the chosen post, or one below it."""
    user = person(request)
    require(policies.may_draft_manuscript(user))
    unit = _unit_of(request, user)
    require(policies.may_draft_manuscript(user, unit))
    return _form_page(request, unit, None)


def _unit_of(request: HttpRequest, user: User) -> Unit:
    """Her own unit; another of her reach when the address names it."""
    below = Unit.objects.active().below(*user.reach(Right.DRAFT_BUSINESS))
    given = request.GET.get("unit", "")
    wanted = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    found: Unit | None = below.filter(pk=wanted).first() if wanted else None
    if found is None and user.post is not None:
        found = user.post.unit
    if found is None:
        raise Refused("先选一个岗位。")
    return found


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def manuscript_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A new revision on top of the newest."""
    found = manuscript_or_404(request, pk)
    require(policies.may_write(person(request), found))
    return _form_page(request, found.unit, found)


def _form_page(request: HttpRequest, unit: Unit, found: Manuscript | None) -> HttpResponse:
    """The form; 读一遍 reads what is typed and keeps nothing, 存稿 keeps it."""
    revision = found.revision if found else None
    if request.method != "POST":
        return _page(request, unit, found, ManuscriptForm(unit=unit, revision=revision))
    if request.POST.get("act") == "proof":
        return _proof(request, unit, found)
    form = ManuscriptForm(request.POST, request.FILES, unit=unit, revision=revision)
    saved = _save(person(request), unit, found, form) if form.is_valid() else None
    if saved is None:
        return _page(request, unit, found, form, status=422)
    if request.POST.get("act") == "submit":
        return _submit(request, saved)
    return redirect("manuscript", saved.pk)


def _proof(request: HttpRequest, unit: Unit, found: Manuscript | None) -> HttpResponse:
    """The machine's reading of what stands in the form; nothing is kept."""
    typed = f"{request.POST.get('title', '')}\n{request.POST.get('body', '')}"
    copy = Text(Kind.UNKNOWN, typed)
    reading = read_copy(copy, today=timezone.localdate(now()), path=unit.path)
    if is_htmx(request):
        return render(request, "editorial/_reading.html", {"reading": reading})
    revision = found.revision if found else None
    form = ManuscriptForm(request.POST, unit=unit, revision=revision)
    form.is_bound = True
    return _page(request, unit, found, form, reading=reading)


def _page(
    request: HttpRequest,
    unit: Unit,
    found: Manuscript | None,
    form: ManuscriptForm,
    *,
    reading: Reading | None = None,
    status: int = 200,
) -> HttpResponse:
    returned = _returned(found) if found else None
    context: dict[str, Any] = {
        "manuscript": found,
        "unit": unit,
        "form": form,
        "reading": reading,
        "returned": returned,
        "comments": found.newest.comments.all() if found else (),
        "issues": found.newest.issues.select_related("waiver")[:100] if found else (),
    }
    return render(request, "editorial/manuscript_form.html", context, status=status)


def _returned(found: Manuscript) -> Any:
    """The last 退回, while it is being mended."""
    if found.status != "returned":
        return None
    return found.events.filter(act="return").last()


def _save(
    user: User, unit: Unit, found: Manuscript | None, form: ManuscriptForm
) -> Manuscript | None:
    """Keep the files, then the revision; what is refused is said at the form."""
    try:
        added = [_kept(upload, user) for upload in form.cleaned_data["added"]]
        written = form.written(added)
        if found is None:
            return writing.draft_manuscript(unit, written, by=user, at=now())
        base = form.cleaned_data["base"] or 0
        return writing.save_revision(found, written, base=base, by=user, at=now())
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None


def _kept(upload: Any, user: User) -> StoredFile:
    return keep_file(upload, name=upload.name or "", by=user, purpose=PURPOSE)


def _submit(request: HttpRequest, found: Manuscript) -> HttpResponse:
    """送审; what is lacking is said on the manuscript's page, where the saved text stands."""
    try:
        submitting.submit_manuscript(found, by=person(request), at=now())
    except Refused as refusal:
        fresh = manuscript_or_404(request, found.pk)
        return manuscript_page(request, fresh, status=422, refusal=refusal.reason)
    return redirect("manuscript", found.pk)


@login_required
@require_POST
def manuscript_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """送审."""
    found = manuscript_or_404(request, pk)
    require(policies.may_write(person(request), found))
    return _submit(request, found)


@login_required
@require_POST
def manuscript_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """收回修改, then the form."""
    found = manuscript_or_404(request, pk)
    submitting.reopen_manuscript(found, by=person(request), at=now())
    return redirect("manuscript-edit", found.pk)


@login_required
@require_POST
def manuscript_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """作废."""
    found = manuscript_or_404(request, pk)
    submitting.drop_manuscript(found, by=person(request), at=now())
    return redirect("manuscript", found.pk)
