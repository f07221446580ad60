"""内容巡查: today's rounds and the record book; on paper and as a workbook."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.audit.actions import Detail, record
from meice.kernel import slots
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import User
from meice.patrols import policies
from meice.patrols.documents import lines_of, workbook_of
from meice.patrols.forms import KEPT, VIEWS, RoundFilter
from meice.patrols.models import Plan, Round, RoundQuerySet, RoundStatus, Visit
from meice.patrols.views.signed import patroller
from meice.registry.forms.filters import is_private

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 20_000
MOST_PRINTED = 200


@login_required
@require_http_methods(["GET", "POST"])
def round_list(request: HttpRequest) -> HttpResponse:
    """Her own open rounds first, else the book. A term is posted: what may be a telephone number
    never stands in an address."""
    user = patroller(request)
    if request.method == "POST":
        return _to_address(request)
    at = now()
    today = timezone.localdate(at)
    seen = Round.objects.visible_to(user)
    numbers = _numbers(seen, user, today)
    wanted = RoundFilter.of(request.GET, user, today, "mine" if numbers["mine"] else "all")
    rows = in_order(wanted.apply(seen, user, today), wanted.view)
    total = None if wanted.is_on else numbers[wanted.view]
    page = Page[Round].of(request, rows, total)
    context = {
        "page": page,
        "rows": [(row, row.is_late(at)) for row in page.rows],
        "views": [(key, VIEWS[key], numbers[key]) for key in VIEWS],
        "filter": wanted,
        "statuses": RoundStatus.choices,
        "units": [choice for source in slots.unit_choices for choice in source.find(user)],
        "plans": list(Plan.objects.visible_to(user).values_list("pk", "name")[:200]),
        "kept": [(key, request.GET.get(key, "")) for key in KEPT if request.GET.get(key)],
        "may_plan": policies.may_plan(user),
        "may_settings": policies.may_open_settings(user),
    }
    return render(request, "patrols/round_list.html", context)


def _to_address(request: HttpRequest) -> HttpResponse:
    kept = QueryDict(mutable=True)
    for key in KEPT:
        if value := request.POST.get(key, "").strip():
            kept[key] = value[:80]
    if is_private(kept.get("q", "")):
        kept.pop("q")
        messages.warning(request, "像是电话号码，没有用来查找。请用巡查、单位、账号或人名。")
    return redirect(f"{reverse('round-list')}?{kept.urlencode()}")


def _numbers(seen: RoundQuerySet, user: User, today: date) -> dict[str, int]:
    """How many each view holds, by one query."""
    counts = seen.aggregate(
        mine=Count("pk", filter=Q(pk__in=Round.objects.mine(user).values("pk"))),
        today=Count("pk", filter=Q(day=today)),
        missed=Count("pk", filter=Q(missed_at__isnull=False)),
        problems=Count("pk", filter=Q(problem_count__gt=0)),
        all=Count("pk"),
    )
    return dict(counts)


def in_order(rows: RoundQuerySet, view: str) -> RoundQuerySet:
    """What is to do by its end, the book with the last day first."""
    return rows.order_by("due_at", "pk") if view == "mine" else rows.order_by("-opens_at", "-pk")


@login_required
@require_GET
def round_book(request: HttpRequest) -> HttpResponse:
    """巡查记录 on paper: each round in one line, its problems below; leaves an audit line."""
    user, at = patroller(request), now()
    require(policies.may_export_rounds(user))
    wanted = RoundFilter.of(request.GET, user, timezone.localdate(at))
    rows = in_order(_chosen(wanted, user, timezone.localdate(at)), "all")
    number = rows.count()
    if number > MOST_PRINTED:
        raise Refused(f"筛选出 {number} 轮，一次最多打印 {MOST_PRINTED} 轮。请按日期缩小。")
    problems = list(lines_of(rows.filter(problem_count__gt=0), only_problems=True))
    context = {
        "rounds": rows,
        "problems": problems,
        "sums": rows.order_by().aggregate(
            outlets=Sum("outlet_count"), problems=Sum("problem_count"), unseen=Sum("unseen_count")
        ),
        "filter": wanted,
        "query": request.GET.urlencode(),
        "at": at,
    }
    _note("round.print", user, number, wanted)
    return render(request, "patrols/round_book.html", context)


@login_required
@require_POST
def round_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`, one row an outlet; leaves an audit line."""
    user, today = patroller(request), timezone.localdate(now())
    require(policies.may_export_rounds(user))
    wanted = RoundFilter.of(request.POST, user, today)
    rows = in_order(_chosen(wanted, user, today), "all")
    number = Visit.objects.filter(round__in=rows.order_by().values("pk")).count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 行，一次最多导出 {MOST_EXPORTED} 行。请按日期缩小。")
    stream = workbook_of(lines_of(rows))
    _note("round.export", user, number, wanted)
    return attachment(stream, f"巡查记录 {today:%Y%m%d}.xlsx", kind=XLSX)


def _chosen(wanted: RoundFilter, user: User, today: date) -> RoundQuerySet:
    return wanted.apply(Round.objects.visible_to(user), user, today)


def _note(act: str, user: User, number: int, wanted: RoundFilter) -> None:
    with transaction.atomic():
        detail: Detail = {"rows": number, "filter": wanted.words[:100]}
        record(act, None, by=user, detail=detail)
