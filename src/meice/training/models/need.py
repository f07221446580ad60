"""Who lacks what: people by post, what their role needs, and until when they have it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Max
from django.utils import timezone

from meice.orgs.models import Post, User
from meice.orgs.models.user import PostQuerySet
from meice.training.models.certificate import NEAR_DAYS, Certificate
from meice.training.models.session import Attendance, Presence, SessionStatus
from meice.training.models.topic import TrainingTopic
from meice.web.tones import Look, Tone

FOR_EVER = date.max
Key = tuple[int, int]


class NeedState(StrEnum):
    """What a person has of a topic that her role needs."""

    LACKS = "lacks"
    OVER = "over"
    UNKNOWN = "unknown"
    ENDING = "ending"
    HAS = "has"


NEED_LOOKS: Mapping[NeedState, Look] = {
    NeedState.LACKS: Look("没有参加记录", icon="alert-triangle", tone=Tone.WARN),
    NeedState.OVER: Look("培训过期", icon="alert-octagon", tone=Tone.BAD),
    NeedState.UNKNOWN: Look("到会未登记", icon="help-circle", tone=Tone.UNKNOWN),
    NeedState.ENDING: Look("临近到期", icon="clock", tone=Tone.WARN),
    NeedState.HAS: Look("培训有效", icon="circle-check", tone=Tone.GOOD),
}
OPEN = (NeedState.LACKS, NeedState.OVER, NeedState.UNKNOWN, NeedState.ENDING)
"""What somebody has to do something about."""


@dataclass(frozen=True, slots=True)
class Need:
    """One person's post and one topic that the role needs; `until` None: never had."""

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


@dataclass(frozen=True, slots=True)
class Proofs:
    """By person and topic: the last day for which it counts, by a held session or a certificate;
    and the day for which a session would count whose attendance nobody has told."""

    until: Mapping[Key, date]
    untold: Mapping[Key, date]

    def state(self, user: int, topic: int, today: date) -> NeedState:
        """What she has on this day. What is not told is unknown, neither lacking nor had."""
        until, untold = self.until.get((user, topic)), self.untold.get((user, topic))
        if until is None or until < today:
            if untold is not None and untold >= today:
                return NeedState.UNKNOWN
            return NeedState.LACKS if until is None else NeedState.OVER
        near = until != FOR_EVER and until <= today + timedelta(days=NEAR_DAYS)
        return NeedState.ENDING if near else NeedState.HAS

    def need(self, post: Post, topic: TrainingTopic, today: date) -> Need:
        """The same as a line of the list."""
        key = (post.user_id, topic.pk)
        return Need(post, topic, self.until.get(key), self.state(*key, today))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, at most the month's last; 0 months: for ever."""
    if not months:
        return FOR_EVER
    at = day.year * 12 + day.month - 1 + months
    first = date(at // 12, at % 12 + 1, 1)
    following = date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def needs_of(
    posts: PostQuerySet, at: datetime, topics: Sequence[TrainingTopic] | None = None
) -> list[Need]:
    """Every post with every topic that its role needs; four queries whatever the rows."""
    demanded = list(TrainingTopic.objects.standing() if topics is None else topics)
    roles = {role for topic in demanded for role in topic.roles}
    wanted = posts.filter(role__in=roles, user__is_active=True)
    proofs = proofs_of(wanted.values("user"), demanded, at)
    today = timezone.localdate(at)
    rows = wanted.select_related("user", "unit")
    return [
        proofs.need(post, topic, today)
        for post in rows.order_by("unit__path", "user__pinyin_key", "pk")
        for topic in demanded
        if post.role in topic.roles
    ]


def needs_of_person(person: User, at: datetime) -> list[Need]:
    """What one person's posts need, each topic once."""
    found = needs_of(Post.objects.current().filter(user=person.pk), at)
    return list({need.topic.pk: need for need in reversed(found)}.values())[::-1]


def proofs_of(people: Any, topics: Iterable[TrainingTopic], at: datetime) -> Proofs:
    """What is known of these people (ids, or a query of them); two queries."""
    months = {topic.pk: topic.months for topic in topics}
    until: dict[Key, date] = {}
    untold: dict[Key, date] = {}
    for user, topic, presence, last in _attended(people, months, at):
        day = months_after(timezone.localdate(last), months[topic])
        into = until if presence == Presence.PRESENT else untold
        into[user, topic] = max(day, into.get((user, topic), day))
    papers = Certificate.objects.standing().filter(topic__in=months, user__in=people)
    for user, of, end in papers.values_list("user", "topic", "valid_until"):
        if of is not None:
            day = end or FOR_EVER
            until[user, of] = max(day, until.get((user, of), day))
    return Proofs(until, untold)


def _attended(
    people: Any, topics: Iterable[int], at: datetime
) -> Iterable[tuple[int, int, str, datetime]]:
    """Person, topic, presence, and when last: present counts once the session is held; who is not
    told of is not told of from its beginning on."""
    rows = Attendance.objects.filter(
        user__in=people, session__topic__in=list(topics), session__starts_at__lte=at,
        presence__in=(Presence.PRESENT, Presence.EXPECTED),
    ).exclude(session__status=SessionStatus.CANCELLED)  # fmt: skip
    grouped = rows.values("user", "session__topic", "presence", "session__status")
    for row in grouped.annotate(last=Max("session__starts_at")).order_by():
        held = row["session__status"] == SessionStatus.HELD
        presence = row["presence"] if held else Presence.EXPECTED
        yield row["user"], row["session__topic"], presence, row["last"]


@dataclass(frozen=True, slots=True)
class UnitNeeds:
    """The numbers of one unit, or of several together."""

    name: str
    path: str
    numbers: Mapping[NeedState, int]

    @property
    def total(self) -> int:
        """How often somebody needs something."""
        return sum(self.numbers.values())

    @property
    def cells(self) -> list[tuple[NeedState, Look, int]]:
        """Every state with its number."""
        return [(state, NEED_LOOKS[state], self.numbers[state]) for state in NeedState]


def count_states(needs: Iterable[Need]) -> dict[NeedState, int]:
    """How many of each."""
    numbers = dict.fromkeys(NeedState, 0)
    for need in needs:
        numbers[need.state] += 1
    return numbers


def numbers_by_unit(needs: Iterable[Need]) -> list[UnitNeeds]:
    """One line a unit, in the order of the tree; no ranking."""
    by_unit: dict[str, list[Need]] = {}
    for need in needs:
        by_unit.setdefault(need.post.unit.path, []).append(need)
    return [
        UnitNeeds(rows[0].post.unit.name, path, count_states(rows))
        for path, rows in sorted(by_unit.items())
    ]
