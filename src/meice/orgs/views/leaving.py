"""离岗交接: what a person still holds, line by line, with who takes it."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meice.kernel.access import Refused
from meice.orgs import actions, policies
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right
from meice.orgs.views.common import Signed, for_right, managed_user

ALL = "all"


@for_right(Right.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def leave_user(request: Signed, pk: int) -> HttpResponse:
    """The list; sent, everything moves at once or nothing does."""
    person, by = managed_user(request, pk), request.user
    verdict = policies.may_leave(by, person)
    lines = actions.held_by(person)
    people = takers_for(by, person)
    chosen = _chosen(request, [line.key for line in lines], people)
    refusal = ""
    if request.method == "POST":
        try:
            actions.leave(person, chosen, by=by)
            return redirect("user", person.pk)
        except Refused as refused:
            refusal = refused.reason
    context = {
        "person": person,
        "lines": [(line, chosen.get(line.key)) for line in lines],
        "people": people,
        "posts": list(person.current_posts()),
        "verdict": verdict,
        "refusal": refusal,
    }
    return render(request, "orgs/user_leave.html", context, status=422 if refusal else 200)


def takers_for(by: User, person: User) -> "QuerySet[User]":
    """People at work beside, above or below her, in the reach of the administrator."""
    near = Q(pk__in=[])
    for post in person.current_posts():
        path = post.unit.path
        above = [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
        near |= Q(unit__path__in=above)
        near |= Q(unit__path__startswith=path) if len(above) > 1 else Q(pk__in=[])
    posts = Post.objects.current().filter(near).below(*by.reach(Right.MANAGE_USERS))
    people: QuerySet[User] = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    return people.exclude(pk=person.pk).order_by("pinyin_key")


def _chosen(request: Signed, keys: list[str], people: "QuerySet[User]") -> Mapping[str, User]:
    """Who takes each line; a line of its own goes before 全部交给."""
    typed = {key: request.POST.get(f"to-{key}") or request.POST.get(f"to-{ALL}") for key in keys}
    wanted = {int(pk) for pk in typed.values() if pk and pk.isdecimal() and len(pk) < 12}
    known = {str(one.pk): one for one in people.filter(pk__in=wanted)}
    return {key: known[pk] for key, pk in typed.items() if pk and pk in known}
