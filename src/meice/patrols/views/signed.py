"""What every view of the room needs of the request."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from meice.kernel.http import visible_or_404
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.patrols import policies
from meice.patrols.models import Answer, Checklist, Photo, Plan, Round, Visit


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def patroller(request: HttpRequest) -> User:
    """The same, where the pages of the room are hers; 404 for everybody else."""
    user = person(request)
    if not policies.may_see_patrols(user):
        raise Http404
    return user


def round_or_404(request: HttpRequest, pk: int) -> Round:
    """A round that the reader may see, with everything its verdicts look at."""
    seen = Round.objects.visible_to(person(request)).select_related("unit", "checklist", "plan")
    return visible_or_404(seen.prefetch_related("people"), pk=pk)


def visit_or_404(request: HttpRequest, pk: int, place: int) -> Visit:
    """One outlet of such a round."""
    round = round_or_404(request, pk)
    rows = Visit.objects.filter(round=round).select_related("outlet__unit")
    whole = rows.prefetch_related(
        "answers__finding", "answers__incident", "photos__evidence__stored"
    )
    visit = visible_or_404(whole, place=place)
    visit.round = round
    return visit


def answer_or_404(request: HttpRequest, pk: int, place: int, key: str) -> Answer:
    """One answer of such an outlet."""
    visit = visit_or_404(request, pk, place)
    found = next((answer for answer in visit.answers.all() if answer.key == key), None)
    if found is None:
        raise Http404
    found.visit = visit
    return found


def photo_or_404(request: HttpRequest, pk: int, photo: int) -> Photo:
    """One picture of such a round."""
    round = round_or_404(request, pk)
    rows = Photo.objects.filter(visit__round=round).select_related("evidence__stored", "visit")
    return visible_or_404(rows, pk=photo)


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    """A plan that the reader may see."""
    seen = Plan.objects.visible_to(person(request)).select_related("unit", "checklist")
    return visible_or_404(seen, pk=pk)


def checklist_or_404(request: HttpRequest, pk: int) -> Checklist:
    """A list that the reader may see."""
    seen = Checklist.objects.visible_to(person(request)).select_related("unit")
    return visible_or_404(seen, pk=pk)


def planned_units(user: User) -> "object":
    """Active units for which she may plan."""
    reach = {path for right in policies.PLANNERS for path in user.reach(right)}
    return Unit.objects.active().below(*sorted(reach))


def sees_all(user: User) -> bool:
    """The department and the auditor read the book of everybody; others begin with their own."""
    return user.has(Right.DECIDE_BUSINESS) or user.has(Right.READ_AUDIT)


def to_round(round: Round) -> HttpResponse:
    """Back to its page."""
    return redirect("round", round.pk)
