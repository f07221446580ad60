"""稿件: the list; what waits for her first, late and urgent ones on top."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meice.editorial import policies
from meice.editorial.forms import ManuscriptFilter
from meice.editorial.forms.filters import ENDED, VIEWS
from meice.editorial.models import (
    WITH_REVIEWS,
    ContentClass,
    ContentForm,
    Lane,
    Manuscript,
    ManuscriptStatus,
)
from meice.editorial.models.manuscript import ManuscriptQuerySet
from meice.editorial.views.signed import person
from meice.kernel import slots
from meice.kernel.clock import now
from meice.kernel.http import Page
from meice.orgs.models import User
from meice.orgs.roles import Right

HASTE = Case(
    *(When(lane=lane.value, then=Value(place)) for place, lane in enumerate(reversed(Lane))),
    default=Value(len(Lane)),
    output_field=IntegerField(),
)


@login_required
@require_GET
def manuscript_list(request: HttpRequest) -> HttpResponse:
    """Her own turn first; a reader without any sees what is under way."""
    user, at = person(request), now()
    seen = Manuscript.objects.visible_to(user)
    numbers = _numbers(seen, user, at)
    wanted = ManuscriptFilter.of(request.GET, user, _default(numbers))
    rows = _in_order(wanted.apply(seen, user, at), wanted.view)
    rows = rows.select_related("revision").prefetch_related(WITH_REVIEWS)
    total = None if wanted.is_on else numbers[wanted.view]
    page = Page[Manuscript].of(request, rows, total)
    context = {
        "page": page,
        "rows": [(row, row.turn, _late(row, at)) for row in page.rows],
        "views": [(key, VIEWS[key], numbers[key]) for key in VIEWS],
        "filter": wanted,
        "statuses": ManuscriptStatus.choices,
        "forms": ContentForm.choices,
        "classes": ContentClass.choices,
        "lanes": Lane.choices,
        "units": [choice for source in slots.unit_choices for choice in source.find(user)],
        "may_draft": policies.may_draft_manuscript(user),
        "may_settings": policies.may_see_settings(user),
        "is_reader": user.has(Right.SEE_BUSINESS),
    }
    return render(request, "editorial/manuscript_list.html", context)


def _default(numbers: dict[str, int]) -> str:
    return next((view for view in ("review", "mine") if numbers[view]), "open")


def _late(row: Manuscript, at: datetime) -> bool:
    turn = row.turn
    return turn is not None and turn.is_late(at)


def _numbers(seen: ManuscriptQuerySet, user: User, at: datetime) -> dict[str, int]:
    """How many each view holds, by one query."""
    today = timezone.localdate(at)
    review = Manuscript.objects.to_review(user, today).values("pk")
    late = Manuscript.objects.late(at).values("pk")
    return dict(
        seen.aggregate(
            review=Count("pk", filter=Q(pk__in=review)),
            mine=Count("pk", filter=Q(author=user.pk)),
            approved=Count("pk", filter=Q(status=ManuscriptStatus.APPROVED)),
            late=Count("pk", filter=Q(pk__in=late)),
            open=Count("pk", filter=~Q(status__in=ENDED)),
            all=Count("pk"),
        )
    )


def _in_order(rows: ManuscriptQuerySet, view: str) -> ManuscriptQuerySet:
    """Urgent ones first where something is to be done, then the longest untouched; else newest."""
    if view in ("review", "late", "approved"):
        return rows.order_by(HASTE, F("changed_at").asc(), "pk")
    return rows.order_by("-changed_at", "-pk")
