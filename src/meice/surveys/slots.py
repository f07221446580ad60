"""What the room shows elsewhere: sidebar, to-dos, unit pages, search, what a leaver holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from meice.audit.phrases import name_acts, name_details
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.clock import now
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
from meice.registry.models import within
from meice.surveys import phrases, tasks
from meice.surveys.actions.holding import held_submissions, move_submission, name_held
from meice.surveys.models import UNREPORTED, Campaign, Submission, YearSummary

SWEEP_SECONDS = 3600
LADDER_SECONDS = 900
FOLLOW_SECONDS = 60
MOST = 30
SOON = timedelta(days=7)
VERBS = {
    "untouched": ("填报", "还没有开始，表已按台账备好"),
    "drafting": ("接着填", "填写中"),
    "returned": ("修改", "宣传部退回待改"),
    "awaiting_leader": ("确认", "等你确认报送"),
}
WRITES = ("untouched", "drafting", "returned")


def register() -> None:
    """Fill the slots and declare the rounds."""
    for item in NAVIGATION:
        slots.navigation.register(item)
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.todos.register(TodoSource("填报", _submission_todos))
    slots.todos.register(TodoSource("待审填报", _review_todos))
    slots.unit_panels.register(Panel("填报", "surveys/_unit_panel.html", _unit_panel, order=40))
    slots.search.register(SearchSource("专项填报", _find, order=30))
    slots.holdings.register(HoldingSource("填报", held_submissions, name_held, move_submission))
    schedules.every(seconds=SWEEP_SECONDS, task=tasks.sweep_checks, key="annexes.sweep")
    schedules.every(seconds=LADDER_SECONDS, task=tasks.climb_ladder, key="campaigns.ladder")
    schedules.every(seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="surveys.follow-units")


def _sees_campaigns(user: User) -> bool:
    return user.has(Right.SEE_BUSINESS)


def _sees_years(user: User) -> bool:
    return user.has(Right.DECIDE_BUSINESS) or (
        user.has(Right.READ_AUDIT) and user.has(Right.SEE_BUSINESS)
    )


def _mine(user: User) -> Any:
    """What waits for this person's own act in an open campaign."""
    return Submission.objects.filter(_is_mine(user), campaign__status="open")


def _is_mine(user: User) -> Q:
    """By her chosen post."""
    writes = Q(status__in=WRITES) & within(user.reach(Right.DRAFT_BUSINESS))
    signs = Q(status="awaiting_leader") & within(user.reach(Right.CONFIRM_BUSINESS))
    reviews = Q(status="reported", claimed_by=user.pk) & within(user.reach(Right.DECIDE_BUSINESS))
    return _own(user, writes) | _own(user, signs) | reviews


def _own(user: User, wanted: Q) -> Q:
    """The unit's own, and of units below that have nobody: hers is her unit's post."""
    post = user.post
    return wanted & Q(unit=post.unit_id) if post else Q(pk__in=[])


def _tally(user: User, at: datetime) -> Tally:
    """My own open submissions; for the department also what nobody has claimed."""
    wanted = _mine(user)
    if user.has(Right.DECIDE_BUSINESS):
        queue = Q(status="reported", claimed_by=None) & within(user.reach(Right.DECIDE_BUSINESS))
        wanted = wanted | Submission.objects.filter(queue, campaign__status="open")
    return Tally(wanted, Q(campaign__deadline__lt=at) & ~Q(status="reported"))


NAVIGATION = (
    NavItem(
        group=NavGroup.REPORTING,
        label="专项填报",
        icon="table",
        url_name="campaign-list",
        order=10,
        visible=_sees_campaigns,
        tally=_tally,
    ),
    NavItem(
        group=NavGroup.REPORTING,
        label="年度汇总",
        icon="archive",
        url_name="year-list",
        order=30,
        visible=_sees_years,
    ),
    NavItem(
        group=NavGroup.REPORTING,
        label="附件检查",
        icon="file-search",
        url_name="annexes",
        order=90,
        visible=lambda user: user.is_authenticated,
    ),
)


