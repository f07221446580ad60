"""What the room shows elsewhere: sidebar, to-dos, panels, search, what a leaver holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from meice.audit.phrases import name_acts, name_details
from meice.editorial import phrases, tasks
from meice.editorial.actions import following
from meice.editorial.lexicons import slots as lexicons
from meice.editorial.models import (
    IN_HAND,
    WITH_REVIEWS,
    Manuscript,
    ManuscriptStatus,
    Outcome,
    Review,
)
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.slots import (
    HoldingSource,
    NavGroup,
    NavItem,
    Panel,
    SearchHit,
    SearchSource,
    Tally,
    Todo,
    TodoList,
    TodoSource,
)
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

CHECK_SECONDS = 3600
REMIND_SECONDS = 900
FOLLOW_SECONDS = 60
MOST = 30
SHOWN = 10
OWN_TURN = {
    ManuscriptStatus.DRAFT: ("写稿", "草稿还没有送审"),
    ManuscriptStatus.RETURNED: ("修改", "审校退回，等你修改"),
    ManuscriptStatus.CORRECTING: ("更正", "更正稿还没有送审"),
    ManuscriptStatus.APPROVED: ("发布", "签字齐全，可以发布"),
}


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    lexicons.register()
    for item in NAVIGATION:
        slots.navigation.register(item)
    slots.todos.register(TodoSource("稿件审校", _review_todos))
    slots.todos.register(TodoSource("稿件", _author_todos))
    slots.unit_panels.register(Panel("稿件", "editorial/_unit_panel.html", _unit_panel, order=60))
    slots.search.register(SearchSource("稿件", _find, order=50))
    slots.holdings.register(
        HoldingSource(
            "没有办完的稿件",
            following.held_manuscripts,
            following.name_manuscript,
            following.move_manuscript,
        )
    )
    slots.holdings.register(
        HoldingSource(
            "认领的审校", following.held_reviews, following.name_review, following.move_review
        )
    )
    slots.unit_moved.register(following.follow_units)
    for key, seconds, task in ROUNDS:
        schedules.every(seconds=seconds, task=task, key=key)


ROUNDS = (
    ("editorial.check-pages", CHECK_SECONDS, tasks.check_pages),
    ("editorial.remind", REMIND_SECONDS, tasks.remind_reviewers),
    ("editorial.follow-units", FOLLOW_SECONDS, tasks.follow_units),
)


def _sees(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS)


def _open_manuscripts(user: User, at: datetime) -> Tally:
    """What waits for her own act; hot when a review of hers is over its term."""
    late = Q(pk__in=Manuscript.objects.late(at).values("pk"))
    return Tally(Manuscript.objects.mine(user, timezone.localdate(at)), late)


NAVIGATION = (
    NavItem(
        NavGroup.EDITORIAL, "稿件", icon="file-text", url_name="manuscript-list", order=10,
        visible=_sees, tally=_open_manuscripts,
    ),
    NavItem(
        NavGroup.EDITORIAL, "读稿检查", icon="scan", url_name="proof", order=90,
        visible=lambda user: bool(user.is_authenticated),
    ),
)  # fmt: skip


def _review_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Stages in her hands or hers to claim; the earliest term first."""
    waiting = Review.objects.current().to_do(user, timezone.localdate(at))
    rows = waiting.select_related("manuscript").order_by("due_at", "pk")
    for review in rows[:MOST]:
        hers = review.claimed_by_id == user.pk
        urgent = "急稿 " if review.manuscript.is_urgent else ""
        yield Todo(
            what=f"{urgent}{review.manuscript.title}",
            why=f"{review.name}，{'你已认领' if hers else '等人认领'}",
            verb="审校" if hers else "认领",
            url=review.manuscript.get_absolute_url(),
            unit=review.manuscript.unit_name,
            due=review.due_at,
            of=TodoList.MINE if hers else TodoList.OFFICE,
        )


def _author_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Hers to write on or to publish; what others are reviewing; pages that differ."""
    if not user.has(Right.DRAFT_BUSINESS):
        return
    waits = [*IN_HAND, ManuscriptStatus.APPROVED, ManuscriptStatus.REVIEWING]
    own = Manuscript.objects.visible_to(user).written_by(user)
    differs = Q(publications__outcome__in=[Outcome.DIFFERS, Outcome.GONE])
    differs &= Q(publications__ended_at=None)
    rows = own.filter(Q(status__in=waits) | differs).distinct().order_by("-changed_at", "-pk")
    for each in rows[:MOST]:
        yield _author_todo(each)


def _author_todo(each: Manuscript) -> Todo:
    whose = TodoList.MINE
    status = ManuscriptStatus(each.status)
    if status is ManuscriptStatus.REVIEWING:
        verb, why, whose = "查看", "正在审校", TodoList.OTHERS
    else:
        verb, why = OWN_TURN.get(status, ("核对", "机器：页面与审定稿不一致"))
    return Todo(
        what=each.title, why=why, verb=verb, url=each.get_absolute_url(), unit=each.unit_name,
        of=whose,
    )  # fmt: skip


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The last manuscripts of a unit and below, those under way first."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    rows = Manuscript.objects.visible_to(user).filter(unit_path__startswith=unit.path)
    shown = rows.prefetch_related(WITH_REVIEWS).order_by("-changed_at", "-pk")[:SHOWN]
    return {"manuscripts": list(shown), "unit": unit}


def _find(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    """By number, title or author."""
    bare = "".join(words.split())
    if not bare:
        return []
    found = Manuscript.objects.visible_to(user).matching(bare).order_by("-changed_at")[:limit]
    return [
        SearchHit(
            each.title,
            f"{each.number} · {each.state.label} · {each.unit_name}",
            each.get_absolute_url(),
        )
        for each in found
    ]
