"""To the reviewers and back: the stages of a round are laid out, the first is opened."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meice.editorial.actions import events, terms
from meice.editorial.actions.terms import StagePlan
from meice.editorial.models import Manuscript, Review, ReviewStatus, StandIn
from meice.editorial.workflow import REVIEW, TERM_OF, TermName
from meice.kernel.access import Refused
from meice.notices.models import NoticeKind
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role


@transaction.atomic
def submit_manuscript(manuscript: Manuscript, *, by: User, at: datetime) -> Manuscript:
    """送审: a new round over the newest revision. `Refused` when the chain cannot be walked by
    different people, with the stage that lacks one."""
    manuscript = events.take(manuscript, "submit", by)
    known = terms.all_terms()
    plans = terms.chain_of(manuscript.unit, manuscript.content_class)
    manuscript.round += 1
    manuscript.submitted_at = manuscript.submitted_at or at
    reviews = _lay_out(manuscript, plans, may_be_author=bool(known[TermName.AUTHOR_FIRST]))
    _check_people(manuscript, reviews, timezone.localdate(at))
    for review in reviews if manuscript.is_urgent else reviews[:1]:
        _open(review, at)
    reviews[0].due_at = at + timedelta(hours=known[TERM_OF[manuscript.lane]])
    Review.objects.bulk_create(reviews)
    detail = {"revision": manuscript.newest.number, "round": manuscript.round}
    events.finish(manuscript, "submit", by=by, at=at, detail=detail)
    for review in reviews:
        if review.status == ReviewStatus.OPEN:
            tell_stage(manuscript, review, besides=by)
    return manuscript


def _open(review: Review, at: datetime) -> None:
    """May be claimed from now on."""
    if review.status == ReviewStatus.PENDING:
        REVIEW.take("open", review, None)
        review.opened_at = at


def turn_to(manuscript: Manuscript, at: datetime) -> Review | None:
    """It is the first undecided stage's turn: its term begins."""
    turn = manuscript.turn
    if turn is None:
        return None
    _open(turn, at)
    turn.due_at = at + timedelta(hours=terms.all_terms()[TERM_OF[manuscript.lane]])
    turn.save(update_fields=["status", "opened_at", "due_at"])
    return turn


def _lay_out(
    manuscript: Manuscript, plans: Sequence[StagePlan], *, may_be_author: bool
) -> list[Review]:
    holders = _nearest(manuscript.unit, {plan.role for plan in plans})
    reviews = []
    for place, plan in enumerate(plans, 1):
        unit = plan.unit or holders.get(plan.role)
        if unit is None:
            raise Refused(
                f"「{plan.name}」要由{plan.role.label}办理，你单位和上级都没有人任这个岗位。"
                "请联系系统管理员设岗，或请宣传部调整审校设置。"
            )
        reviews.append(
            Review(
                manuscript=manuscript, revision=manuscript.newest, round=manuscript.round,
                place=place, name=plan.name, role=plan.role, unit=unit, unit_name=unit.called,
                is_extra=plan.is_extra, may_be_author=may_be_author and place == 1,
                status=ReviewStatus.PENDING,
            )
        )  # fmt: skip
    return reviews


def _nearest(unit: Unit, roles: Iterable[Role]) -> dict[Role, Unit]:
    """For each role the unit, at or above `unit`, that has somebody in it."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    posts = Post.objects.current().filter(
        role__in=list(roles), unit__path__in=paths, user__is_active=True
    )
    found: dict[Role, Unit] = {}
    for post in posts.select_related("unit").order_by("unit__depth"):
        found[Role(post.role)] = post.unit
    return found


def _check_people(manuscript: Manuscript, reviews: Sequence[Review], today: date) -> None:
    """Can different people be found for all stages, none of whom wrote the text?"""
    writers = {manuscript.author_id, *manuscript.revisions.values_list("by", flat=True)}
    candidates = [_candidates(review, writers, today) for review in reviews]
    lacking = unmatched(candidates)
    if lacking is not None:
        review = reviews[lacking]
        raise Refused(
            f"「{review.name}」找不到合适的人：{review.unit_name}的"
            f"{review.get_role_display()}都已用在别的环节，或就是作者。"
            "同一篇稿件一人只办一个环节；请增加审核人、安排代审，或请宣传部调整审校设置。"
        )


def _candidates(review: Review, writers: set[int], today: date) -> set[int]:
    held = Post.objects.current().filter(
        unit=review.unit_id, role=review.role, user__is_active=True
    )
    standing = StandIn.objects.on(today).filter(unit=review.unit_id, role=review.role)
    found = {*held.values_list("user", flat=True), *standing.values_list("substitute", flat=True)}
    return found if review.may_be_author else found - writers


def unmatched(candidates: Sequence[set[int]]) -> int | None:
    """The first place for which no person is left when nobody may take two; None when all are."""
    taken: dict[int, int] = {}

    def seat(place: int, tried: set[int]) -> bool:
        for person in sorted(candidates[place] - tried):
            tried.add(person)
            if person not in taken or seat(taken[person], tried):
                taken[person] = place
                return True
        return False

    return next((place for place in range(len(candidates)) if not seat(place, set())), None)


def tell_stage(manuscript: Manuscript, review: Review, *, besides: User | None = None) -> None:
    """It can be claimed, or it is her turn."""
    urgent = "【急稿】" if manuscript.is_urgent else ""
    if review.claimed_by is not None:
        text = f"{urgent}轮到你审{events.called(manuscript)}：{review.name}"
        events.tell([review.claimed_by], manuscript, text, besides=besides)
        return
    text = f"{urgent}请认领{events.called(manuscript)}的{review.name}"
    events.tell(events.reviewers_of(review), manuscript, text, besides=besides)


@transaction.atomic
def reopen_manuscript(manuscript: Manuscript, *, by: User, at: datetime) -> Manuscript:
    """收回修改: what was signed no longer counts, the chain begins again with the next 送审."""
    manuscript = events.lock_manuscript(manuscript)
    step = "rework" if manuscript.published_at else "reopen"
    holders = [
        one.claimed_by for one in manuscript.present
        if one.status == ReviewStatus.CLAIMED and one.claimed_by
    ]  # fmt: skip
    manuscript = events.take(manuscript, step, by)
    events.void_undecided(manuscript, by)
    events.finish(manuscript, step, by=by, at=at)
    text = f"{events.called(manuscript)}被作者收回修改，改后重新送审"
    events.tell(holders, manuscript, text, besides=by, kind=NoticeKind.RESULT)
    return manuscript


@transaction.atomic
def drop_manuscript(manuscript: Manuscript, *, by: User, at: datetime) -> Manuscript:
    """作废: it is not published; its revisions stay."""
    manuscript = events.take(manuscript, "drop", by)
    manuscript.ended_at = at
    events.finish(manuscript, "drop", by=by, at=at)
    return manuscript
