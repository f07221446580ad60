"""Signing in and out, the password, the time that is left."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.clock import now
from meice.kernel.http import redirect_back
from meice.orgs import actions
from meice.orgs.forms import ChangePasswordForm
from meice.orgs.models import User
from meice.orgs.signin import passwords
from meice.orgs.signin.brake import Tries, address, tries
from meice.orgs.signin.door import enter
from meice.orgs.signin.life import WARNING, Life
from meice.orgs.signin.middleware import WHY_OVER
from meice.orgs.signin.ways import still_to_ask, ways
from meice.orgs.views.common import Signed

LONGEST_NAME = 150


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The plain form; says how many tries are left and how long the door stays shut."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect_back(request, "home")
        return _page(request, None, "")
    username = _typed_name(request)
    before = tries(request, username)
    if before.shut:
        return _page(request, before, username)
    user = authenticate(request, username=username, password=request.POST.get("password", ""))
    if not isinstance(user, User):
        after = tries(request, username)
        actions.note_failed_try(username, locked=after.shut, address=address(request))
        return _page(request, after, username)
    if (page := still_to_ask(request, user)) is not None:
        return page
    enter(request, user)
    return redirect_back(request, "home")


def _typed_name(request: HttpRequest) -> str:
    typed = request.POST.get("username", "")[:LONGEST_NAME]
    return "".join(sign for sign in typed if sign.isprintable()).strip().lower()


def _page(request: HttpRequest, found: Tries | None, username: str) -> HttpResponse:
    context = {
        "tries": found,
        "username": username,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "why_over": request.session.pop(WHY_OVER, ""),
        "ways": list(ways),
        "limit": settings.AXES_FAILURE_LIMIT,
    }
    status = 429 if found and found.shut else 200
    return render(request, "orgs/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    session = getattr(request, "signed_in", None)
    if session is not None:
        actions.end_session(session, by=session.user, why="退出")
    auth.logout(request)
    request.session[WHY_OVER] = "已退出"
    return redirect("sign-in")


@sensitive_post_parameters("old", "new", "again")
@login_required
@require_http_methods(["GET", "POST"])
def change_password(request: Signed) -> HttpResponse:
    """A new password by one who knows the old; all her other sessions end."""
    user = request.user
    form = ChangePasswordForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_password(user, form.cleaned_data["new"], session=request.signed_in)
        auth.update_session_auth_hash(request, changed)
        return redirect("me-changed")
    why = ""
    if user.must_change_password:
        why = "第一次登录，先换成自己的口令。"
    elif passwords.policy().is_over(user, now()):
        why = "口令已满 90 天，按等级保护要求须更换。"
    status = 422 if form.is_bound else 200
    return render(request, "orgs/password.html", {"form": form, "why": why}, status=status)


@never_cache
@require_GET
def session_left(request: HttpRequest) -> HttpResponse:
    """Seconds left without counting as work; the page warns two minutes before the end."""
    session = getattr(request, "signed_in", None)
    if session is None:
        return JsonResponse({"left": 0}, status=401)
    left = int(Life.of(session, now()).left.total_seconds())
    return JsonResponse({"left": left, "warning": int(WARNING.total_seconds())})


@login_required
@require_POST
def session_extend(request: Signed) -> HttpResponse:
    """「接着用」: this request itself counts as work."""
    left = int(Life.of(request.signed_in, now()).left.total_seconds())
    return JsonResponse({"left": left, "warning": int(WARNING.total_seconds())})
