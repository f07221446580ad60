"""What the pages need between view and browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.template.loader import render_to_string

from meice.kernel.http import is_htmx


class SessionLost:
    """A fragment request that would be sent to the sign-in page gets a 401 with a notice.

    htmx follows redirects, so without this the whole sign-in page would land inside a table.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_htmx(request) or response.status_code != 302:
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        if response.get("Location", "").split("?", 1)[0] != sign_in:
            return response
        notice = render_to_string("web/_session_lost.html", {"sign_in": sign_in})
        return HttpResponse(notice, status=401)
