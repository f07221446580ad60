"""What every view of the room needs of the request."""

from typing import cast

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from meice.kernel import slots
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Contact, Filing, LedgerRow, NameHistory, Outlet, RowAct


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def outlet_or_404(request: HttpRequest, pk: int) -> Outlet:
    """An outlet that the reader may see, with its unit and contacts, `imported_at`,
    and what saves its page a query: is there an open filing, a former name at all?"""
    brought = LedgerRow.objects.filter(outlet=OuterRef("pk"), act=RowAct.NEW)
    seen = (
        Outlet.objects.visible_to(person(request))
        .select_related("unit", "exception", "avatar", *slots.outlet_joins)
        .annotate(
            imported_at=Subquery(brought.values("intake__finished_at")[:1]),
            has_open_filing=Exists(Filing.objects.open().filter(outlet=OuterRef("pk"))),
            has_former_names=Exists(NameHistory.objects.filter(outlet=OuterRef("pk"))),
        )
    )
    with_people = seen.prefetch_related(Prefetch("contacts", Contact.objects.order_by("pk")))
    return get_object_or_404(with_people, pk=pk)


def filing_or_404(request: HttpRequest, pk: int) -> Filing:
    """A filing that the reader may see, with everything its page and its verdicts look at."""
    seen = Filing.objects.visible_to(person(request)).select_related(
        "unit", "outlet", "target_unit", "checker_unit", "made_by", "claimed_by",
        "confirmed_by", "decided_by", "scan",
    )  # fmt: skip
    return get_object_or_404(seen.prefetch_related("changes", "events"), pk=pk)


def units_to_write(user: User) -> "object":
    """Units for which the reader may draft."""
    reach = (*user.reach(Right.DRAFT_BUSINESS), *user.reach(Right.DECIDE_BUSINESS))
    return Unit.objects.active().below(*reach)


def units_of_school(user: User) -> "object":
    """Every active unit of the reader's tree: where an outlet may move to."""
    post = user.post
    root = post.unit.path[: Unit.steplen] if post else ""
    return Unit.objects.active().below(root) if root else Unit.objects.none()
