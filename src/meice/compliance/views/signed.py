"""What every view of the room needs of the request."""

from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from meice.compliance.models import Custody, Device
from meice.compliance.policies import may_see_compliance
from meice.kernel import slots
from meice.kernel.http import visible_or_404
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 10_000
WORKS = (Right.DRAFT_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS)


def reader(request: HttpRequest) -> User:
    """The signed-in user; for whom the room is not, the page does not exist."""
    user = cast(User, request.user)
    if not may_see_compliance(user):
        raise Http404
    return user


def outlet_or_404(request: HttpRequest, pk: int) -> Outlet:
    """An outlet that the reader may see."""
    return visible_or_404(Outlet.objects.visible_to(reader(request)).select_related("unit"), pk=pk)


def device_or_404(request: HttpRequest, pk: int) -> Device:
    """A device that the reader may see."""
    seen = Device.objects.visible_to(reader(request)).select_related("unit", "custodian")
    return visible_or_404(seen, pk=pk)


def custody_or_404(request: HttpRequest, pk: int) -> Custody:
    """A custody that the reader may see."""
    seen = Custody.objects.visible_to(reader(request)).select_related("outlet__unit", "holder")
    return visible_or_404(seen, pk=pk)


def people_of(unit: Unit) -> "QuerySet[User]":
    """Who may keep things of the unit: people with a post there, above or below."""
    above = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    posts = Post.objects.current()
    held = posts.filter(unit__path__in=above) | posts.filter(unit__path__startswith=unit.path)
    people: QuerySet[User] = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.order_by("pinyin_key")


def units_to_keep(user: User) -> "QuerySet[Unit]":
    """The units for which she may add things."""
    reach = [path for right in WORKS for path in user.reach(right)]
    rows: QuerySet[Unit] = Unit.objects.active().below(*reach)
    return rows


def unit_choices(user: User) -> list[tuple[str, str]]:
    """What the filter by unit offers."""
    return [choice for source in slots.unit_choices for choice in source.find(user)]
