"""Through the door: what every way to sign in does once it knows who somebody is."""

from django.contrib import auth
from django.http import HttpRequest

from meice.orgs.actions import sessions
from meice.orgs.models import User
from meice.orgs.signin.brake import address
from meice.orgs.signin.middleware import ROW


def enter(
    request: HttpRequest, user: User, *, how: str = "口令", backend: str | None = None
) -> None:
    """Open a session of `user` (a new key, so that none is fixed beforehand) and audit it."""
    auth.login(request, user, backend=backend)
    agent = request.headers.get("User-Agent", "")
    row = sessions.begin_session(user, address=address(request), agent=agent, how=how)
    request.session[ROW] = row.pk
