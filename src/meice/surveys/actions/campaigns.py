"""Campaigns: drafted, opened to the units of their scope, changed while they run, locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.engines.annexes.model import Annex
from meice.kernel.access import Refused, require
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right, Role
from meice.surveys import policies
from meice.surveys.actions.events import note_event, tell
from meice.surveys.models import (
    Campaign,
    CampaignScope,
    CampaignStatus,
    Coverage,
    Submission,
    SubmissionStatus,
)
from meice.surveys.workflow import CAMPAIGN, SUBMISSION

OUT_OF_SCOPE = "不在这次填报的范围内。"


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What the form says. `scopes`: (unit, coverage); `deadline` aware."""

    title: str
    opens_at: datetime
    deadline: datetime
    annexes: Sequence[int]
    scopes: Sequence[tuple[Unit, str]]
    notice: str = ""
    document_number: str = ""
    delivery: str = ""
    paper_wanted: bool = True
    paper_place: str = ""


def reporting_units(scopes: Iterable[tuple[Unit, str]]) -> list[Unit]:
    """The active units that hand in a submission, in tree order, each once. A unit without any
    below it reports itself."""
    found: dict[int, Unit] = {}
    for unit, coverage in scopes:
        below = Unit.objects.active().below(unit.path)
        if coverage == Coverage.CHILDREN:
            below = below.filter(depth=unit.depth + 1)
        units = [] if coverage == Coverage.SELF else list(below)
        for each in units or [unit]:
            found[each.pk] = each
    return sorted(found.values(), key=lambda unit: unit.path)


@transaction.atomic
def create_campaign(draft: CampaignDraft, *, unit: Unit, by: User, at: datetime) -> Campaign:
    """A draft that only the department sees."""
    require(policies.may_create_campaign(by))
    campaign = Campaign(unit=unit, unit_path=unit.path, made_by=by, made_at=at)
    _write(campaign, draft, by)
    record("campaign.create", campaign, by=by, unit_path=campaign.unit_path)
    return campaign


@transaction.atomic
def edit_campaign(
    campaign: Campaign, draft: CampaignDraft, *, version: int, by: User, at: datetime
) -> Campaign:
    """Change it; while it runs, units that come into the scope are asked, those that leave it
    before they began are exempt, and a new deadline is told to all that have not reported."""
    campaign = _lock(campaign)
    require(policies.may_edit_campaign(by, campaign))
    if campaign.version != version:
        raise Refused("刚才有人改过这次填报，请看过后再改。")
    before = campaign.deadline
    _write(campaign, draft, by)
    if campaign.status == CampaignStatus.OPEN:
        _ask_units(campaign, by, at)
        _release_units(campaign, by, at)
        if campaign.deadline != before:
            _tell_deadline(campaign, by)
    detail: Detail = {"deadline": campaign.deadline.isoformat(), "scopes": len(draft.scopes)}
    record("campaign.edit", campaign, by=by, detail=detail, unit_path=campaign.unit_path)
    return campaign


def _write(campaign: Campaign, draft: CampaignDraft, by: User) -> None:
    if draft.deadline <= draft.opens_at:
        raise Refused("截止时间须在开始时间之后。")
    for unit, _ in draft.scopes:
        if not by.has(Right.DECIDE_BUSINESS, unit):
            raise Refused(f"「{unit}」不在你的管理范围内。")
    campaign.title, campaign.notice = draft.title, draft.notice
    campaign.document_number, campaign.delivery = draft.document_number, draft.delivery
    campaign.opens_at, campaign.deadline = draft.opens_at, draft.deadline
    campaign.annexes = sorted(int(Annex(number)) for number in draft.annexes)
    campaign.paper_wanted, campaign.paper_place = draft.paper_wanted, draft.paper_place
    if campaign.pk:
        campaign.version += 1
    campaign.save()
    campaign.scopes.all().delete()
    CampaignScope.objects.bulk_create(
        CampaignScope(campaign=campaign, unit=unit, coverage=coverage)
        for unit, coverage in draft.scopes
    )