def _submission_todos(user: User, at: datetime) -> Iterable[Todo]:
    """Hers, and what she handed over and somebody else has now: at most `MOST` of each."""
    given = Q(presented_by=user.pk, status="awaiting_leader") | (
        Q(status="reported") & (Q(presented_by=user.pk) | Q(confirmed_by=user.pk))
    )
    seen = Submission.objects.filter(campaign__status="open")
    hers = Case(When(_is_mine(user), then=Value(1)), default=Value(0), output_field=IntegerField())
    by_deadline = [F("campaign__deadline").asc(), F("pk").asc()]
    place = Window(RowNumber(), partition_by=F("hers"), order_by=by_deadline)
    reach = within(user.reach(Right.SEE_BUSINESS))
    found = seen.annotate(hers=hers).filter(Q(hers=1) | (given & reach))
    found = found.annotate(place=place).filter(place__lte=MOST).order_by(*by_deadline)
    rows: Iterable[Any] = found.select_related("campaign", "unit").defer("campaign__notice")
    for submission in rows:
        yield _my_todo(submission, at) if submission.hers else _others_todo(submission)


def _my_todo(submission: Submission, at: datetime) -> Todo:
    verb, why = VERBS.get(submission.status, ("审阅", "你已认领"))
    campaign = submission.campaign
    if submission.error_count and submission.status in WRITES:
        why = f"{why}，还有 {submission.error_count} 处错误"
    step = "submission-confirm" if submission.status == "awaiting_leader" else "submission"
    return Todo(
        what=campaign.title,
        why=f"{why}，已逾期" if submission.is_late(at) else why,
        verb=verb,
        url=reverse(step, args=[submission.pk]),
        unit=submission.unit.name,
        due=campaign.deadline if submission.status != "reported" else None,
    )


def _others_todo(submission: Submission) -> Todo:
    return Todo(
        submission.campaign.title, submission.state.label, "查看",
        submission.get_absolute_url(), submission.unit.name, of=TodoList.OTHERS,
    )  # fmt: skip


def _review_todos(user: User, at: datetime) -> Iterable[Todo]:
    """One line a campaign for the department: the cockpit has the rows."""
    if not user.has(Right.DECIDE_BUSINESS):
        return
    reach = within(user.reach(Right.DECIDE_BUSINESS))
    open_ones = Campaign.objects.filter(reach, status="open").select_related("unit")
    counted: Any = open_ones.defer("notice").annotate(
        waiting=Count("submissions", filter=Q(submissions__status="reported")),
        unreported=Count("submissions", filter=Q(submissions__status__in=UNREPORTED)),
    )
    for campaign in counted.order_by("deadline", "pk")[:10]:
        url = campaign.get_absolute_url()
        if campaign.waiting:
            yield Todo(f"{campaign.title}：{campaign.waiting} 家已报待审", "科室待认领", "审阅",
                       f"{url}?state=reported", campaign.unit.name,
                       of=TodoList.OFFICE)  # fmt: skip
        if campaign.unreported and campaign.is_late(at):
            yield Todo(f"{campaign.title}：{campaign.unreported} 家逾期未报", "已过截止时间",
                       "催办", f"{url}?state=late", campaign.unit.name,
                       campaign.deadline)  # fmt: skip


def _unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The unit's last submissions."""
    if not user.has(Right.SEE_BUSINESS, unit):
        return None
    shown = Submission.objects.visible_to(user).filter(unit=unit).select_related("campaign", "unit")
    return {"submissions": list(shown.order_by("-campaign__deadline", "-pk")[:5]), "at": now()}


def _find(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    """Campaigns by title, submissions by receipt number, years."""
    bare = "".join(words.split())
    if not user.has(Right.SEE_BUSINESS) or not bare:
        return []
    campaigns = Campaign.objects.visible_to(user).filter(
        Q(title__icontains=bare) | Q(document_number__icontains=bare)
    )
    hits = [SearchHit(c.title, c.state.label, c.get_absolute_url()) for c in campaigns[:limit]]
    seen = Submission.objects.visible_to(user).filter(receipts__number__iexact=bare)
    for submission in seen.select_related("campaign", "unit").distinct()[:limit]:
        hint = f"{submission.campaign.title} · {submission.unit.called}"
        hits.append(SearchHit(bare.upper(), hint, submission.get_absolute_url()))
    if _sees_years(user) and bare.isdecimal():
        years = YearSummary.objects.visible_to(user).filter(year=int(bare[:6]))
        hits += [SearchHit(str(y), y.unit_path, reverse("year", args=[y.pk])) for y in years[:1]]
    return hits[:limit]
