"""账号保管: who holds which login, when its secret was changed."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, F
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import Detail, record
from meice.compliance import actions, policies
from meice.compliance.documents import custodies_bytes
from meice.compliance.forms import CustodyFilter, CustodyForm, RotateForm
from meice.compliance.forms.filters import CUSTODY_VIEWS, custody_view
from meice.compliance.models import Custody
from meice.compliance.views.signed import (
    MOST_EXPORTED,
    XLSX,
    custody_or_404,
    outlet_or_404,
    people_of,
    reader,
    unit_choices,
)
from meice.compliance.workflow import CUSTODY
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import User
from meice.registry.models import Outlet

FIELDS = (
    "what", "holder", "is_student", "teacher", "factor", "rotated_on", "recovery_name", "note",
)  # fmt: skip


@login_required
@require_GET
def custody_list(request: HttpRequest) -> HttpResponse:
    """Logins in somebody's hands; those due to be changed first, unknown dates before all."""
    user, today = reader(request), timezone.localdate(now())
    wanted = CustodyFilter.of(request.GET, user)
    seen = Custody.objects.visible_to(user)
    rows = wanted.apply(seen, today).select_related("outlet__unit")
    page = Page[Custody].of(request, rows.order_by(F("rotate_by").asc(nulls_first=True), "pk"))
    numbers = seen.aggregate(
        **{view: Count("pk", filter=custody_view(view, today)) for view in CUSTODY_VIEWS}
    )
    context = {
        "page": page,
        "rows": [(row, row.rotation(today)) for row in page.rows],
        "views": [(view, label, numbers[view]) for view, label in CUSTODY_VIEWS.items()],
        "filter": wanted,
        "units": unit_choices(user),
    }
    return render(request, "compliance/custody_list.html", context)


@login_required
@require_POST
def custody_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`, without telephone numbers; leaves an audit line."""
    user, today = reader(request), timezone.localdate(now())
    require(policies.may_export_compliance(user))
    wanted = CustodyFilter.of(request.POST, user)
    rows = wanted.apply(Custody.objects.visible_to(user), today)
    number = rows.count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 行，一次最多导出 {MOST_EXPORTED} 行。请缩小条件。")
    content = custodies_bytes(rows.select_related("outlet__unit").order_by("outlet__pinyin_key"))
    with transaction.atomic():
        detail: Detail = {"rows": number}
        record("custody.export", None, by=user, detail=detail)
    return attachment(BytesIO(content), f"账号保管 {today:%Y%m%d}.xlsx", kind=XLSX)


@login_required
@require_GET
def custody(request: HttpRequest, pk: int) -> HttpResponse:
    """One custody; the number of whom to ask is masked."""
    return _page(request, custody_or_404(request, pk), number="")


@login_required
@require_POST
def custody_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the whole number, this once; leaves an audit line."""
    found = custody_or_404(request, pk)
    return _page(request, found, number=actions.show_recovery(found, by=reader(request)))


def _page(
    request: HttpRequest, found: Custody, *, number: str, form: RotateForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    user, today = reader(request), timezone.localdate(now())
    context = {
        "custody": found,
        "rotation": found.rotation(today),
        "events": list(found.events.order_by("-pk")[:30]),
        "number": number,
        "may_number": policies.may_see_recovery(user, found),
        "edit": policies.may_edit_custody(user, found),
        "take_back": CUSTODY.verdict("return", found, user),
        "works": policies.works(user, found.outlet.unit),
        "form": form or RotateForm(initial={"on": today}),
    }
    return render(request, "compliance/custody.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def custody_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody holds a login of this outlet."""
    outlet, user = outlet_or_404(request, pk), reader(request)
    require(policies.may_add_custody(user, outlet))
    return _write(request, user, outlet, None)


@login_required
@require_http_methods(["GET", "POST"])
def custody_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written about it."""
    found, user = custody_or_404(request, pk), reader(request)
    require(policies.may_edit_custody(user, found))
    return _write(request, user, found.outlet, found)


def _write(request: HttpRequest, user: User, outlet: Outlet, found: Custody | None) -> HttpResponse:
    people = people_of(outlet.unit)
    kept = found.recovery_phone if found else ""
    form = CustodyForm(initial=_initial(found), people=people, kept_phone=kept)
    refusal, status = "", 200
    if request.method == "POST":
        form = CustodyForm(request.POST, people=people, kept_phone=kept)
        if form.is_valid():
            try:
                return redirect("custody", _keep(user, outlet, found, form).pk)
            except Refused as refused:
                refusal = refused.reason
        status = 422
    context = {"form": form, "custody": found, "outlet": outlet, "refusal": refusal}
    return render(request, "compliance/custody_form.html", context, status=status)


def _initial(found: Custody | None) -> dict[str, object] | None:
    if found is None:
        return None
    initial = {name: getattr(found, name) for name in FIELDS}
    return initial if found.holder else initial | {"holder_name": found.holder_name}


def _keep(user: User, outlet: Outlet, found: Custody | None, form: CustodyForm) -> Custody:
    if found is None:
        return actions.add_custody(outlet, form.facts(), by=user, at=now())
    return actions.edit_custody(found, form.facts(), by=user, at=now())


@login_required
@require_POST
def custody_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """The secret was changed on that day."""
    found, user = custody_or_404(request, pk), reader(request)
    require(policies.may_edit_custody(user, found))
    form = RotateForm(request.POST)
    if form.is_valid():
        try:
            actions.rotate_custody(found, on=form.cleaned_data["on"], by=user, at=now())
            return redirect("custody", found.pk)
        except Refused as refused:
            form.add_error("on", refused.reason)
    return _page(request, found, number="", form=form, status=422)


@login_required
@require_POST
def custody_return(request: HttpRequest, pk: int) -> HttpResponse:
    """收回."""
    found = custody_or_404(request, pk)
    actions.return_custody(found, by=reader(request), at=now())
    return redirect("compliance", found.outlet_id)
