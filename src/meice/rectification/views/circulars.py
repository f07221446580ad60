"""通报: the list, one circular, its drafting and its files."""

from collections.abc import Callable
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.rectification import actions, policies
from meice.rectification.documents import circular_docx, circular_xlsx, report_of
from meice.rectification.forms import CircularFilter, CircularForm
from meice.rectification.models import Circular, CircularStatus
from meice.rectification.views.orders import XLSX
from meice.rectification.views.papers import DOCX
from meice.rectification.views.signed import circular_or_404, person


@login_required
@require_GET
def circular_list(request: HttpRequest) -> HttpResponse:
    """Drafts first, then by date."""
    user = person(request)
    wanted = CircularFilter.of(request.GET)
    rows = Circular.objects.visible_to(user).matching(wanted.term)
    rows = rows.filter(status=wanted.status) if wanted.status else rows
    page = Page[Circular].of(
        request, rows.order_by(F("published_at").desc(nulls_first=True), "-pk")
    )
    context = {
        "page": page,
        "filter": wanted,
        "statuses": CircularStatus.choices,
        "may_draft": policies.may_draft_circular(user),
    }
    return render(request, "rectification/circular_list.html", context)


@login_required
@require_GET
def circular(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says: scope, rates, classes, one row an item."""
    found = circular_or_404(request, pk)
    user = person(request)
    report = report_of(found)
    context = {
        "circular": found,
        "report": report,
        "page": Page.of(request, list(report.rows)),
        "publish": policies.may_publish_circular(found, user),
        "is_department": user.has(Right.DECIDE_BUSINESS, found.unit),
        "is_draft": found.status == CircularStatus.DRAFT,
        "is_published": found.status == CircularStatus.PUBLISHED,
    }
    return render(request, "rectification/circular.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def circular_new(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    require(policies.may_draft_circular(person(request)))
    return _write(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def circular_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft's words and scope."""
    found = circular_or_404(request, pk)
    require(policies.may_draft_circular(person(request), found.unit))
    if found.status != CircularStatus.DRAFT:
        raise Refused(f"通报{found.state.label}，不能再改。")
    return _write(request, found)


def _units(user: User) -> object:
    return Unit.objects.active().below(*user.reach(Right.DECIDE_BUSINESS))


def _write(request: HttpRequest, found: Circular | None) -> HttpResponse:
    user = person(request)
    units = _units(user)
    form = CircularForm.of(found, units) if found else CircularForm(units=units)
    if request.method == "POST":
        form = CircularForm(request.POST, units=units)
        if form.is_valid():
            at = now()
            if found is None:
                kept = actions.draft_circular(form.said, by=user, at=at)
            else:
                kept = actions.edit_circular(found, form.said, by=user, at=at)
            return redirect("circular", kept.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "circular": found}
    return render(request, "rectification/circular_form.html", context, status=status)


def _step(deed: Callable[..., Circular]) -> Callable[[HttpRequest, int], HttpResponse]:
    """POST, act, back to the circular."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = circular_or_404(request, pk)
        deed(found, by=person(request), at=now())
        return redirect("circular", found.pk)

    return view


circular_count = _step(actions.count_circular)
circular_publish = _step(actions.publish_circular)
circular_recall = _step(actions.recall_circular)


@login_required
@require_GET
def circular_document(request: HttpRequest, pk: int) -> FileResponse:
    """As `.docx`."""
    found = _exported(request, pk)
    return attachment(BytesIO(circular_docx(found)), f"{_name(found)}.docx", kind=DOCX)


@login_required
@require_GET
def circular_table(request: HttpRequest, pk: int) -> FileResponse:
    """As `.xlsx`."""
    found = _exported(request, pk)
    return attachment(BytesIO(circular_xlsx(found)), f"{_name(found)}.xlsx", kind=XLSX)


def _exported(request: HttpRequest, pk: int) -> Circular:
    found = circular_or_404(request, pk)
    with transaction.atomic():
        detail = {"number": found.number}
        record("circular.export", found, by=person(request), detail=detail,
               unit_path=found.unit_path)  # fmt: skip
    return found


def _name(found: Circular) -> str:
    day = timezone.localdate(found.published_at or found.made_at)
    return f"{found.title} {day:%Y%m%d}"
