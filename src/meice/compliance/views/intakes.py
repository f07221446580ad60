"""导入设备清单: upload, preview, apply."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.compliance import policies
from meice.compliance.actions import intakes
from meice.compliance.forms import UploadForm
from meice.compliance.models import DeviceIntake
from meice.compliance.plan import Planned, RowAct
from meice.compliance.views.signed import reader, units_to_keep
from meice.compliance.workflow import INTAKE
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, visible_or_404


@login_required
@require_http_methods(["GET", "POST"])
def devices_upload(request: HttpRequest) -> HttpResponse:
    """A list as it is; earlier ones below."""
    user = reader(request)
    require(policies.may_import_devices(user))
    units = units_to_keep(user)
    first = {"unit": user.post.unit_id if user.post else None}
    form, status = UploadForm(units=units, initial=first), 200
    if request.method == "POST":
        form, status = UploadForm(request.POST, request.FILES, units=units), 422
        if form.is_valid():
            upload, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
            try:
                intake = intakes.create_intake(
                    upload.read(), name=upload.name, unit=unit, by=user, at=now()
                )
                return redirect("devices-intake", intake.pk)
            except Refused as refused:
                form.add_error("file", refused.reason)
    mine = DeviceIntake.objects.visible_to(user).defer("grid").select_related("unit")
    context = {"form": form, "page": Page[DeviceIntake].of(request, mine)}
    return render(request, "compliance/devices_upload.html", context, status=status)


@login_required
@require_GET
def devices_intake(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview, or what became of it."""
    found, user = _intake(request, pk), reader(request)
    context: dict[str, object] = {
        "intake": found,
        "apply": INTAKE.verdict("apply", found, user),
        "drop": INTAKE.verdict("drop", found, user),
    }
    if found.status == "preview":
        planned = intakes.plan_of(found)
        counts = [(act, sum(row.act is act for row in planned)) for act in RowAct]
        wanted = request.GET.get("act", "")
        shown = [row for row in planned if not wanted or row.act == wanted]
        context |= {
            "page": Page[Planned].of(request, shown),
            "counts": counts,
            "digest": intakes.digest_of(planned),
            "writes": sum(row.act in (RowAct.NEW, RowAct.CHANGE) for row in planned),
        }
    return render(request, "compliance/devices_intake.html", context)


@login_required
@require_POST
def devices_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row without a fault."""
    found, user = _intake(request, pk), reader(request)
    intakes.apply_intake(found, digest=request.POST.get("digest", ""), by=user, at=now())
    return redirect("devices-intake", found.pk)


@login_required
@require_POST
def devices_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is imported."""
    found = _intake(request, pk)
    intakes.drop_intake(found, by=reader(request), at=now())
    return redirect("devices-upload")


def _intake(request: HttpRequest, pk: int) -> DeviceIntake:
    seen = DeviceIntake.objects.visible_to(reader(request)).select_related("unit")
    return visible_or_404(seen, pk=pk)
