"""整改单: the list, and what is filtered as a workbook."""

from datetime import date
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, F, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.audit.actions import Detail, record
from meice.kernel import slots
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.kernel.workdays import Workdays
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.rectification import policies
from meice.rectification.catalogue import CATALOGUE, Severity
from meice.rectification.documents import orders_bytes
from meice.rectification.forms import OrderFilter
from meice.rectification.forms.filters import VIEWS
from meice.rectification.models import IN_FORCE, Order, OrderStatus
from meice.rectification.models.order import OrderQuerySet
from meice.rectification.views.signed import person
from meice.rectification.workflow import REPEATED
from meice.registry.actions.terms import workdays

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 10_000


@login_required
@require_GET
def order_list(request: HttpRequest) -> HttpResponse:
    """Her own open ones first; late ones on top."""
    user, today = person(request), timezone.localdate(now())
    seen = Order.objects.visible_to(user)
    numbers = _numbers(seen, user)
    wanted = OrderFilter.of(request.GET, user, "mine" if numbers["mine"] else "open")
    rows = wanted.apply(seen, user, today)
    total = None if wanted.is_on else numbers[wanted.view]
    page = Page[Order].of(request, in_order(rows, wanted.view).prefetch_related("items"), total)
    calendar = workdays() if any(row.is_late(today) for row in page.rows) else None
    context = {
        "page": page,
        "rows": [(row, _late(row, calendar, today)) for row in page.rows],
        "views": [(key, VIEWS[key], numbers[key]) for key in VIEWS],
        "filter": wanted,
        "statuses": OrderStatus.choices,
        "severities": Severity.choices,
        "problems": CATALOGUE,
        "units": [choice for source in slots.unit_choices for choice in source.find(user)],
        "may_draft": policies.may_draft_order(user),
        "may_settings": user.has(Right.DECIDE_BUSINESS),
        "repeated": REPEATED,
    }
    return render(request, "rectification/order_list.html", context)


def _late(row: Order, calendar: Workdays | None, today: date) -> str:
    if calendar is None or not row.is_late(today):
        return ""
    number = calendar.between(row.deadline, today)
    return f"逾期 {number} 个工作日" if number else "逾期"


def _numbers(seen: OrderQuerySet, user: User) -> dict[str, int]:
    """How many each view holds, by one query."""
    today = timezone.localdate(now())
    with_unit = Q(pk__in=Order.objects.with_unit().values("pk"))
    rest = seen.aggregate(
        mine=Count("pk", filter=Q(pk__in=Order.objects.mine(user).values("pk"))),
        late=Count("pk", filter=with_unit & Q(due_on__lt=today)),
        open=Count("pk", filter=Q(status__in=[OrderStatus.DRAFT, *IN_FORCE])),
        repeated=Count("pk", filter=Q(status__in=IN_FORCE, reminders_sent__gte=REPEATED)),
        closed=Count("pk", filter=Q(status=OrderStatus.CLOSED)),
        all=Count("pk"),
    )
    return dict(rest)


def in_order(rows: OrderQuerySet, view: str) -> OrderQuerySet:
    """Open ones by deadline, ended ones by number, the last first."""
    if view in ("closed", "all"):
        return rows.order_by(F("issued_at").desc(nulls_first=True), "-pk")
    return rows.order_by(F("due_on").asc(nulls_first=True), "pk")


@login_required
@require_POST
def order_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`, one row an item; leaves an audit line."""
    user, today = person(request), timezone.localdate(now())
    require(policies.may_export_orders(user))
    wanted = OrderFilter.of(request.POST, user)
    rows = in_order(wanted.apply(Order.objects.visible_to(user), user, today), wanted.view)
    number = rows.count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 份，一次最多导出 {MOST_EXPORTED} 份。请缩小条件。")
    content = orders_bytes(rows.prefetch_related("items"), today)
    with transaction.atomic():
        detail: Detail = {"rows": number, "filter": wanted.words[:100]}
        record("order.export", None, by=user, detail=detail)
    return attachment(BytesIO(content), f"整改单 {today:%Y%m%d}.xlsx", kind=XLSX)
