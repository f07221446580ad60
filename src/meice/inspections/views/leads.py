"""线索: what was seen beside the register, uploads, and whose it is."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.inspections import policies
from meice.inspections.actions import leads as deeds
from meice.inspections.actions.leads import root_of
from meice.inspections.forms.activity import AdoptForm, ListForm
from meice.inspections.forms.acts import NoteForm
from meice.inspections.models import DiscoveryUpload, Lead, LeadStatus, SeenIn
from meice.inspections.models.discovery import LEAD_LOOKS
from meice.inspections.workflow import LEAD
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment, visible_or_404
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.forms.filters import is_private
from meice.registry.views.signed import person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS: dict[str, Callable[..., Lead]] = {
    "disown": deeds.disown_lead,
    "suspect": deeds.suspect_lead,
    "rethink": deeds.rethink_lead,
}
OTHERS = {"off-campus": "双非", "likeness": "名称相似"}


def _wanted(request: HttpRequest) -> tuple[Any, dict[str, str]]:
    given = request.GET if request.method == "GET" else request.POST
    status, seen_in = given.get("status", LeadStatus.SEEN), given.get("seen_in", "")
    on = {
        "status": status if status in (*LeadStatus.values, "all") else LeadStatus.SEEN.value,
        "seen_in": seen_in if seen_in in SeenIn.values else "",
        "only": given.get("only", "") if given.get("only", "") in OTHERS else "",
        "q": " ".join(given.get("q", "").split())[:80],
    }
    rows = Lead.objects.visible_to(person(request)).matching(on["q"])
    if on["status"] != "all":
        rows = rows.filter(status=on["status"])
    if on["seen_in"]:
        rows = rows.filter(seen_in=on["seen_in"])
    if on["only"] == "off-campus":
        rows = rows.exclude(off_campus="")
    if on["only"] == "likeness":
        rows = rows.exclude(likeness="")
    return rows, on


@login_required
@require_http_methods(["GET", "POST"])
def lead_list(request: HttpRequest) -> HttpResponse:
    """Leads, those that wait first. A term of many digits is posted and stays out of addresses."""
    user = person(request)
    require(policies.may_see_leads(user))
    rows, on = _wanted(request)
    if request.method == "POST" and not is_private(on["q"]):
        query = "&".join(f"{key}={value}" for key, value in on.items() if value)
        return redirect(f"{reverse('lead-list')}?{query}")
    context = {
        "page": Page[Lead].of(
            request, rows.select_related("unit", "outlet").order_by("-last_seen_at", "-pk")
        ),
        "on": on,
        "is_on": on["q"] or on["seen_in"] or on["only"] or on["status"] != LeadStatus.SEEN,
        "statuses": [(status.value, LEAD_LOOKS[status].label) for status in LeadStatus],
        "sources": SeenIn.choices,
        "others": OTHERS.items(),
        "may_upload": policies.may_upload_lists(user),
    }
    return render(request, "inspections/lead_list.html", context)


@login_required
@require_POST
def lead_export(request: HttpRequest) -> FileResponse:
    """What is filtered, as a workbook; leaves an audit line."""
    user = person(request)
    require(policies.may_see_leads(user))
    rows, _ = _wanted(request)
    at = now()
    content = deeds.export_leads(rows, by=user, at=at)
    return attachment(BytesIO(content), f"线索 {timezone.localdate(at):%Y-%m-%d}.xlsx", kind=XLSX)


@login_required
@require_http_methods(["GET", "POST"])
def lead_upload(request: HttpRequest) -> HttpResponse:
    """A list of the IT office, or search results; earlier ones below."""
    user = person(request)
    require(policies.may_upload_lists(user))
    bound = request.method == "POST"
    form = ListForm(request.POST if bound else None, request.FILES if bound else None)
    if bound and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            made = deeds.upload_list(
                upload.read(), seen_in=SeenIn(form.cleaned_data["seen_in"]), name=upload.name,
                unit=_root(user), by=user, at=now(),
            )  # fmt: skip
            return redirect(f"{reverse('lead-upload')}?done={made.pk}")
        except Refused as refusal:
            form.add_error("file", refusal.reason)
    uploads = DiscoveryUpload.objects.filter(unit=_root(user)).select_related("file", "made_by")
    context = {
        "form": form,
        "done": uploads.filter(pk=_number(request.GET.get("done", ""))).first(),
        "page": Page[DiscoveryUpload].of(request, uploads),
    }
    return render(request, "inspections/lead_upload.html", context, status=422 if bound else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 15 else 0


def _root(user: User) -> Unit:
    """The university of the chosen post: leads belong to it until somebody says whose they are."""
    if user.post is None:
        raise Refused(policies.PROBERS_ONLY)
    return root_of(user.post.unit)


def _lead_or_404(request: HttpRequest, pk: int) -> Lead:
    seen = Lead.objects.visible_to(person(request))
    return visible_or_404(seen.select_related("unit", "outlet", "finding", "decided_by"), pk=pk)


@login_required
@require_GET
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead with everything known, and the ways to judge it."""
    return _page(request, _lead_or_404(request, pk))


def _page(request: HttpRequest, found: Lead, adopt: AdoptForm | None = None) -> HttpResponse:
    user = person(request)
    units = Unit.objects.active().below(*user.reach(Right.DECIDE_BUSINESS))
    context = {
        "lead": found,
        "adopt": LEAD.verdict("adopt", found, user),
        "rethink": LEAD.verdict("rethink", found, user),
        "adopt_form": adopt or AdoptForm(units=units),
        "note_form": NoteForm(),
    }
    status = 422 if adopt else 200
    return render(request, "inspections/lead.html", context, status=status)


@login_required
@require_POST
def lead_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """应登记."""
    found = _lead_or_404(request, pk)
    user = person(request)
    units = Unit.objects.active().below(*user.reach(Right.DECIDE_BUSINESS))
    require(LEAD.verdict("adopt", found, user))
    form = AdoptForm(request.POST, units=units)
    if not form.is_valid():
        return _page(request, found, form)
    deeds.adopt_lead(found, by=user, at=now(), **form.cleaned_data)
    return redirect("lead", pk)


@login_required
@require_POST
def lead_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """不属本校, 疑似假冒, 重新判断: each with its reason."""
    found = _lead_or_404(request, pk)
    require(LEAD.verdict(step, found, person(request)))
    STEPS[step](found, note=request.POST.get("note", ""), by=person(request), at=now())
    return redirect("lead", pk)