@transaction.atomic
def open_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Every unit of the scope gets its submission, its operators are told."""
    campaign = _lock(campaign)
    CAMPAIGN.take("open", campaign, by)
    campaign.opened_at = at
    _save(campaign, "opened_at")
    asked = _ask_units(campaign, by, at)
    if not campaign.submissions.exists():
        raise Refused("范围里没有在用的单位。")
    detail = {"units": asked}
    record("campaign.open", campaign, by=by, detail=detail, unit_path=campaign.unit_path)
    return campaign


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Lock: whatever has not been reported cannot be any more."""
    campaign = _lock(campaign)
    CAMPAIGN.take("close", campaign, by)
    campaign.closed_at = at
    _save(campaign, "closed_at")
    record("campaign.close", campaign, by=by, unit_path=campaign.unit_path)
    return campaign


@transaction.atomic
def reopen_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Unlock: late ones may still come in."""
    campaign = _lock(campaign)
    CAMPAIGN.take("reopen", campaign, by)
    campaign.closed_at = None
    _save(campaign, "closed_at")
    record("campaign.reopen", campaign, by=by, unit_path=campaign.unit_path)
    return campaign


def _lock(campaign: Campaign) -> Campaign:
    list(Campaign.objects.select_for_update().filter(pk=campaign.pk).values_list("pk"))
    return Campaign.objects.select_related("unit").get(pk=campaign.pk)


def _save(campaign: Campaign, *fields: str) -> None:
    campaign.version += 1
    campaign.save(update_fields=["status", "version", *fields])


def _scope(campaign: Campaign) -> list[Unit]:
    scopes = campaign.scopes.select_related("unit")
    return reporting_units((scope.unit, scope.coverage) for scope in scopes)


def _ask_units(campaign: Campaign, by: User, at: datetime) -> int:
    """A submission for every unit of the scope that has none; who keeps it is told."""
    known = set(campaign.submissions.values_list("unit_id", flat=True))
    wanted = [unit for unit in _scope(campaign) if unit.pk not in known]
    Submission.objects.bulk_create(
        (Submission(campaign=campaign, unit=unit, unit_path=unit.path) for unit in wanted),
        batch_size=500,
    )
    made = campaign.submissions.filter(unit__in=wanted).select_related("unit", "campaign")
    keepers = keepers_of(wanted)
    for submission in made:
        text = f"请填报：{campaign.title}，{_until(campaign)}截止"
        tell(keepers.get(submission.unit_id, ()), submission, text, besides=by)
    return len(wanted)


def keepers_of(units: Iterable[Unit], role: Role = Role.OPERATOR) -> dict[int, list[User]]:
    """Who holds `role` in each unit itself, by unit; one query for all of them."""
    posts = Post.objects.current().filter(unit__in=list(units), role=role, user__is_active=True)
    found: dict[int, list[User]] = {}
    for post in posts.select_related("user").order_by("pk"):
        found.setdefault(post.unit_id, []).append(post.user)
    return found


def _release_units(campaign: Campaign, by: User, at: datetime) -> None:
    """Units that left the scope before they began are exempt."""
    inside = {unit.pk for unit in _scope(campaign)}
    idle = campaign.submissions.filter(status=SubmissionStatus.UNTOUCHED).exclude(unit__in=inside)
    for submission in idle.select_related("unit", "campaign__unit"):
        SUBMISSION.take("exempt", submission, by)
        submission.exempt_reason = OUT_OF_SCOPE
        submission.save(update_fields=["status", "exempt_reason"])
        note_event(submission, "exempt", by=by, at=at, note=OUT_OF_SCOPE)


def _tell_deadline(campaign: Campaign, by: User) -> None:
    waiting = campaign.submissions.filter(status__in=["untouched", "drafting", "awaiting_leader"])
    waiting = waiting.select_related("unit", "campaign")
    keepers = keepers_of(submission.unit for submission in waiting)
    for submission in waiting:
        text = f"{campaign.title}的截止时间改为{_until(campaign)}"
        tell(keepers.get(submission.unit_id, ()), submission, text, besides=by)


def _until(campaign: Campaign) -> str:
    return campaign.deadline_text
