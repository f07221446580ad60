"""One roster: its layers, what is wrong with the coming weeks, who is away; the calendar."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.duty import actions, policies
from meice.duty.documents import (
    HEADS,
    XLSX,
    month_of,
    month_xlsx,
    table_of,
    tallies_of,
    tally_xlsx,
    week_of,
)
from meice.duty.forms import FillForm, StandInForm, period_of
from meice.duty.models import Handover, Layer, Member, Roster, Shift, StandIn
from meice.duty.views.signed import form_page, person, roster_or_404
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import Page, attachment, visible_or_404

SHOWN = 20
NOTES = 5


@login_required
@require_GET
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a roster."""
    return _page(request, roster_or_404(request, pk))


def _page(
    request: HttpRequest, found: Roster, *, status: int = 200, fill: FillForm | None = None
) -> HttpResponse:
    user, at = person(request), now()
    today = timezone.localdate(at)
    may_edit = policies.may_edit_roster(user, found)
    troubles = actions.find_troubles(found, at) if found.active else []
    members = Prefetch("patterns__members", Member.objects.select_related("user"))
    layers = Layer.objects.filter(roster=found).prefetch_related("patterns__watches", members)
    until = (found.filled_until or today) + timedelta(weeks=4)
    stands = StandIn.objects.filter(roster=found, ended_at=None, last_day__gte=today)
    notes = Handover.objects.filter(shift__layer__roster=found)
    context = {
        "roster": found,
        "layers": layers,
        "keepers": actions.keepers_of(found),
        "running": Shift.objects.of(found).at(at).select_related("layer", "user"),
        "troubles": troubles[:SHOWN],
        "more": max(0, len(troubles) - SHOWN),
        "stand_ins": [
            (one, policies.may_end_stand_in(user, one, today))
            for one in stands.select_related("absent", "user", "roster__unit").prefetch_related(
                "roster__keepers"
            )
        ],
        "notes": notes.select_related("shift__layer", "next_shift__user")[:NOTES],
        "may_edit": may_edit,
        "may_close": policies.may_close_roster(user, found),
        "may_reopen": policies.may_reopen_roster(user, found),
        "fill": fill or FillForm(initial={"until": until}),
        "at": at,
    }
    return render(request, "duty/roster.html", context, status=status)


@login_required
@require_POST
def roster_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Shifts up to a day."""
    found, form = roster_or_404(request, pk), FillForm(request.POST)
    require(policies.may_edit_roster(person(request), found))
    if form.is_valid():
        try:
            actions.fill_roster(found, form.cleaned_data["until"], by=person(request), at=now())
            return redirect("roster", found.pk)
        except Refused as refusal:
            form.add_error("until", refusal.reason)
    return _page(request, found, status=422, fill=form)


@login_required
@require_POST
def roster_replan(request: HttpRequest, pk: int) -> HttpResponse:
    """按排法重排."""
    found = roster_or_404(request, pk)
    actions.replan_roster(found, by=person(request), at=now())
    return redirect("roster-calendar", found.pk)


@login_required
@require_GET
def roster_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A month or a week, one row a day."""
    found, today = roster_or_404(request, pk), timezone.localdate(now())
    is_week = "week" in request.GET
    first, last = _days(request, today)
    table = table_of(found, first, last)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    context = {
        "roster": found,
        "table": table,
        "is_week": is_week,
        "today": today,
        "month": f"{first:%Y-%m}",
        "previous": f"?week={before}" if is_week else f"?month={before:%Y-%m}",
        "following": f"?week={after}" if is_week else f"?month={after:%Y-%m}",
        "may_export": policies.may_export(person(request)),
        "user_id": person(request).pk,
    }
    return render(request, "duty/calendar.html", context)


def _days(request: HttpRequest, today: date) -> tuple[date, date]:
    if "week" in request.GET:
        return week_of(request.GET["week"][:20], today)
    return month_of(request.GET.get("month", "")[:7], today)


@login_required
@require_GET
def roster_print(request: HttpRequest, pk: int) -> HttpResponse:
    """A month on paper, without numbers."""
    found = roster_or_404(request, pk)
    first, last = month_of(request.GET.get("month", "")[:7], timezone.localdate(now()))
    context = {"roster": found, "table": table_of(found, first, last), "at": now()}
    return render(request, "duty/print.html", context)


@login_required
@require_POST
def roster_export(request: HttpRequest, pk: int) -> FileResponse:
    """A month as `.xlsx`; leaves an audit line."""
    found = roster_or_404(request, pk)
    first, last = month_of(request.POST.get("month", "")[:7], timezone.localdate(now()))
    table = table_of(found, first, last)
    actions.export_roster(found, month=f"{first:%Y-%m}", rows=table.total, by=person(request))
    name = f"{found.unit.called} {found.name} {first:%Y-%m}.xlsx"
    return attachment(BytesIO(month_xlsx(table)), name, kind=XLSX)


@login_required
@require_GET
def roster_tally(request: HttpRequest, pk: int) -> HttpResponse:
    """值班统计: who had how many shifts of which kind in a period."""
    found = roster_or_404(request, pk)
    first, last = period_of(request.GET, timezone.localdate(now()))
    context = {
        "roster": found,
        "first": first,
        "last": last,
        "heads": HEADS,
        "tallies": tallies_of(Shift.objects.of(found).between(first, last)),
        "may_export": policies.may_export(person(request)),
    }
    return render(request, "duty/tally.html", context)


@login_required
@require_POST
def roster_tally_export(request: HttpRequest, pk: int) -> FileResponse:
    """The same as `.xlsx`."""
    found = roster_or_404(request, pk)
    first, last = period_of(request.POST, timezone.localdate(now()))
    tallies = tallies_of(Shift.objects.of(found).between(first, last))
    month = f"{first} 至 {last}"
    actions.export_roster(found, month=month, rows=len(tallies), by=person(request))
    name = f"{found.unit.called} {found.name} 值班统计 {first:%Y%m%d}-{last:%Y%m%d}.xlsx"
    return attachment(BytesIO(tally_xlsx(tallies)), name, kind=XLSX)


@login_required
@require_GET
def roster_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """交班记录 of a roster, the last first."""
    found = roster_or_404(request, pk)
    rows = Handover.objects.filter(shift__layer__roster=found).select_related(
        "shift__layer", "next_shift__user"
    )
    term = " ".join(request.GET.get("q", "").split())[:60]
    if term:
        rows = rows.filter(text__icontains=term) | rows.filter(by_name__icontains=term)
    rows = rows.order_by("-shift__begins_at", "-pk").prefetch_related("items")
    context = {"roster": found, "page": Page[Handover].of(request, rows), "term": term}
    return render(request, "duty/notes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def stand_in_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is away: another has her shifts of these days."""
    user, found = person(request), roster_or_404(request, pk)
    require(policies.may_edit_roster(user, found))
    form = StandInForm(request.POST or None, roster=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.arrange_stand_in(found, form.absence(), by=user, at=now())
            return redirect("roster", found.pk)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    more: dict[str, Any] = {"roster": found, "verb": "安排代班"}
    return form_page(request, form, "安排代班", back=found.get_absolute_url(), **more)


@login_required
@require_POST
def stand_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    """She is back."""
    seen = Roster.objects.visible_to(person(request)).values("pk")
    stand_in = visible_or_404(StandIn.objects.filter(roster__in=seen), pk=pk)
    actions.end_stand_in(stand_in, by=person(request), at=now())
    return redirect("roster", stand_in.roster_id)
