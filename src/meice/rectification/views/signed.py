"""What every view of the room needs of the request."""

from typing import cast

from django.http import HttpRequest

from meice.kernel.http import visible_or_404
from meice.orgs.models import User
from meice.rectification.models import Circular, Order


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def order_or_404(request: HttpRequest, pk: int) -> Order:
    """An order that the reader may see, with everything its page and its verdicts look at."""
    seen = Order.objects.visible_to(person(request)).select_related(
        "unit", "open_extension__by", "drafted_by", "closed_by"
    )
    return visible_or_404(seen.prefetch_related("items", "replies"), pk=pk)


def circular_or_404(request: HttpRequest, pk: int) -> Circular:
    """A circular that the reader may see."""
    seen = Circular.objects.visible_to(person(request)).select_related("unit", "made_by")
    return visible_or_404(seen, pk=pk)
