"""Which campaign, submission or summary a request may see; anything else is 404."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from meice.orgs.models import Post, User
from meice.orgs.roles import Right, Role
from meice.registry.models import Holder, Outlet
from meice.surveys.models import (
    Campaign,
    Consolidation,
    DifferenceDecision,
    Remark,
    Submission,
    YearSummary,
)


def person(request: HttpRequest) -> User:
    """The signed-in user (the view is behind the door)."""
    return cast(User, request.user)


def campaign_or_404(request: HttpRequest, pk: int) -> Campaign:
    """A campaign that the reader may see."""
    seen = Campaign.objects.visible_to(person(request)).select_related("unit")
    return get_object_or_404(seen, pk=pk)


def own_campaign_or_404(request: HttpRequest, pk: int) -> Campaign:
    """A campaign of the reader's own reach (its cockpit, not just her unit's part)."""
    user = person(request)
    campaign = campaign_or_404(request, pk)
    return campaign if oversees(user, campaign) else get_object_or_404(Campaign.objects.none())


def oversees(user: User, campaign: Campaign) -> bool:
    """The department and auditors above; units see their own submission."""
    wide = user.has(Right.DECIDE_BUSINESS) or user.has(Right.READ_AUDIT)
    return wide and user.has(Right.SEE_BUSINESS, campaign.unit)


def target_or_404(request: HttpRequest, pk: int) -> Submission:
    """A submission that the reader may see, bare: for an act that locks and reads it anew."""
    return get_object_or_404(Submission.objects.visible_to(person(request)), pk=pk)


def submission_or_404(request: HttpRequest, pk: int) -> Submission:
    """A submission that the reader may see, with everything its page and verdicts look at."""
    seen = Submission.objects.visible_to(person(request)).select_related(
        "campaign__unit", "unit", "claimed_by", "receipt__package", "prepared", "scan",
        "filled_by", "presented_by", "confirmed_by", "decided_by", "on_behalf_by", "header",
        "paper_received_by",
    )  # fmt: skip
    return get_object_or_404(seen.annotate(**_hints()), pk=pk)


def _hints() -> dict[str, Any]:
    """What saves a page its queries: is there anything to ask for at all?"""
    mine = {"submission": OuterRef("pk")}
    under = Submission.objects.filter(
        campaign=OuterRef("campaign"), unit_path__startswith=OuterRef("unit_path")
    )
    holders = Outlet.objects.standing().filter(
        holder=Holder.PERSON, unit_path__startswith=OuterRef("unit_path")
    )
    leaders = Post.objects.current().filter(
        unit=OuterRef("unit"), role=Role.LEADER, user__is_active=True
    )
    return {
        "has_below": Exists(under.exclude(pk=OuterRef("pk"))),
        "has_holders": Exists(holders),
        "has_remarks": Exists(Remark.objects.filter(**mine, resolved_at=None)),
        "has_decisions": Exists(DifferenceDecision.objects.filter(**mine)),
        "leader_name": Subquery(leaders.order_by("pk").values("user__name")[:1]),
    }


def consolidation_or_404(request: HttpRequest, pk: int, number: int) -> Consolidation:
    """A consolidation of a campaign that she oversees."""
    campaign = own_campaign_or_404(request, pk)
    found = Consolidation.objects.filter(campaign=campaign).select_related(
        "campaign__unit", "package", "report", "asked_by"
    )
    return get_object_or_404(found, pk=number)


def summary_or_404(request: HttpRequest, pk: int) -> YearSummary:
    """A summary of a unit in her reach."""
    seen = YearSummary.objects.visible_to(person(request)).select_related("unit", "file")
    return get_object_or_404(seen, pk=pk)
