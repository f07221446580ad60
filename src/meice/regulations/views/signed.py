"""What every view of the room needs of the request."""

from typing import cast

from django.http import Http404, HttpRequest

from meice.kernel.http import visible_or_404
from meice.orgs.models import User
from meice.regulations.models import Clause, Document
from meice.regulations.policies import may_read_library


def reader(request: HttpRequest) -> User:
    """The signed-in user; for whom the library is not, the page does not exist."""
    user = cast(User, request.user)
    if not may_read_library(user):
        raise Http404
    return user


def document_or_404(request: HttpRequest, pk: int) -> Document:
    """A document that the reader may see."""
    seen = Document.objects.visible_to(reader(request)).select_related("unit", "file")
    return visible_or_404(seen, pk=pk)


def clause_or_404(request: HttpRequest, key: str) -> Clause:
    """A clause that the reader may see, with its document."""
    seen = Clause.objects.visible_to(reader(request)).select_related("document__unit")
    return visible_or_404(seen, key=key)
