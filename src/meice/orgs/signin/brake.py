"""The brake on guessing: five tries in 15 minutes a name and address, sixty an address.

The counting of a name at an address is django-axes'; the sum over an address is ours, so that
one machine cannot try one password on every account.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse

from meice.kernel.clock import now

ADDRESS_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Tries:
    """How many tries are left, or for how many whole minutes the door is shut."""

    left: int
    minutes: int = 0
    by_address: bool = False

    @property
    def shut(self) -> bool:
        """No try is accepted now."""
        return self.minutes > 0


def tries(request: HttpRequest, username: str) -> Tries:
    """What the door says to this name at this address."""
    credentials = {"username": username}
    failures = AxesProxyHandler.get_failures(request, credentials)
    own = AccessAttempt.objects.filter(username=username, ip_address=address(request))
    if failures >= settings.AXES_FAILURE_LIMIT:
        return Tries(0, _minutes_since(own.aggregate(Max("attempt_time"))["attempt_time__max"]))
    recent = AccessAttempt.objects.filter(
        ip_address=address(request), attempt_time__gte=now() - cool_off()
    )
    found = recent.aggregate(Sum("failures_since_start"), Max("attempt_time"))
    if (found["failures_since_start__sum"] or 0) >= ADDRESS_LIMIT:
        return Tries(0, _minutes_since(found["attempt_time__max"]), by_address=True)
    return Tries(settings.AXES_FAILURE_LIMIT - failures)


def cool_off() -> timedelta:
    """How long the door stays shut."""
    return get_cool_off() or timedelta()


def address(request: HttpRequest) -> str:
    """The peer's address as axes stores it; what a proxy said of it is in it (`config.proxies`)."""
    return str(request.META.get("REMOTE_ADDR") or "")


def _minutes_since(latest: datetime | None) -> int:
    over = (latest or now()) + cool_off() - now()
    return max(1, math.ceil(over.total_seconds() / 60))


def keep_response(
    _request: HttpRequest, response: HttpResponse | None = None, _credentials: object = None
) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: the sign-in page itself says that the door is shut."""
    return response or HttpResponse(status=429)
