"""事件: the list, the record book on paper and as a workbook, the times of response."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.functions import Least
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meice.audit.actions import Detail, record
from meice.incidents import policies
from meice.incidents.actions.terms import is_public_open
from meice.incidents.classes import IncidentKind, IncidentSource, Severity
from meice.incidents.documents import book_lines, incidents_bytes, response_of
from meice.incidents.forms import IncidentFilter
from meice.incidents.forms.filters import VIEWS
from meice.incidents.models import Incident, IncidentStatus, late_at
from meice.incidents.models.incident import LIVE, IncidentQuerySet
from meice.incidents.views.signed import person
from meice.incidents.views.timers import next_timer
from meice.kernel import slots
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment
from meice.orgs.models import User
from meice.orgs.roles import Right

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED, MOST_PRINTED = 10_000, 200


@login_required
@require_GET
def incident_list(request: HttpRequest) -> HttpResponse:
    """Open ones first, what runs out soonest on top."""
    user, at = person(request), now()
    seen = Incident.objects.visible_to(user)
    numbers = _numbers(seen, user, at)
    wanted = _filter(request.GET, user, at, "mine" if numbers["mine"] else "open")
    total = None if wanted.is_on else numbers[wanted.view]
    page = Page[Incident].of(request, in_order(wanted.apply(seen, user, at), wanted.view), total)
    context: dict[str, Any] = {
        "page": page,
        "rows": [(row, next_timer(row, at)) for row in page.rows],
        "views": [(key, VIEWS[key], numbers[key]) for key in VIEWS],
        "filter": wanted,
        "kinds": IncidentKind.choices,
        "severities": Severity.choices,
        "sources": IncidentSource.choices,
        "units": [choice for source in slots.unit_choices for choice in source.find(user)],
        "may_report": policies.may_report_incident(user),
        "may_settings": policies.may_see_settings(user),
        "is_public_open": is_public_open() if user.has(Right.DECIDE_BUSINESS) else False,
    }
    return render(request, "incidents/incident_list.html", context)


def _filter(query: QueryDict, user: User, at: datetime, default: str) -> IncidentFilter:
    return IncidentFilter.of(query, user, timezone.localdate(at), default)


def _numbers(seen: IncidentQuerySet, user: User, at: datetime) -> dict[str, int]:
    """How many each view holds, by one query."""
    mine = Q(pk__in=Incident.objects.mine(user).values("pk"))
    rest = seen.aggregate(
        mine=Count("pk", filter=mine),
        late=Count("pk", filter=late_at(at)),
        open=Count("pk", filter=Q(status__in=LIVE)),
        referred=Count("pk", filter=Q(status=IncidentStatus.REFERRED)),
        closed=Count("pk", filter=Q(status=IncidentStatus.CLOSED)),
        all=Count("pk"),
    )
    return dict(rest)


def in_order(rows: IncidentQuerySet, view: str) -> IncidentQuerySet:
    """Of live ones what nobody has taken up first, then by the timer that ends first; ended ones
    by time, the last first."""
    if view in ("closed", "all"):
        return rows.order_by("-reported_at", "-pk")
    waiting = Case(
        When(status=IncidentStatus.OPEN, then=Value(0)), default=Value(1),
        output_field=IntegerField(),
    )  # fmt: skip
    return rows.annotate(turn=waiting, first=Least("claim_by", "act_by")).order_by(
        "turn", "first", "pk"
    )


@login_required
@require_POST
def incident_export(request: HttpRequest) -> FileResponse:
    """What is filtered as `.xlsx`, one row an incident; leaves an audit line."""
    user, at = person(request), now()
    require(policies.may_export_incidents(user))
    wanted = _filter(request.POST, user, at, "all")
    rows = in_order(wanted.apply(Incident.objects.visible_to(user), user, at), wanted.view)
    number = rows.count()
    if number > MOST_EXPORTED:
        raise Refused(f"筛选出 {number} 件，一次最多导出 {MOST_EXPORTED} 件。请缩小条件。")
    content = incidents_bytes(book_lines(rows))
    _note(user, "incident.export", number, wanted)
    name = f"事件记录 {timezone.localdate(at):%Y%m%d}.xlsx"
    return attachment(BytesIO(content), name, kind=XLSX)


@login_required
@require_GET
def incident_book(request: HttpRequest) -> HttpResponse:
    """The record book for the printer; leaves an audit line."""
    user, at = person(request), now()
    require(policies.may_export_incidents(user))
    wanted = _filter(request.GET, user, at, "all")
    rows = wanted.apply(Incident.objects.visible_to(user), user, at).order_by("reported_at", "pk")
    number = rows.count()
    _note(user, "incident.book", min(number, MOST_PRINTED), wanted)
    context = {
        "lines": book_lines(rows[:MOST_PRINTED]),
        "left_out": max(0, number - MOST_PRINTED),
        "filter": wanted,
        "at": at,
    }
    return render(request, "incidents/book_print.html", context)


@transaction.atomic
def _note(user: User, act: str, number: int, wanted: IncidentFilter) -> None:
    detail: Detail = {"rows": number, "filter": wanted.words[:100]}
    record(act, None, by=user, detail=detail)


@login_required
@require_GET
def incident_statistics(request: HttpRequest) -> HttpResponse:
    """Times of response by class and severity; units are not ranked, nor drills counted."""
    user, at = person(request), now()
    require(policies.may_export_incidents(user))
    wanted = _filter(request.GET, user, at, "all")
    rows = wanted.narrow(Incident.objects.visible_to(user))
    context = {"response": response_of(rows, at), "filter": wanted, "at": at}
    return render(request, "incidents/statistics.html", context)
