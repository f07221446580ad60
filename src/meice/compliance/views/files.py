"""合规档案: the list of outlets with their gaps, one outlet's file, one proof."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import Detail, record
from meice.compliance import actions, policies
from meice.compliance.actions.terms import all_terms
from meice.compliance.documents import files_bytes
from meice.compliance.forms import ItemForm, OutletFilter
from meice.compliance.models import ComplianceEvent, ComplianceItem, Custody, ItemKind, Standing
from meice.compliance.models.shown import asked_of, files_of, gap_words, lines_of
from meice.compliance.views.signed import (
    MOST_EXPORTED,
    XLSX,
    outlet_or_404,
    reader,
    unit_choices,
)
from meice.compliance.workflow import TermName
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.files.reading import file_response
from meice.inspections.models import Finding, Origin
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import User
from meice.registry.models import Outlet

PURPOSE = "compliance"
SHOWN_EVENTS = 30


@login_required
@require_GET
def compliance_list(request: HttpRequest) -> HttpResponse:
    """Standing outlets with what is on file, lacking and unknown."""
    user, today = reader(request), timezone.localdate(now())
    wanted, days = OutletFilter.of(request.GET, user), all_terms()[TermName.SECOND]
    seen = Outlet.objects.visible_to(user).standing()
    rows = wanted.apply(seen, today, days).select_related("unit").order_by("pinyin_key", "pk")
    page = Page[Outlet].of(request, rows)
    context = {
        "page": page,
        "rows": [
            (outlet, [line for line in lines if line.standing != Standing.EXEMPT], gap_words(lines))
            for outlet, lines in files_of(page.rows, today, days)
        ],
        "filter": wanted,
        "kinds": ItemKind.choices,
        "standings": Standing.choices,
        "units": unit_choices(user),
        "days": days,
        "may_settings": policies.may_open_settings(user),
    }
    return render(request, "compliance/compliance_list.html", context)


@login_required
@require_POST
def compliance_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`, one row an item; leaves an audit line."""
    user, today = reader(request), timezone.localdate(now())
    require(policies.may_export_compliance(user))
    wanted, days = OutletFilter.of(request.POST, user), all_terms()[TermName.SECOND]
    rows = wanted.apply(Outlet.objects.visible_to(user).standing(), today, days)
    number = rows.count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 个，一次最多导出 {MOST_EXPORTED} 个。请缩小条件。")
    outlets = list(rows.select_related("unit").order_by("pinyin_key", "pk"))
    content = files_bytes(files_of(outlets, today, days))
    with transaction.atomic():
        detail: Detail = {"rows": number}
        record("compliance.export", None, by=user, detail=detail)
    return attachment(BytesIO(content), f"合规档案 {today:%Y%m%d}.xlsx", kind=XLSX)


@login_required
@require_GET
def compliance(request: HttpRequest, pk: int) -> HttpResponse:
    """One outlet's file: proofs, logins, what was done, what is claimed."""
    found, user = outlet_or_404(request, pk), reader(request)
    today, days = timezone.localdate(now()), all_terms()[TermName.SECOND]
    items = _items(found)
    lines = lines_of(found, items, today, days)
    custodies = Custody.objects.visible_to(user).filter(outlet=found)
    claims = Finding.objects.visible_to(user).filter(outlet=found, origin=Origin.COMPLIANCE)
    events = ComplianceEvent.objects.filter(item__in=[item.pk for item in items.values()])
    context = {
        "outlet": found,
        "lines": lines,
        "gaps": gap_words(lines),
        "events": list(events.select_related("item").order_by("-pk")[:SHOWN_EVENTS]),
        "custodies": [(one, one.rotation(today)) for one in custodies.order_by("-status", "pk")],
        "claims": list(claims.order_by("-pk")[:10]),
        "may_record": policies.may_record_item(user, found),
        "may_custody": policies.may_add_custody(user, found),
    }
    return render(request, "compliance/compliance.html", context)


def _items(outlet: Outlet) -> dict[str, ComplianceItem]:
    rows = ComplianceItem.objects.filter(outlet=outlet).select_related("file")
    return {item.kind: item for item in rows}


@login_required
@require_http_methods(["GET", "POST"])
def compliance_record(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Say what is on file: 有, 缺, 不适用 or 未知."""
    found, user = outlet_or_404(request, pk), reader(request)
    of = _kind(found, kind)
    require(policies.may_record_item(user, found))
    item = _items(found).get(of.value)
    has_file = bool(item and item.file_id)
    form = ItemForm(initial=_initial(item), kind=of, has_file=has_file)
    refusal, status = "", 200
    if request.method == "POST":
        form = ItemForm(request.POST, request.FILES, kind=of, has_file=has_file)
        if form.is_valid():
            try:
                file = _file(form.cleaned_data["file"], user)
                actions.record_item(found, of, form.facts(), by=user, at=now(), file=file)
                return redirect("compliance", found.pk)
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {"outlet": found, "kind": of, "item": item, "form": form, "refusal": refusal}
    return render(request, "compliance/compliance_form.html", context, status=status)


def _kind(outlet: Outlet, kind: str) -> ItemKind:
    """A kind that is asked of this outlet; anything else does not exist."""
    if kind not in ItemKind.values or ItemKind(kind) not in asked_of(outlet):
        raise Http404
    return ItemKind(kind)


def _initial(item: ComplianceItem | None) -> dict[str, object]:
    fields = ("state", "grade", "number", "issuer", "valid_until", "is_permanent", "note")
    return {name: getattr(item, name) for name in fields} if item else {"state": "held"}


def _file(upload: "UploadedFile[bytes] | None", user: User) -> StoredFile | None:
    if not upload:
        return None
    return keep_file(upload, name=upload.name or "", by=user, purpose=PURPOSE)


@login_required
@require_GET
def compliance_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """The proof of one kind."""
    item = _items(outlet_or_404(request, pk)).get(kind)
    if item is None or item.file is None:
        raise Http404
    return file_response(item.file)
