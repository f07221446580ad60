"""Reviews whose term is over: their people are reminded once, the author knows."""

from datetime import datetime

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.editorial.actions import events
from meice.editorial.models import Review

MOST = 500


def remind_late(at: datetime) -> int:
    """One word for each review over its term; gives how many."""
    late = Review.objects.current().waiting().filter(due_at__lt=at, reminded_at=None)
    return sum(_remind(pk, at) for pk in list(late.values_list("pk", flat=True)[:MOST]))


@transaction.atomic
def _remind(pk: int, at: datetime) -> bool:
    review = Review.objects.select_related("manuscript__author", "claimed_by").get(pk=pk)
    manuscript = events.lock_manuscript(review.manuscript)
    fresh = next((one for one in manuscript.present if one.pk == pk), None)
    if fresh is None or fresh.reminded_at is not None or not fresh.is_late(at):
        return False
    fresh.reminded_at = at
    fresh.save(update_fields=["reminded_at"])
    people = [fresh.claimed_by] if fresh.claimed_by else events.reviewers_of(fresh)
    text = f"{events.called(manuscript)}的{fresh.name}已过期限，请尽快办理"
    number = events.tell(people, manuscript, text)
    events.note_event(manuscript, "remind", by=None, at=at, stage=fresh.name)
    detail: Detail = {"number": manuscript.number, "stage": fresh.name, "people": number}
    record("manuscript.remind", manuscript, by=None, detail=detail, unit_path=manuscript.unit_path)
    return True
