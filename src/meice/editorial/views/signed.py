"""What every view of the room needs of the request."""

from typing import cast

from django.http import HttpRequest

from meice.editorial.models import WITH_REVIEWS, Manuscript, Review
from meice.kernel.http import visible_or_404
from meice.orgs.models import User


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def manuscript_or_404(request: HttpRequest, pk: int) -> Manuscript:
    """A manuscript that the reader may see, with everything its page and its verdicts look at."""
    seen = Manuscript.objects.visible_to(person(request)).select_related(
        "unit", "author", "revision", "approved"
    )
    return visible_or_404(seen.prefetch_related(WITH_REVIEWS), pk=pk)


def review_or_404(request: HttpRequest, pk: int, review: int) -> Review:
    """One stage of a manuscript that the reader may see."""
    found = manuscript_or_404(request, pk)
    return visible_or_404(found.reviews.select_related("manuscript__unit", "unit"), pk=review)
