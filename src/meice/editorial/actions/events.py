"""What every act on a manuscript has in common: the lock, the line in its history, the word."""

from collections.abc import Iterable
from datetime import datetime

from meice.audit.actions import Detail, record
from meice.editorial.models import (
    WITH_REVIEWS,
    Manuscript,
    ManuscriptEvent,
    Review,
    ReviewStatus,
)
from meice.editorial.workflow import MANUSCRIPT, REVIEW
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Post, User, event_facts

UNDECIDED = (ReviewStatus.PENDING, ReviewStatus.OPEN, ReviewStatus.CLAIMED)


def lock_manuscript(manuscript: Manuscript) -> Manuscript:
    """The row as it is now, held until the transaction ends, with what the rules ask for."""
    list(Manuscript.objects.select_for_update().filter(pk=manuscript.pk).values_list("pk"))
    found = Manuscript.objects.select_related("unit", "author", "revision")
    return found.prefetch_related(WITH_REVIEWS).get(pk=manuscript.pk)


def take(manuscript: Manuscript, step: str, by: User) -> Manuscript:
    """Lock it and take the step in memory; raises `Refused` when the state or the rule says no."""
    manuscript = lock_manuscript(manuscript)
    MANUSCRIPT.take(step, manuscript, by)
    return manuscript


def finish(
    manuscript: Manuscript,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    stage: str = "",
    detail: Detail | None = None,
) -> None:
    """Save, and write the history and the audit of one act."""
    manuscript.version += 1
    manuscript.changed_at = at
    manuscript.save()
    note_event(manuscript, act, by=by, at=at, note=note, stage=stage)
    told: Detail = {"number": manuscript.number, **(detail or {})}
    record(f"manuscript.{act}", manuscript, by=by, detail=told, unit_path=manuscript.unit_path)


def note_event(
    manuscript: Manuscript,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    stage: str = "",
) -> ManuscriptEvent:
    """Who did what when, with the name and post of the moment."""
    facts = event_facts(act, by=by, at=at, note=note)
    return ManuscriptEvent.objects.create(
        manuscript=manuscript, revision=manuscript.revision, stage=stage, **facts
    )


def void_undecided(manuscript: Manuscript, by: User | None) -> None:
    """The round is at an end: what nobody has signed is not signed any more."""
    for review in manuscript.present:
        if review.status in UNDECIDED:
            REVIEW.take("void", review, by)
            review.save(update_fields=["status"])


def give_back(review: Review) -> None:
    """Nobody has claimed it."""
    review.claimed_by, review.claimed_name, review.claimed_at = None, "", None
    review.claimed_post, review.is_author = "", False
    review.on_behalf, review.on_behalf_name = None, ""
    review.save()


def reviewers_of(review: Review) -> list[User]:
    """Who may be asked: the holders of the stage's role in its unit."""
    posts = Post.objects.current().filter(unit=review.unit_id, role=review.role)
    chosen = posts.filter(user__is_active=True).select_related("user")
    return list({post.user_id: post.user for post in chosen}.values())


def tell(
    people: Iterable[User],
    manuscript: Manuscript,
    text: str,
    *,
    besides: User | None = None,
    kind: NoticeKind = NoticeKind.TASK,
) -> int:
    """One line into the inbox of each, once; gives how many were told."""
    chosen = {person.pk: person for person in people if person.is_active}
    if besides is not None:
        chosen.pop(besides.pk, None)
    for person in chosen.values():
        notify(person, text=text, url=manuscript.get_absolute_url(), kind=kind)
    return len(chosen)


def called(manuscript: Manuscript) -> str:
    """`《标题》`, short enough for a notice."""
    title = manuscript.title
    return f"《{title if len(title) <= 40 else title[:39] + '…'}》"
