"""假冒账号: the list, the candidates from discovery, and what is filtered as a workbook."""

from io import BytesIO
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, F, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import Detail, record
from meice.engines.outlets import PLATFORMS
from meice.impersonations import policies
from meice.impersonations.actions import candidates
from meice.impersonations.documents import dockets_bytes
from meice.impersonations.forms import DocketFilter
from meice.impersonations.forms.filters import ENDED, VIEWS
from meice.impersonations.models import OPEN, Guise, Impersonation
from meice.impersonations.models.docket import ImpersonationQuerySet
from meice.impersonations.models.words import STATUS_LOOKS
from meice.impersonations.views.signed import person
from meice.inspections.models import Lead
from meice.kernel import slots
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.registry.forms.filters import is_private

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 10_000
KEYS = ("view", "q", "unit", "status", "platform", "guise")


@login_required
@require_http_methods(["GET", "POST"])
def impersonation_list(request: HttpRequest) -> HttpResponse:
    """Her own open ones first. A term of many digits is posted and stays out of addresses."""
    user, today = person(request), timezone.localdate(now())
    given = request.GET if request.method == "GET" else request.POST
    if request.method == "POST" and not is_private(given.get("q", "")):
        query = urlencode({key: given[key] for key in KEYS if given.get(key)})
        return redirect(f"{reverse('impersonation-list')}?{query}")
    seen = Impersonation.objects.visible_to(user)
    numbers = _numbers(seen, user)
    wanted = DocketFilter.of(given, user, "mine" if numbers["mine"] else "open")
    total = None if wanted.is_on else numbers[wanted.view]
    rows = in_order(wanted.apply(seen, user, today), wanted.view)
    page = Page[Impersonation].of(request, rows, total)
    context = {
        "page": page,
        "rows": [(row, row.is_late(today)) for row in page.rows],
        "views": [(key, VIEWS[key], numbers[key]) for key in VIEWS],
        "filter": wanted,
        "statuses": [(status.value, look.label) for status, look in STATUS_LOOKS.items()],
        "platforms": PLATFORMS,
        "guises": Guise.choices,
        "units": [choice for source in slots.unit_choices for choice in source.find(user)],
        "may_report": policies.may_report(user),
        "may_candidates": policies.may_see_candidates(user),
        "is_department": user.has(Right.DECIDE_BUSINESS),
    }
    return render(request, "impersonations/list.html", context)


def _numbers(seen: ImpersonationQuerySet, user: User) -> dict[str, int]:
    """How many each view holds, by one query."""
    today = timezone.localdate(now())
    mine = Impersonation.objects.mine(user, today).values("pk")
    late = Impersonation.objects.late(today).values("pk")
    rest = seen.aggregate(
        mine=Count("pk", filter=Q(pk__in=mine)),
        late=Count("pk", filter=Q(pk__in=late)),
        open=Count("pk", filter=Q(status__in=OPEN)),
        watched=Count("pk", filter=Q(status="watched")),
        ended=Count("pk", filter=Q(status__in=ENDED)),
        all=Count("pk"),
    )
    return dict(rest)


def in_order(rows: ImpersonationQuerySet, view: str) -> ImpersonationQuerySet:
    """What is due first; the ended ones by day, the last first."""
    if view in ("ended", "all"):
        return rows.order_by("-reported_at", "-pk")
    if view == "watched":
        return rows.order_by("check_on", "pk")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


@login_required
@require_POST
def impersonation_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`; leaves an audit line."""
    user, today = person(request), timezone.localdate(now())
    require(policies.may_export_list(user))
    wanted = DocketFilter.of(request.POST, user)
    rows = wanted.apply(Impersonation.objects.visible_to(user), user, today)
    number = rows.count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 份，一次最多导出 {MOST_EXPORTED} 份。请缩小条件。")
    found = in_order(rows, wanted.view).select_related("judged_by").prefetch_related("referrals")
    content = dockets_bytes(found, today)
    with transaction.atomic():
        detail: Detail = {"rows": number, "filter": wanted.words[:100]}
        record("impersonation.export", None, by=user, detail=detail)
    return attachment(BytesIO(content), f"假冒账号 {today:%Y%m%d}.xlsx", kind=XLSX)


@login_required
@require_GET
def impersonation_candidates(request: HttpRequest) -> HttpResponse:
    """Leads that use or imitate our name and have no docket yet; a person decides."""
    user = person(request)
    require(policies.may_see_candidates(user))
    page = Page[Lead].of(request, candidates.candidates_for(user))
    context = {
        "page": page,
        "rows": [candidates.Candidate.of(lead) for lead in page.rows],
        "may_report": policies.may_report(user),
    }
    return render(request, "impersonations/candidates.html", context)
