"""What people say of single terms: votes, exceptions of units, the department's review."""

from datetime import date, datetime

from django.db import transaction

from meice.audit.actions import record
from meice.editorial.lexicons.live import knowledge_for
from meice.editorial.models.opinion import TermException, TermReview, TermVote
from meice.editorial.policies import lexicons as policies
from meice.engines.zhcheck import Rule
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User

LONGEST_DAYS = 3 * 366


@transaction.atomic
def vote_on_term(
    rule: str, word: str, *, useful: bool, by: User, at: datetime, today: date
) -> TermVote:
    """有用 or 误报: of the text nothing is kept but the entry's own word; the last word of a day
    counts."""
    path = by.post.unit.path if by.post else ""
    if rule not in {known.value for known in Rule}:
        raise Refused("没有这条规则。")
    if word and not knowledge_for(path).knows(rule, word):
        raise Refused("词库里没有这个词条了，反馈没有记下。")
    vote, _ = TermVote.objects.update_or_create(
        by=by, rule=rule, word=word, on=today,
        defaults={"useful": useful, "at": at, "unit_path": path},
    )  # fmt: skip
    record("term.vote", vote, by=by, detail={"copy_rule": rule, "useful": useful}, unit_path=path)
    return vote


@transaction.atomic
def grant_exception(
    unit: Unit, rule: str, word: str, *, reason: str, until: date, by: User, at: datetime,
    today: date,
) -> TermException:  # fmt: skip
    """In copy of the unit and below the term is no issue until that day, inclusive."""
    require(policies.may_grant_exception(by, unit))
    bare = " ".join(reason.split())[:200]
    if not bare:
        raise Refused("写明理由。")
    if not (today <= until and (until - today).days <= LONGEST_DAYS):
        raise Refused("有效期至写今天以后、三年以内的日期。")
    if not word or not knowledge_for(unit.path, wait=True).knows(rule, word):
        raise Refused("词库里没有这个词条。")
    standing = TermException.objects.select_for_update().filter(
        unit=unit, rule=rule, word=word, ended_at=None
    )
    for old in standing:
        if old.until >= today:
            raise Refused(f"「{unit.called}」对“{word}”已有例外，先取消再重设。")
        _end(old, None, at)
    exception = TermException.objects.create(
        unit=unit, rule=rule, word=word, reason=bare, until=until, by=by, at=at
    )
    record("term.except", exception, by=by, detail={"copy_rule": rule}, unit_path=unit.path)
    return exception


@transaction.atomic
def end_exception(exception: TermException, *, by: User, at: datetime) -> TermException:
    """The term counts again."""
    exception = TermException.objects.select_for_update().get(pk=exception.pk)
    require(policies.may_end_exception(by, exception))
    _end(exception, by, at)
    record("term.end_exception", exception, by=by, unit_path=exception.unit.path)
    return exception


@transaction.atomic
def keep_term(rule: str, word: str, *, reason: str, by: User, at: datetime) -> TermReview:
    """Looked at and kept, for a reason; the votes before no longer count."""
    require(policies.may_review_terms(by))
    bare = " ".join(reason.split())[:200]
    if not bare or by.post is None:
        raise Refused("写明保留的理由。")
    review = TermReview.objects.create(
        unit=by.post.unit, rule=rule, word=word, reason=bare, by=by, at=at
    )
    record("term.keep", review, by=by, detail={"copy_rule": rule}, unit_path=by.post.unit.path)
    return review


def _end(exception: TermException, by: User | None, at: datetime) -> None:
    exception.ended_by, exception.ended_at = by, at
    exception.save(update_fields=["ended_by", "ended_at"])
