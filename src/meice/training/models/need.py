"""Who lacks what: people by post, what their role needs, and until when they have it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from meice.orgs.models import Post
from meice.orgs.models.user import PostQuerySet
from meice.training.models.certificate import NEAR_DAYS, Certificate
from meice.training.models.session import Attendance, Presence, SessionStatus
from meice.training.models.topic import TrainingTopic
from meice.web.tones import Look, Tone

FOR_EVER = date.max


class NeedState(StrEnum):
    """What a person has of a topic that her role needs."""

    LACKS = "lacks"
    OVER = "over"
    ENDING = "ending"
    HAS = "has"


NEED_LOOKS: Mapping[NeedState, Look] = {
    NeedState.LACKS: Look("没有参加过", icon="alert-triangle", tone=Tone.WARN),
    NeedState.OVER: Look("已过期", icon="alert-octagon", tone=Tone.BAD),
    NeedState.ENDING: Look("快到期", icon="clock", tone=Tone.WARN),
    NeedState.HAS: Look("有", icon="circle-check", tone=Tone.GOOD),
}
NEED_LABELS = {state.value: look.label for state, look in NEED_LOOKS.items()}


@dataclass(frozen=True, slots=True)
class Need:
    """One post and one topic that its role needs; `until` None: never had."""

    post: Post
    topic: TrainingTopic
    until: date | None
    state: NeedState

    @property
    def look(self) -> Look:
        """With icon and tone."""
        return NEED_LOOKS[self.state]

    @property
    def has_end(self) -> bool:
        """Is there a day on which it ends?"""
        return self.until is not None and self.until != FOR_EVER


def state_of(until: date | None, today: date) -> NeedState:
    """By the day until which it counts."""
    if until is None:
        return NeedState.LACKS
    if until < today:
        return NeedState.OVER
    near = until != FOR_EVER and until <= today + timedelta(days=NEAR_DAYS)
    return NeedState.ENDING if near else NeedState.HAS


def months_after(day: date, months: int) -> date:
    """The same day so many months later, at most the month's last; 0 months: for ever."""
    if not months:
        return FOR_EVER
    at = day.year * 12 + day.month - 1 + months
    first = date(at // 12, at % 12 + 1, 1)
    following = date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def needs_of(posts: PostQuerySet, today: date) -> list[Need]:
    """Every post with every topic that its role needs; four queries whatever the rows."""
    topics = [topic for topic in TrainingTopic.objects.all() if topic.retired_at is None]
    roles = {role for topic in topics for role in topic.roles}
    rows = list(
        posts.filter(role__in=roles, user__is_active=True)
        .select_related("user", "unit")
        .order_by("unit__path", "user__pinyin_key", "pk")
    )
    until = _until(topics, rows)
    return [
        Need(post, topic, day := until.get((post.user_id, topic.pk)), state_of(day, today))
        for post in rows
        for topic in topics
        if post.role in topic.roles
    ]


def _until(topics: Iterable[TrainingTopic], posts: Iterable[Post]) -> dict[tuple[int, int], date]:
    """The last day for which each person has each topic, by session or by certificate."""
    months = {topic.pk: topic.months for topic in topics}
    people = {post.user_id for post in posts}
    best: dict[tuple[int, int], date] = {}

    def keep(user: int, topic: int | None, day: date) -> None:
        if topic in months and user in people:
            best[user, topic] = max(day, best.get((user, topic), day))

    there = Attendance.objects.filter(
        presence=Presence.PRESENT, session__status=SessionStatus.HELD, session__topic__in=months
    )
    for user, topic, at in there.values_list("user", "session__topic", "session__starts_at"):
        keep(user, topic, months_after(timezone.localdate(at), months[topic]))
    papers = Certificate.objects.standing().filter(topic__in=months)
    for user, of, end in papers.values_list("user", "topic", "valid_until"):
        keep(user, of, end or FOR_EVER)
    return best
