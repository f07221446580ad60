"""我的资料: keys, password, sessions; and which post she works under."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.http import redirect_back, visible_or_404
from meice.orgs import actions
from meice.orgs.models import Post
from meice.orgs.signin import passwords
from meice.orgs.signin.middleware import POST
from meice.orgs.views.common import Signed


@login_required
@require_GET
def me(request: Signed) -> HttpResponse:
    """What the system knows of her, and where she is signed in."""
    return _page(request)


@login_required
@require_GET
def changed(request: Signed) -> HttpResponse:
    """The same, after a new password."""
    return _page(request, said="口令已更换，其他地方的登录已结束。")


def _page(request: Signed, said: str = "") -> HttpResponse:
    user = request.user
    context = {
        "posts": request.posts_held,
        "sessions": user.sessions.filter(ended_at=None)[:20],
        "current": request.signed_in,
        "due": passwords.policy().due(user),
        "said": said,
    }
    return render(request, "orgs/me.html", context)


@login_required
@require_POST
def switch_keys(request: Signed) -> HttpResponse:
    """Single-letter keys on or off."""
    actions.switch_keys(request.user, on="on" in request.POST)
    return redirect("me")


@login_required
@require_POST
def end_session(request: Signed, pk: int) -> HttpResponse:
    """End one of her own sessions."""
    session = visible_or_404(request.user.sessions.filter(ended_at=None), pk=pk)
    actions.end_session(session, by=request.user, why="本人结束")
    return redirect("me")


@login_required
@require_POST
def end_others(request: Signed) -> HttpResponse:
    """End all but this one."""
    actions.end_other_sessions(request.user, keep=request.signed_in)
    return redirect("me")


@login_required
@require_http_methods(["GET", "POST"])
def choose_post(request: Signed) -> HttpResponse:
    """换岗位: page, counts and rights follow the chosen post."""
    if request.method == "POST":
        pk = request.POST.get("post", "")
        mine = Post.objects.current().filter(user=request.user).select_related("unit")
        post = visible_or_404(mine, pk=int(pk) if pk.isdecimal() else 0)
        actions.choose_post(request.user, post)
        request.session[POST] = post.pk
        return redirect_back(request, "home")
    return render(request, "orgs/choose_post.html", {"posts": request.posts_held})
