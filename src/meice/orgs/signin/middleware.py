"""Behind Django's AuthenticationMiddleware: the session's life, the chosen post, the due password."""

from collections.abc import Callable

from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from meice.kernel.clock import now
from meice.orgs.actions import sessions
from meice.orgs.models import Post, SignedIn, User
from meice.orgs.signin import passwords
from meice.orgs.signin.brake import address
from meice.orgs.signin.life import Life

ROW, POST, WHY_OVER = "signed_in", "post", "why_over"
OPEN_WITHOUT_PASSWORD = ("password-change", "sign-out", "session-left", "session-extend")

Response = Callable[[HttpRequest], HttpResponse]


class Session:
    """Ends what is over, sets `request.user.post`, sends to the password page when one is due."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        session = _row(request, user)
        why = "" if session is None else Life.of(session, now()).is_over
        if session is None or why:
            _leave(request, session, why)
            return self.get_response(request)
        if request.path != reverse("session-left"):
            sessions.see_session(session)
        request.signed_in = session  # type: ignore[attr-defined]
        user.post = chosen_post(request, user)
        response = _password_first(request, user) or self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


def _row(request: HttpRequest, user: User) -> SignedIn | None:
    """The session's row, made for a session that has none yet; None when it was ended."""
    if ROW not in request.session:
        agent = request.headers.get("User-Agent", "")
        begun = sessions.begin_session(user, address=address(request), agent=agent)
        request.session[ROW] = begun.pk
        return begun
    rows = SignedIn.objects.filter(pk=request.session[ROW], user=user, ended_at=None)
    return rows.select_related("user").first()


def _leave(request: HttpRequest, session: SignedIn | None, why: str) -> None:
    if session is not None:
        sessions.end_session(session, by=None, why=why)
    auth.logout(request)
    request.user = AnonymousUser()
    request.session[WHY_OVER] = why or "已在别处结束这次登录"


def chosen_post(request: HttpRequest, user: User) -> Post | None:
    """The session's post while she still holds it, else her first."""
    held = list(user.current_posts())
    request.posts_held = held  # type: ignore[attr-defined]
    wanted = request.session.get(POST)
    return next((post for post in held if post.pk == wanted), held[0] if held else None)


def _password_first(request: HttpRequest, user: User) -> HttpResponse | None:
    due = user.must_change_password or passwords.policy().is_over(user, now())
    if not due or not user.has_usable_password():
        return None
    if request.path in {reverse(name) for name in OPEN_WITHOUT_PASSWORD}:
        return None
    return HttpResponseRedirect(reverse("password-change"))
