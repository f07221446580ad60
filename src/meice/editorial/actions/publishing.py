"""授权发布, 更正, 撤稿: only what all signatures stand under goes out, and what is out is watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from meice.audit.actions import Detail
from meice.editorial import policies, tasks
from meice.editorial.actions import events
from meice.editorial.comparison import not_of
from meice.editorial.models import Manuscript, Publication
from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over
from meice.registry.models import Outlet

MOST_PLACES = 20
FIRST_RECHECK = timedelta(days=1)
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was published: `url` may be blank where a platform gives no link (群, APP)."""

    outlet: Outlet
    url: str
    published_at: datetime


@transaction.atomic
def publish_manuscript(
    manuscript: Manuscript, places: Sequence[Place], *, by: User, at: datetime
) -> Manuscript:
    """Record where the approved text went out; of a correction, in place of what stood there.

    `Refused` for a time before the last signature (先审后发), for outlets that are not the unit's
    or above it, and for links that are not the outlet's.
    """
    manuscript = events.lock_manuscript(manuscript)
    step = "republish" if manuscript.published_at else "publish"
    manuscript = events.take(manuscript, step, by)
    _check_places(manuscript, places, at)
    outlets = [place.outlet.pk for place in places]
    standing = manuscript.publications.filter(ended_at=None)
    standing.filter(outlet__in=outlets).update(ended_at=at, next_check_at=None)
    made = Publication.objects.bulk_create(
        _publication(manuscript, place, by, at) for place in places
    )
    first = min(place.published_at for place in places)
    manuscript.published_at = manuscript.published_at or first
    names = "、".join(place.outlet.name for place in places)
    detail: Detail = {"revision": manuscript.newest.number, "outlet": names[:100]}
    events.finish(manuscript, step, by=by, at=at, note=names, detail=detail)
    for publication in made:
        queue_check(publication)
    text = f"{events.called(manuscript)}已发布：{names}"
    events.tell([manuscript.author], manuscript, text, besides=by, kind=NoticeKind.RESULT)
    return manuscript


def _publication(manuscript: Manuscript, place: Place, by: User, at: datetime) -> Publication:
    return Publication(
        manuscript=manuscript,
        revision=manuscript.newest,
        outlet=place.outlet,
        outlet_name=place.outlet.name,
        url=place.url.strip(),
        published_at=place.published_at,
        by=by,
        by_name=by.name,
        recorded_at=at,
        next_check_at=at + FIRST_RECHECK if place.url.strip() else None,
    )


def queue_check(publication: Publication) -> None:
    """A look at its page, as soon as a worker is free."""
    if publication.url:
        key = f"publication.check:{publication.pk}"
        enqueue_once(tasks.check_page, publication.pk, key=key)


def _check_places(manuscript: Manuscript, places: Sequence[Place], at: datetime) -> None:
    if not places:
        raise Refused("至少写一个发布的账号。")
    if len(places) > MOST_PLACES or len({one.outlet.pk for one in places}) < len(places):
        raise Refused(f"一个账号写一行，一次最多 {MOST_PLACES} 行。")
    for place in places:
        _check_place(manuscript, place, at)


def _check_place(manuscript: Manuscript, place: Place, at: datetime) -> None:
    outlet = place.outlet
    path = manuscript.unit_path
    if not (outlet.unit_path.startswith(path) or path.startswith(outlet.unit_path)):
        raise Refused(f"「{outlet.name}」不是本单位或上级单位的账号。")
    if manuscript.approved_at and place.published_at < manuscript.approved_at - CLOCKS_DIFFER:
        raise Refused("发布时间早于终审通过的时间。先审后发：请核对时间，或如实报告先发后审。")
    if place.published_at > at + CLOCKS_DIFFER:
        raise Refused("发布时间在现在之后。发出以后再记。")
    if not place.url.strip():
        if outlet.is_site:
            raise Refused(f"「{outlet.name}」是网站，须填链接。")
        return
    if refusal := not_of(outlet, place.url.strip()):
        raise Refused(f"链接不对：{refusal}。")


@transaction.atomic
def correct_manuscript(
    manuscript: Manuscript, *, reason: str, by: User, at: datetime
) -> Manuscript:
    """更正: what is out is written anew; it goes through the whole chain before it replaces."""
    if not reason.strip():
        raise Refused("更正须写明哪里有误。")
    manuscript = events.take(manuscript, "correct", by)
    events.finish(manuscript, "correct", by=by, at=at, note=reason.strip())
    text = f"{events.called(manuscript)}需要更正：{reason.strip()[:60]}"
    events.tell([manuscript.author], manuscript, text, besides=by)
    return manuscript


@transaction.atomic
def withdraw_manuscript(
    manuscript: Manuscript, *, reason: str, by: User, at: datetime
) -> Manuscript:
    """撤稿: taken from the public, with its reason; looked at no more."""
    if not reason.strip():
        raise Refused("撤稿须写明理由。")
    manuscript = events.take(manuscript, "withdraw", by)
    events.void_undecided(manuscript, by)
    manuscript.publications.filter(ended_at=None).update(ended_at=at, next_check_at=None)
    manuscript.ended_at = at
    events.finish(manuscript, "withdraw", by=by, at=at, note=reason.strip())
    people = [manuscript.author, *people_over(Role.OPERATOR, manuscript.unit)]
    text = f"{events.called(manuscript)}已撤稿，请立即从各账号删除"
    events.tell(people, manuscript, text, besides=by)
    return manuscript


@transaction.atomic
def ask_check(manuscript: Manuscript, *, by: User, at: datetime) -> int:
    """核对页面 now; gives how many pages will be looked at."""
    manuscript = events.lock_manuscript(manuscript)
    require(policies.may_check_page(by, manuscript))
    standing = manuscript.publications.filter(ended_at=None).exclude(url="")
    for publication in standing:
        queue_check(publication)
    events.finish(manuscript, "check", by=by, at=at)
    return len(standing)
