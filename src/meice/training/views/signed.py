"""What every view needs of the request."""

from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.kernel import slots
from meice.kernel.http import visible_or_404
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right
from meice.training.models import Certificate, TrainingSession
from meice.training.policies import RIGHTS, may_see_training

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reader(request: HttpRequest) -> User:
    """The signed-in user; for whom the room is not, the page does not exist."""
    user = cast(User, request.user)
    if not may_see_training(user):
        raise Http404
    return user


def session_or_404(request: HttpRequest, pk: int) -> TrainingSession:
    """A session that the reader may see."""
    seen = TrainingSession.objects.visible_to(reader(request))
    return visible_or_404(seen.select_related("unit", "scope", "topic", "made_by"), pk=pk)


def certificate_or_404(request: HttpRequest, pk: int) -> Certificate:
    """A standing certificate that the reader may see."""
    seen = Certificate.objects.visible_to(reader(request)).standing()
    return visible_or_404(seen.select_related("unit", "user", "file"), pk=pk)


def units_to_arrange(user: User) -> "QuerySet[Unit]":
    """The units for which she may arrange sessions."""
    reach = [path for right in RIGHTS for path in user.reach(right)]
    rows: QuerySet[Unit] = Unit.objects.active().below(*reach)
    return rows


def people_below(*paths: str) -> "QuerySet[User]":
    """Everybody with a post there, by pinyin."""
    posts = Post.objects.current().below(*paths)
    people: QuerySet[User] = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    return people.order_by("pinyin_key", "pk")


def unit_choices(user: User) -> list[tuple[str, str]]:
    """What the filter by unit offers; nothing to her who sees only what is her own."""
    if not user.has(Right.SEE_BUSINESS):
        return []
    return [choice for source in slots.unit_choices for choice in source.find(user)]


def kept(upload: "UploadedFile[bytes] | None", user: User, purpose: str) -> StoredFile | None:
    """The file in the store; None without one."""
    return keep_file(upload, name=upload.name or "", by=user, purpose=purpose) if upload else None
