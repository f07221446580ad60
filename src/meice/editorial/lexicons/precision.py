"""How often a term was right, from the votes of readers; unknown where nobody has voted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from meice.editorial.lexicons.reading import RULES
from meice.editorial.models.lexicon import above
from meice.editorial.models.opinion import TermReview, TermVote, TermVoteQuerySet
from meice.engines.zhcheck import Rule
from meice.orgs.models import User
from meice.orgs.roles import Right

FEWEST = 5
"""Votes below which nothing is proposed: two people are no measure."""
TOO_LOW = 0.5
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Precision:
    """The votes on one term since it was last reviewed."""

    rule: str
    word: str
    useful: int
    wrong: int
    last_at: datetime | None = None

    @property
    def votes(self) -> int:
        """All of them."""
        return self.useful + self.wrong

    @property
    def share(self) -> float | None:
        """Useful of all; None when nobody has voted."""
        return self.useful / self.votes if self.votes else None

    @property
    def words(self) -> str:
        """`83%（10 / 12）`; 未知 without a vote."""
        return (
            f"{self.share:.0%}（{self.useful} / {self.votes}）"
            if self.share is not None
            else "未知"
        )

    @property
    def is_low(self) -> bool:
        """Under half, of enough votes: a person should look at it."""
        return self.votes >= FEWEST and self.useful < self.votes * TOO_LOW

    @property
    def rule_name(self) -> str:
        """The rule in words."""
        return RULES[Rule(self.rule)]


def precisions(
    user: User, words: Iterable[str] | None = None
) -> Mapping[tuple[str, str], Precision]:
    """By rule and word, of the votes in the user's reach. One query."""
    votes = TermVote.objects.visible_to(user).filter(at__gt=_since(user))
    if words is not None:
        votes = votes.filter(word__in=list(words))
    return {(one.rule, one.word): one for one in _grouped(votes)}


def proposed(user: User) -> list[Precision]:
    """Terms under half, the worst first."""
    votes = TermVote.objects.visible_to(user).filter(at__gt=_since(user))
    counted = votes.values("rule", "word").annotate(
        useful_votes=Count("pk", filter=Q(useful=True)), all_votes=Count("pk")
    )
    low = counted.filter(all_votes__gte=FEWEST, useful_votes__lt=F("all_votes") * TOO_LOW)
    keys = [(row["rule"], row["word"]) for row in low]
    if not keys:
        return []
    found = precisions(user, {word for _, word in keys})
    return sorted((found[key] for key in keys), key=lambda one: (one.share or 0, -one.votes))


def _grouped(votes: TermVoteQuerySet) -> list[Precision]:
    rows = votes.values("rule", "word").annotate(
        right=Count("pk", filter=Q(useful=True)),
        wrong=Count("pk", filter=Q(useful=False)),
        last=Max("at"),
    )
    return [Precision(r["rule"], r["word"], r["right"], r["wrong"], r["last"]) for r in rows]


def _since(user: User) -> Coalesce:
    """The last review of the term by the school."""
    places = Q(pk__in=[])
    for path in user.reach(Right.SEE_BUSINESS):
        places |= Q(unit__path__in=above(path)) | Q(unit__path__startswith=path)
    reviewed = TermReview.objects.filter(places, rule=OuterRef("rule"), word=OuterRef("word"))
    return Coalesce(Subquery(reviewed.order_by("-at").values("at")[:1]), _EVER)
