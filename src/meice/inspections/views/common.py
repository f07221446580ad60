"""What every view of the room needs of the request."""

from typing import cast

from django.db.models import Prefetch
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from meice.inspections.models import Evidence, Finding, FindingQuerySet, Run, Schedule
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

FULL = (
    "unit", "outlet", "claimed_by", "first_by", "decided_by", "made_by", "site_check__run",
)  # fmt: skip


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def whole(findings: FindingQuerySet) -> FindingQuerySet:
    """With everything its page and its verdicts look at."""
    proofs = Prefetch("evidence", Evidence.objects.select_related("file"))
    return findings.select_related(*FULL).prefetch_related(proofs, "events")


def finding_or_404(request: HttpRequest, pk: int) -> Finding:
    """A finding that the reader may see."""
    return get_object_or_404(whole(Finding.objects.visible_to(person(request))), pk=pk)


def schedule_or_404(request: HttpRequest, pk: int) -> Schedule:
    """A schedule that the reader may see."""
    seen = Schedule.objects.visible_to(person(request)).select_related("unit")
    return get_object_or_404(seen, pk=pk)


def run_or_404(request: HttpRequest, pk: int) -> Run:
    """A run that the reader may see."""
    seen = Run.objects.visible_to(person(request)).select_related("unit", "schedule", "asked_by")
    return get_object_or_404(seen, pk=pk)


def units_of(user: User, *rights: Right) -> "object":
    """Active units over which she has one of the rights."""
    reach = tuple(path for right in rights for path in user.reach(right))
    return Unit.objects.active().below(*reach)


def kept_query(query: QueryDict, *names: str) -> str:
    """The named parts of a query string that are set, for an address."""
    kept = QueryDict(mutable=True)
    for name in names:
        if value := query.get(name, "").strip():
            kept[name] = value[:80]
    return kept.urlencode()
