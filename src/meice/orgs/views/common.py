"""What the views of the room share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from meice.kernel.access import Verdict
from meice.kernel.http import visible_or_404
from meice.orgs.forms import holds_number
from meice.orgs.models import Post, SignedIn, Unit, User
from meice.orgs.roles import Right


class Signed(HttpRequest):
    """A request behind `login_required`."""

    user: User
    signed_in: SignedIn
    posts_held: list[Post]


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def for_right(*rights: Right) -> Callable[[View], View]:
    """Signed in, and with one of `rights` somewhere; for anybody else the page does not exist."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inside(request: Signed, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.user.has(right) for right in rights):
                raise Http404
            return view(request, *args, **kwargs)

        return cast(View, login_required(inside))

    return wrap


def seen_unit(request: Signed, pk: int) -> Unit:
    """The unit, if the person's post may see it."""
    return visible_or_404(Unit.objects.visible_to(request.user), pk=pk)  # type: ignore[no-any-return]


def seen_user(request: Signed, pk: int) -> User:
    """The person, if the reader may see her."""
    person: User = visible_or_404(User.objects.visible_to(request.user), pk=pk)
    return person


def managed_user(request: Signed, pk: int) -> User:
    """The person, for an admin."""
    if not request.user.has(Right.MANAGE_USERS):
        raise Http404
    return seen_user(request, pk)


def searched(request: Signed, url_name: str) -> HttpResponseRedirect | None:
    """Where a posted search goes: to an address with `q`, but a long number never into one."""
    term = " ".join(request.POST.get("q", "").split())[:60]
    if request.method != "POST" or holds_number(term):
        return None
    kept = {key: value for key, value in request.GET.items() if key not in ("q", "page")}
    query = urlencode(kept | ({"q": term} if term else {}))
    return HttpResponseRedirect(f"{reverse(url_name)}?{query}" if query else reverse(url_name))


def lines(*pairs: tuple[str, str, Verdict]) -> list[dict[str, Any]]:
    """Buttons as the template needs them."""
    return [{"label": label, "url": url, "verdict": verdict} for label, url, verdict in pairs]
