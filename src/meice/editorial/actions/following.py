"""A unit that moves takes its manuscripts along; a leaving person's drafts and claims go on."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from meice.audit.actions import record
from meice.editorial.actions import events
from meice.editorial.actions.events import give_back
from meice.editorial.actions.submitting import tell_stage
from meice.editorial.models import IN_HAND, Manuscript, ManuscriptStatus, Review, ReviewStatus
from meice.editorial.workflow import REVIEW
from meice.kernel.clock import now
from meice.orgs.models import User


@transaction.atomic
def follow_units() -> int:
    """Write the unit's present path on the rows of this room; how many were behind."""
    behind = 0
    rows = Manuscript.objects.exclude(unit_path=F("unit__path"))
    for pk, path in rows.values_list("pk", "unit__path"):
        behind += Manuscript.objects.filter(pk=pk).update(unit_path=path)
    return behind


def held_manuscripts(person: User) -> Iterable[Manuscript]:
    """What a leaving person has begun and not brought to an end."""
    waits = [*IN_HAND, ManuscriptStatus.REVIEWING, ManuscriptStatus.APPROVED]
    return Manuscript.objects.filter(author=person, status__in=waits).order_by("pk")


def name_manuscript(manuscript: Manuscript) -> str:
    """`GJ-2026-0012 标题`."""
    return f"{manuscript.number} {manuscript.title}"


def move_manuscript(manuscript: Manuscript, to: User, by: User) -> None:
    """Another goes on with it, inside the caller's transaction. Who has reviewed it cannot."""
    locked = events.lock_manuscript(manuscript)
    locked.author, locked.author_name = to, to.name
    locked.save(update_fields=["author", "author_name"])
    events.note_event(locked, "move", by=by, at=now(), note=to.name)
    path = locked.unit_path
    record("manuscript.move", locked, by=by, detail={"to": to.name}, unit_path=path)


def held_reviews(person: User) -> Iterable[Review]:
    """Stages in a leaving person's hands."""
    claimed = Review.objects.current().filter(claimed_by=person, status=ReviewStatus.CLAIMED)
    return claimed.select_related("manuscript").order_by("pk")


def name_review(review: Review) -> str:
    """`一审一校（标题）`."""
    return f"{review.name}（{review.manuscript.title}）"


def move_review(review: Review, to: User, by: User) -> None:
    """Back to those who may claim it, inside the caller's transaction: `to` claims it herself when
    she may, for nobody is made a reviewer by a hand-over."""
    manuscript = events.lock_manuscript(review.manuscript)
    fresh = next((one for one in manuscript.present if one.pk == review.pk), None)
    if fresh is None or fresh.claimed_by is None:
        return
    REVIEW.take("release", fresh, fresh.claimed_by)
    give_back(fresh)
    events.note_event(manuscript, "release", by=by, at=now(), stage=fresh.name, note=to.name)
    detail = {"stage": fresh.name, "to": to.name}
    path = manuscript.unit_path
    record("manuscript.release", manuscript, by=by, detail=detail, unit_path=path)
    tell_stage(manuscript, fresh)
