"""What every view of the room needs of the request."""

from typing import cast

from django.http import HttpRequest

from meice.impersonations.models import Impersonation, Referral
from meice.kernel.http import visible_or_404
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def docket_or_404(request: HttpRequest, pk: int) -> Impersonation:
    """A docket that the reader may see, with what its page and its verdicts look at."""
    seen = Impersonation.objects.visible_to(person(request)).select_related(
        "unit", "imitated_outlet", "judged_by", "closed_by", "follows", "lead"
    )
    return visible_or_404(seen.prefetch_related("reports", "referrals", "papers"), pk=pk)


def referral_or_404(request: HttpRequest, pk: int) -> Referral:
    """A referral of a docket that the reader may see."""
    seen = Impersonation.objects.visible_to(person(request)).values("pk")
    rows = Referral.objects.filter(impersonation__in=seen)
    return visible_or_404(rows.select_related("impersonation__unit"), pk=pk)


def units_to_report(user: User) -> "object":
    """Units in whose name she may report."""
    rights = (
        Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS,
    )  # fmt: skip
    return Unit.objects.active().below(*(path for right in rights for path in user.reach(right)))


def outlets_to_name(user: User) -> "object":
    """Registered outlets that she sees: what can have been imitated."""
    return Outlet.objects.visible_to(user).standing().order_by("pinyin_key", "pk")
