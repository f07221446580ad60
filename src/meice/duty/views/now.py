"""值班: who is on duty now; what is mine; the address of my calendar."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from meice.duty import actions, policies
from meice.duty.models import CalendarFeed, Handover, OpenItem, Roster, Shift, Swap
from meice.duty.slots import sees_duty
from meice.duty.views.signed import person
from meice.kernel.clock import now
from meice.kernel.http import Page, visible_or_404
from meice.orgs.models import User

MINE = 5
RECENT = timedelta(days=1)


@never_cache
@login_required
@require_GET
def duty(request: HttpRequest) -> HttpResponse:
    """Who is on duty now, in every roster that the reader is shown."""
    return _page(request)


@never_cache
@login_required
@require_POST
def duty_number(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with one whole number, for this view only; leaves an audit line."""
    shown = Shift.objects.shown_to(person(request)).select_related("layer__roster__unit", "user")
    shift = visible_or_404(shown, pk=pk)
    number = actions.show_number(shift, by=person(request), at=now())
    return _page(request, opened=shift.pk, number=number)


def _page(request: HttpRequest, opened: int = 0, number: str = "") -> HttpResponse:
    user, at = _reader(request), now()
    seen = Roster.objects.visible_to(user).values("pk")
    rosters = Roster.objects.shown_to(user).running().select_related("unit")
    rosters = rosters.annotate(
        is_visible=ExpressionWrapper(Q(pk__in=seen), output_field=BooleanField())
    )
    page: Page[Any] = Page.of(request, rosters.order_by("unit__path", "name", "pk"))
    shifts = _now_and_next(page.rows, at)
    context = {
        "page": page,
        "groups": [
            (roster, roster.is_visible, [_line(s, user, at, opened, number) for s in shifts[roster.pk]])
            for roster in page.rows
        ],
        "at": at,
        "may_create": policies.may_create_roster(user),
        **_mine(user, at),
    }  # fmt: skip
    return render(request, "duty/now.html", context)


def _reader(request: HttpRequest) -> User:
    user = person(request)
    if not sees_duty(user):
        raise Http404
    return user


def _now_and_next(rosters: list[Roster], at: datetime) -> dict[int, list[Shift]]:
    """Running shifts of each roster, and the next one of a layer in which nobody is on duty."""
    found: dict[int, list[Shift]] = {roster.pk: [] for roster in rosters}
    rows = Shift.objects.ahead(at).filter(
        layer__roster__in=found, begins_at__lte=at + timedelta(days=7)
    )
    seen: set[int] = set()
    for shift in rows.select_related("layer__roster", "user").order_by(
        "begins_at", "layer__place", "pk"
    ):
        if shift.has_begun(at) or shift.layer_id not in seen:
            found[shift.layer.roster_id].append(shift)
            seen.add(shift.layer_id)
    return found


def _line(shift: Shift, user: User, at: datetime, opened: int, number: str) -> dict[str, Any]:
    may = shift.user is not None and shift.user.mobile and policies.may_see_number(user, shift, at)
    return {
        "shift": shift,
        "on_now": shift.has_begun(at),
        "number": number if shift.pk == opened else "",
        "reveal_url": reverse("duty-number", args=[shift.pk]) if may else "",
    }


def _mine(user: User, at: datetime) -> dict[str, Any]:
    """What waits for her, and her next shifts."""
    hers = Shift.objects.filter(user=user).select_related("layer__roster__unit", "user")
    asked = (
        Swap.objects.asked().filter(to=user).select_related("shift__layer", "given__layer", "by")
    )
    owed = hers.filter(
        handover=None, layer__roster__needs_handover=True, layer__roster__active=True,
        ends_at__range=(at - RECENT, at + policies.WRITE_BEFORE),
    )  # fmt: skip
    return {
        "next_shifts": list(hers.ahead(at).order_by("begins_at")[:MINE]),
        "asked": list(asked.order_by("shift__begins_at")[:MINE]),
        "notes": list(
            Handover.objects.waiting_for(user).select_related("shift__layer", "by")[:MINE]
        ),
        "owed": list(owed.order_by("ends_at")[:MINE]),
    }


@never_cache
@login_required
@require_GET
def duty_mine(request: HttpRequest) -> HttpResponse:
    """All her shifts ahead (and the last ones), her swaps, her calendar's address."""
    return _own_page(request)


def _own_page(request: HttpRequest, address: str = "") -> HttpResponse:
    user, at = _reader(request), now()
    is_past = request.GET.get("show") == "past"
    hers = Shift.objects.filter(user=user).select_related("layer__roster__unit", "user")
    rows = (
        hers.filter(ends_at__lte=at).order_by("-begins_at")
        if is_past
        else hers.ahead(at).order_by("begins_at", "pk")
    )
    swaps = Swap.objects.filter(by=user) | Swap.objects.filter(to=user)
    context = {
        "page": Page[Shift].of(request, rows),
        "is_past": is_past,
        "swaps": swaps.select_related("shift__layer", "by", "to").order_by("-pk")[:10],
        "feed": CalendarFeed.objects.filter(user=user, revoked_at=None).first(),
        "may_subscribe": policies.may_subscribe(user),
        "address": address,
        "at": at,
    }
    return render(request, "duty/mine.html", context)


@login_required
@require_POST
def feed_make(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown on this page once and never again."""
    token = actions.make_feed(by=_reader(request), at=now())
    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('feed', args=[token])}"
    return _own_page(request, address)


@login_required
@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """The address is dead."""
    actions.revoke_feed(by=_reader(request), at=now())
    return redirect("duty-mine")


@login_required
@require_POST
def item_close(request: HttpRequest, pk: int) -> HttpResponse:
    """办结 of an open item."""
    seen = Roster.objects.visible_to(person(request))
    rows = OpenItem.objects.filter(layer__roster__in=seen.values("pk")).select_related(
        "layer__roster__unit", "handover"
    )
    item = visible_or_404(rows, pk=pk)
    actions.close_item(item, by=person(request), at=now())
    return redirect(item.handover.get_absolute_url())
