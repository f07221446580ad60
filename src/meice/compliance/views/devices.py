"""专机专用: the list of devices, one device, its checks."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import Detail, record
from meice.compliance import actions, policies
from meice.compliance.documents import devices_bytes
from meice.compliance.forms import CheckForm, DeviceFilter, DeviceForm, ReasonForm
from meice.compliance.forms.filters import DEVICE_VIEWS, device_view
from meice.compliance.models import Device
from meice.compliance.views.signed import (
    MOST_EXPORTED,
    XLSX,
    device_or_404,
    people_of,
    reader,
    unit_choices,
    units_to_keep,
)
from meice.compliance.workflow import DEVICE
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import Unit, User

FIELDS = ("asset_number", "name", "kind", "custodian", "purpose", "place", "note")


@login_required
@require_GET
def device_list(request: HttpRequest) -> HttpResponse:
    """Devices in use; whose check is due stand first."""
    user, today = reader(request), timezone.localdate(now())
    wanted = DeviceFilter.of(request.GET, user)
    seen = Device.objects.visible_to(user)
    rows = wanted.apply(seen, today).select_related("unit")
    page = Page[Device].of(request, rows.order_by("check_due_on", "pk"))
    numbers = seen.aggregate(
        **{view: Count("pk", filter=device_view(view, today)) for view in DEVICE_VIEWS}
    )
    context = {
        "page": page,
        "rows": [(row, row.is_check_due(today)) for row in page.rows],
        "views": [(view, label, numbers[view]) for view, label in DEVICE_VIEWS.items()],
        "filter": wanted,
        "units": unit_choices(user),
        "may_add": policies.may_add_device(user),
        "may_import": policies.may_import_devices(user),
    }
    return render(request, "compliance/device_list.html", context)


@login_required
@require_POST
def device_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`; leaves an audit line."""
    user, today = reader(request), timezone.localdate(now())
    require(policies.may_export_compliance(user))
    wanted = DeviceFilter.of(request.POST, user)
    rows = wanted.apply(Device.objects.visible_to(user), today)
    number = rows.count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 台，一次最多导出 {MOST_EXPORTED} 台。请缩小条件。")
    content = devices_bytes(rows.select_related("unit").order_by("unit_path", "asset_number"))
    with transaction.atomic():
        detail: Detail = {"rows": number}
        record("device.export", None, by=user, detail=detail)
    return attachment(BytesIO(content), f"专用设备 {today:%Y%m%d}.xlsx", kind=XLSX)


@login_required
@require_GET
def device(request: HttpRequest, pk: int) -> HttpResponse:
    """One device: what it is, who keeps it, its checks, its history."""
    found, user = device_or_404(request, pk), reader(request)
    context = {
        "device": found,
        "is_due": found.is_check_due(timezone.localdate(now())),
        "checks": list(found.checks.all()[:20]),
        "events": list(found.events.order_by("-pk")[:30]),
        "edit": policies.may_edit_device(user, found),
        "check": policies.may_check_device(user, found),
        "retire": DEVICE.verdict("retire", found, user),
        "restore": DEVICE.verdict("restore", found, user),
        "works": policies.works(user, found.unit),
    }
    return render(request, "compliance/device.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def device_new(request: HttpRequest) -> HttpResponse:
    """First the unit, where she keeps several; then the device."""
    user = reader(request)
    require(policies.may_add_device(user))
    units = units_to_keep(user)
    chosen = request.GET.get("unit", "")
    unit = units.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 12 else None
    first = list(units[:2])
    unit = unit or (first[0] if len(first) == 1 else None)
    if unit is None:
        return render(request, "compliance/device_unit.html", {"units": units})
    return _write(request, user, unit, None)


@login_required
@require_http_methods(["GET", "POST"])
def device_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written about it."""
    found, user = device_or_404(request, pk), reader(request)
    require(policies.may_edit_device(user, found))
    return _write(request, user, found.unit, found)


def _write(request: HttpRequest, user: User, unit: Unit, found: Device | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in FIELDS} if found else {}
    if found and found.custodian is None:
        initial["custodian_name"] = found.custodian_name
    people = people_of(unit)
    form, refusal, status = DeviceForm(initial=initial or None, people=people), "", 200
    if request.method == "POST":
        form = DeviceForm(request.POST, people=people)
        if form.is_valid():
            try:
                return redirect("device", _keep(user, unit, found, form).pk)
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {"form": form, "device": found, "unit": unit, "refusal": refusal}
    return render(request, "compliance/device_form.html", context, status=status)


def _keep(user: User, unit: Unit, found: Device | None, form: DeviceForm) -> Device:
    if found is None:
        return actions.add_device(unit, form.facts(), by=user, at=now())
    return actions.edit_device(found, form.facts(), by=user, at=now())


@login_required
@require_http_methods(["GET", "POST"])
def device_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist; fit for a phone."""
    found, user = device_or_404(request, pk), reader(request)
    require(policies.may_check_device(user, found))
    form, refusal, status = CheckForm(initial={"on": timezone.localdate(now())}), "", 200
    if request.method == "POST":
        form = CheckForm(request.POST)
        if form.is_valid():
            got = form.cleaned_data
            try:
                actions.check_device(
                    found, form.answers, on=got["on"], note=got["note"], by=user, at=now()
                )
                return redirect("device", found.pk)
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {"form": form, "device": found, "refusal": refusal}
    return render(request, "compliance/device_check.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def device_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """停用, with where it went."""
    found, user = device_or_404(request, pk), reader(request)
    require(DEVICE.verdict("retire", found, user))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.retire_device(found, reason=form.cleaned_data["reason"], by=user, at=now())
        return redirect("device", found.pk)
    context = {"form": form, "device": found}
    status = 422 if form.errors else 200
    return render(request, "compliance/device_retire.html", context, status=status)


@login_required
@require_POST
def device_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Used again."""
    found = device_or_404(request, pk)
    actions.restore_device(found, by=reader(request), at=now())
    return redirect("device", found.pk)
