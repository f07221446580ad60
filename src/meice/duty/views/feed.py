"""The calendar feed: the one page of the room without a sign-in; the secret is its address."""

from datetime import timedelta

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from meice.duty.actions import hash_of
from meice.duty.documents import calendar_text
from meice.duty.models import CalendarFeed, Shift
from meice.kernel.clock import now
from meice.orgs.signin.brake import address

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
WINDOW = 600
MOST_READS = 30
MOST_FROM_ADDRESS = 300


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Her shifts of a month back and a year ahead; 404 for a wrong or revoked address, or a person
    who may no longer sign in; 429 for whoever asks too often."""
    digest = hash_of(token)
    if _is_over(f"a:{address(request)}", MOST_FROM_ADDRESS) or _is_over(f"t:{digest}", MOST_READS):
        return HttpResponse(
            "问得太频繁，10 分钟后再来。", status=429, headers={"Retry-After": str(WINDOW)}
        )
    found = CalendarFeed.objects.filter(token_hash=digest, revoked_at=None, user__is_active=True)
    owner = found.select_related("user").first()
    if owner is None:
        raise Http404
    at = now()
    rows = Shift.objects.filter(user=owner.user, begins_at__range=(at - BACK, at + AHEAD))
    rows = rows.select_related("layer__roster__unit").order_by("begins_at", "pk")
    response = HttpResponse(calendar_text(rows, owner.user.name), "text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _is_over(key: str, most: int) -> bool:
    """One more in this window; counted in each process of its own."""
    name = f"duty.feed:{key}"
    if cache.add(name, 1, WINDOW):
        return False
    try:
        return cache.incr(name) > most
    except ValueError:  # it ran out between the two
        return False
