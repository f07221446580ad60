"""The flow bar of a manuscript (picture 07): who did what when, what is now, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meice.editorial.actions.terms import chain_of
from meice.editorial.models import IN_HAND, OUT, Manuscript, ManuscriptStatus, Review, ReviewStatus
from meice.orgs.models import User

DONE, NOW, LATER = "m-done", "m-now", "m-later"
WITHDRAWN = (ManuscriptStatus.WITHDRAWN, ManuscriptStatus.DROPPED)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the bar; `who` and `at` once it is done or in hand, `note` before."""

    label: str
    look: str
    who: str = ""
    at: datetime | None = None
    note: str = ""


def flow_of(manuscript: Manuscript, user: User) -> Sequence[Stage]:
    """撰写, every stage of the round in force, 授权发布."""
    revision = manuscript.newest
    in_hand = manuscript.status in IN_HAND
    wrote = Stage(
        "撰写", NOW if in_hand else DONE, manuscript.author_name, revision.at, str(revision)
    )
    stages = _planned(manuscript) if in_hand else _reviews(manuscript, user)
    return [wrote, *stages, _release(manuscript)]


def _planned(manuscript: Manuscript) -> list[Stage]:
    """What it would go through if it were sent now."""
    return [
        Stage(plan.name, LATER, note=plan.unit.called if plan.unit else plan.role.label)
        for plan in chain_of(manuscript.unit, manuscript.content_class)
    ]


def _reviews(manuscript: Manuscript, user: User) -> list[Stage]:
    turn = manuscript.turn
    found = []
    for review in manuscript.present:
        who = review.signed + ("（你）" if review.claimed_by_id == user.pk else "")
        if review.status == ReviewStatus.PASSED:
            found.append(Stage(review.name, DONE, who, review.decided_at))
        elif turn is not None and review.pk == turn.pk:
            found.append(Stage(review.name, NOW, who, review.claimed_at, _asked(review)))
        else:
            found.append(Stage(review.name, LATER, who, None, _asked(review)))
    return found


def _asked(review: Review) -> str:
    return f"{review.unit_name} {review.get_role_display()}"


def _release(manuscript: Manuscript) -> Stage:
    if manuscript.status in (*OUT, *WITHDRAWN):
        return Stage(str(manuscript.state.label), DONE, "", manuscript.published_at)
    if manuscript.status == ManuscriptStatus.APPROVED:
        return Stage("授权发布", NOW, note="签字齐全")
    return Stage("授权发布", LATER)
