"""Error pages, the state of the session, the global search."""

import sys
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from meice.kernel.http import Unavailable
from meice.kernel.slots import search as search_sources
from meice.web.faces import Face, report, respond

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
HITS = 20


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 when the request was larger than the settings allow."""
    too_large = isinstance(exception, TOO_MUCH)
    return respond(request, Face.TOO_LARGE if too_large else Face.BAD, alone=True)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the verdict's own reason, if it gave one."""
    return respond(request, Face.FORBIDDEN, text=getattr(exception, "reason", ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check: an old page, not an attack, in nearly every case."""
    return respond(request, Face.FORM_EXPIRED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for rows that the reader may not see."""
    return respond(request, Face.MISSING)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with a number that is in the log too; 503 when the database did not answer; what the
    house itself calls `Unavailable` (disk full: 507) with its own status and sentence."""
    error = sys.exc_info()[1]
    number = report(request, error)
    if isinstance(error, Unavailable):
        response = respond(request, Face.BUSY, text=error.reason, number=number, alone=True)
        response.status_code = error.status
        return response
    face = Face.BUSY if isinstance(error, OperationalError) else Face.BROKEN
    return respond(request, face, number=number, alone=True)


@never_cache
@require_GET
def session_state(request: HttpRequest) -> HttpResponse:
    """Is the reader still signed in? Asked by `app.js` before it sends a form that was open for
    long: `{"reader", "token"}` with a token that fits the session of now, or 401."""
    if not request.user.is_authenticated:
        return JsonResponse({"reader": None}, status=401)
    return JsonResponse({"reader": str(request.user.pk), "token": get_token(request)})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Looks through what the rooms register; by POST, so that no number lands in an address.
    One hit in all is opened at once."""
    words = " ".join(request.POST.get("q", "").split())[:100]
    found: list[dict[str, Any]] = []
    if words:
        asked = ((s.label, list(s.find(request.user, words, HITS))) for s in search_sources)
        found = [{"label": label, "hits": hits} for label, hits in asked if hits]
    every = [hit for group in found for hit in group["hits"]]
    if len(every) == 1:
        return HttpResponseRedirect(every[0].url)
    return render(request, "web/search.html", {"words": words, "found": found, "count": len(every)})
