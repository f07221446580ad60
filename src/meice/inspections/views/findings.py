"""The list of findings, one finding, a new one, its proofs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from meice.files.reading import file_response
from meice.inspections import policies
from meice.inspections.actions import record_finding
from meice.inspections.actions.recording import Told, Upload
from meice.inspections.forms import FindingFilter, RecordForm
from meice.inspections.forms.filters import GROUPS, KEPT
from meice.inspections.models import Evidence, Finding, FindingStatus, Origin, Severity
from meice.inspections.models.words import CODE_TITLES
from meice.inspections.views.common import finding_or_404, kept_query, person, units_of
from meice.inspections.views.shown import finding_context, problem_words, transfer_form
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.rectification.catalogue import CHOICES
from meice.registry.forms.filters import is_private
from meice.registry.models import Outlet


@login_required
@require_http_methods(["GET", "POST"])
def finding_list(request: HttpRequest) -> HttpResponse:
    """Everything she sees, by state, weight, source, class, unit. A term is posted: what may be a
    telephone number never stands in an address."""
    user = person(request)
    if not policies.may_see_findings(user):
        raise Http404
    if request.method == "POST":
        return _to_address(request)
    wanted = FindingFilter.of(request.GET, user)
    rows = wanted.apply(Finding.objects.visible_to(user))
    counts = rows.numbers(searched=bool(wanted.term))
    shown = rows.narrow().select_related("unit").order_by(*wanted.order)
    context = {
        "page": Page[Finding].of(request, shown, sum(counts.values())),
        "filter": wanted,
        "counts": [(status, number) for status, number in counts.items() if number],
        "groups": [(key, label) for key, (label, _) in GROUPS.items()],
        "statuses": FindingStatus.choices,
        "severities": Severity.choices,
        "origins": Origin.choices,
        "problems": CHOICES,
        "codes": list(CODE_TITLES.items()),
        "units": list(units_of(user, Right.SEE_BUSINESS, Right.SEE_SECURITY)),  # type: ignore[call-overload]
        "may_order": user.has(Right.DECIDE_BUSINESS),
        "may_record": policies.may_record_any(user),
        "may_export": policies.may_export(user),
        "opens_queue": policies.may_open_queue(user),
        "kept": [(key, request.GET.get(key, "")) for key in KEPT if request.GET.get(key)],
    }
    return render(request, "inspections/finding_list.html", context)


def _to_address(request: HttpRequest) -> HttpResponse:
    query = request.POST.copy()
    if is_private(query.get("q", "")) and "." not in query.get("q", ""):
        query["q"] = ""
        messages.warning(request, "像是电话号码，没有用来查找。请用名称、网址或整改单编号。")
    return redirect(f"{reverse('finding-list')}?{kept_query(query, *KEPT)}")


@login_required
@require_GET
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding with its proofs, its history, and what I may do."""
    return finding_page(request, finding_or_404(request, pk))


def finding_page(
    request: HttpRequest, found: Finding, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with a form that was refused put back as it was typed."""
    user = person(request)
    context = finding_context(found, user, now(), **forms)
    context["problem_words"] = problem_words(found)
    if context["transfer"]:
        context.setdefault("transfer_form", transfer_form(found, user))
    return render(request, "inspections/finding.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def finding_new(request: HttpRequest) -> HttpResponse:
    """抽查 and 上级通报 are recorded here."""
    user = person(request)
    require(policies.may_record_any(user))
    units = units_of(user, Right.DECIDE_BUSINESS)
    if request.method == "GET":
        form = RecordForm(initial=_asked(request, user), by=user, units=units)
        return render(request, "inspections/finding_new.html", {"form": form})
    form = RecordForm(request.POST, request.FILES, by=user, units=units)
    if form.is_valid():
        try:
            return redirect("finding", _record(form, user).pk)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    return render(request, "inspections/finding_new.html", {"form": form}, status=422)


def _asked(request: HttpRequest, user: User) -> dict[str, str]:
    """The number of the outlet from whose page she comes."""
    asked = request.GET.get("outlet", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        return {}
    found = Outlet.objects.visible_to(user).filter(pk=int(asked)).first()
    return {"number": found.number} if found else {}


def _record(form: RecordForm, user: User) -> Finding:
    said = form.cleaned_data
    told = Told(
        problem=said["problem"],
        text=said["text"].strip(),
        url=said["url"],
        severity=said["severity"],
        source=said["source"].strip(),
    )
    file = said.get("file")
    uploads = [Upload(file.name, file)] if file else []
    origin = Origin(said["origin"])
    return record_finding(
        said["unit"], form.outlet, told, origin=origin, by=user, at=now(), uploads=uploads
    )


@login_required
@require_GET
def evidence_file(request: HttpRequest, pk: int, proof: int) -> FileResponse:
    """A kept file as it was taken: a download, never live."""
    found = finding_or_404(request, pk)
    kept = get_object_or_404(Evidence.objects.select_related("file"), finding=found, pk=proof)
    return file_response(kept.file)
