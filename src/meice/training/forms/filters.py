"""What the query strings of the lists mean. Unknown values are no filter, no error."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.http import QueryDict

from meice.orgs.models import Post, Unit, User
from meice.orgs.models.user import PostQuerySet
from meice.orgs.roles import Right, Role
from meice.training.models import ROLE_CHOICES, SessionStatus, TrainingTopic
from meice.training.models.certificate import NEAR_DAYS, CertificateQuerySet
from meice.training.models.need import NEED_LOOKS, OPEN, Need, NeedState
from meice.training.models.session import SessionQuerySet

LONGEST_TERM = 80
SESSION_VIEWS = {
    "coming": "待举办", "waiting": "待登记到会", "held": "已举办", "cancelled": "已取消",
}  # fmt: skip
CERTIFICATE_VIEWS = {
    "standing": "全部", "ending": "临近到期", "over": "已过期", "unproved": "没有证明文件",
}  # fmt: skip
NEED_VIEWS = {"open": "要办的", **{state.value: NEED_LOOKS[state].label for state in NeedState}}
NEED_SETS: dict[str, Collection[NeedState]] = {
    "open": OPEN, **{state.value: (state,) for state in NeedState},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """The list of sessions."""

    view: str = "coming"
    term: str = ""
    unit: Unit | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User) -> "SessionFilter":
        """Read the query."""
        view = _one_of(query.get("view", ""), SESSION_VIEWS) or "coming"
        return cls(view, _term(query), _unit(query.get("unit", ""), by))

    def apply(self, rows: SessionQuerySet, at: datetime) -> SessionQuerySet:
        """The rows that every filter lets through."""
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        return rows.matching(self.term).filter(session_view(self.view, at))

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.term or self.unit)


def session_view(view: str, at: datetime) -> Q:
    """The rows of one view."""
    planned = Q(status=SessionStatus.PLANNED)
    return {
        "waiting": planned & Q(starts_at__lt=at),
        "held": Q(status=SessionStatus.HELD),
        "cancelled": Q(status=SessionStatus.CANCELLED),
    }.get(view, planned & Q(starts_at__gte=at))


@dataclass(frozen=True, slots=True)
class CertificateFilter:
    """The list of certificates."""

    view: str = "standing"
    term: str = ""
    unit: Unit | None = None
    topic: TrainingTopic | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User) -> "CertificateFilter":
        """Read the query."""
        view = _one_of(query.get("view", ""), CERTIFICATE_VIEWS) or "standing"
        unit, topic = _unit(query.get("unit", ""), by), _topic(query.get("topic", ""))
        return cls(view, _term(query), unit, topic)

    def apply(self, rows: CertificateQuerySet, today: date) -> CertificateQuerySet:
        """The rows that every filter lets through."""
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        rows = rows.filter(topic=self.topic) if self.topic else rows
        return rows.matching(self.term).filter(certificate_view(self.view, today))

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.term or self.unit or self.topic)


def certificate_view(view: str, today: date) -> Q:
    """The rows of one view."""
    near = today + timedelta(days=NEAR_DAYS)
    return {
        "ending": Q(valid_until__range=(today, near)),
        "over": Q(valid_until__lt=today),
        "unproved": Q(file=None),
    }.get(view, Q())


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """Who lacks what."""

    view: str = "open"
    term: str = ""
    unit: Unit | None = None
    role: str = ""
    topic: TrainingTopic | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User) -> "NeedFilter":
        """Read the query."""
        return cls(
            _one_of(query.get("view", ""), NEED_VIEWS) or "open", _term(query),
            _unit(query.get("unit", ""), by), _one_of(query.get("role", ""), dict(ROLE_CHOICES)),
            _topic(query.get("topic", "")),
        )  # fmt: skip

    def posts(self, by: User) -> PostQuerySet:
        """Whose posts are asked: of the reader's subtree."""
        posts = Post.objects.current().below(*by.reach(Right.SEE_BUSINESS))
        posts = posts.below(self.unit.path) if self.unit else posts
        posts = posts.filter(role=self.role) if self.role else posts
        if self.term:
            bare = "".join(self.term.lower().split())
            posts = posts.filter(
                Q(user__name__icontains=bare) | Q(user__username__istartswith=bare)
                | Q(user__pinyin_key__contains=bare)
            )  # fmt: skip
        return posts

    def shown(self, needs: Iterable[Need]) -> list[Need]:
        """Those of the view."""
        wanted = NEED_SETS[self.view]
        return [need for need in needs if need.state in wanted]

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.chips)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        found = [
            (self.term, "q"),
            (self.unit.name if self.unit else "", "unit"),
            (str(Role(self.role).label) if self.role else "", "role"),
            (self.topic.name if self.topic else "", "topic"),
        ]
        return [(text, key) for text, key in found if text]


def _term(query: QueryDict) -> str:
    return " ".join(query.get("q", "").split())[:LONGEST_TERM]


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _topic(pk: str) -> TrainingTopic | None:
    is_number = pk.isascii() and pk.isdecimal() and len(pk) < 12
    return TrainingTopic.objects.filter(pk=int(pk)).first() if is_number else None


def _unit(path: str, by: User) -> Unit | None:
    """The unit of a tree path, if the reader sees its business."""
    reach = by.reach(Right.SEE_BUSINESS)
    return Unit.objects.below(*reach).filter(path=path[:255]).first() if path and reach else None
