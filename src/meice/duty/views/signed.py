"""What every view of the room needs of the request."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meice.duty.models import Handover, Roster, Shift, Swap
from meice.kernel.http import visible_or_404
from meice.orgs.models import User


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def roster_or_404(request: HttpRequest, pk: int) -> Roster:
    """A roster that the reader may see, with what its verdicts look at."""
    seen = Roster.objects.visible_to(person(request)).select_related("unit")
    return visible_or_404(seen.prefetch_related("keepers"), pk=pk)


def shift_or_404(request: HttpRequest, pk: int) -> Shift:
    """A shift that the reader may see."""
    seen = Shift.objects.visible_to(person(request)).select_related(
        "layer__roster__unit", "user", "planned"
    )
    return visible_or_404(seen.prefetch_related("layer__roster__keepers", "swaps"), pk=pk)


def swap_or_404(request: HttpRequest, pk: int) -> Swap:
    """A swap that the reader may see."""
    seen = Swap.objects.visible_to(person(request)).select_related(
        "shift__layer__roster__unit",
        "shift__user",
        "given__layer__roster",
        "given__user",
        "by",
        "to",
    )
    return visible_or_404(seen, pk=pk)


def handover_or_404(request: HttpRequest, pk: int) -> Handover:
    """A note that the reader may see."""
    seen = Handover.objects.visible_to(person(request)).select_related(
        "shift__layer__roster__unit", "shift__user", "next_shift__layer", "next_shift__user", "by"
    )
    return visible_or_404(seen, pk=pk)


def form_page(
    request: HttpRequest, form: Any, title: str, *, back: str, verb: str = "保存", **more: Any
) -> HttpResponse:
    """A page that is one form; 422 when it was refused."""
    context = {"form": form, "title": title, "back": back, "verb": verb, **more}
    return render(request, "duty/form.html", context, status=422 if form.errors else 200)
