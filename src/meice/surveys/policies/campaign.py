"""Campaigns, consolidation and the year are the department's."""

from meice.kernel.access import Verdict, refused, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.surveys.models import Campaign, CampaignStatus

DEPARTMENT_ONLY = "这一步由宣传部办理。"


def may_create_campaign(by: User) -> Verdict:
    """Draft a campaign: the department, for its own reach."""
    return when(by.has(Right.DECIDE_BUSINESS), "专项填报由宣传部发起。")


def may_edit_campaign(by: User, campaign: Campaign) -> Verdict:
    """Title, text, scope and deadline, until it is locked."""
    return decides(campaign, by) & when(
        campaign.status != CampaignStatus.CLOSED, "已锁定，要改先重新开放。"
    )


def may_open_campaign(campaign: Campaign, by: User) -> Verdict:
    """It needs a scope and an annex; the action tells who that is."""
    return (
        decides(campaign, by)
        & when(bool(campaign.annexes), "还没有选要哪几张附件。")
        & when(campaign.scopes.exists(), "还没有选范围。")
    )


def may_close_campaign(campaign: Campaign, by: User) -> Verdict:
    """Lock: nothing can be handed in any more."""
    return decides(campaign, by)


def may_reopen_campaign(campaign: Campaign, by: User) -> Verdict:
    """Unlock."""
    return decides(campaign, by)


def may_remind(by: User, campaign: Campaign) -> Verdict:
    """Remind units that have not reported."""
    return decides(campaign, by) & when(
        campaign.status == CampaignStatus.OPEN, "这次填报没有在进行，不用催办。"
    )


def may_consolidate(by: User, campaign: Campaign) -> Verdict:
    """Make the package: the department, once the campaign was opened."""
    return decides(campaign, by) & when(
        campaign.status != CampaignStatus.DRAFT, "还没有开放，没有可以汇总的。"
    )


def may_freeze_year(by: User, unit: Unit) -> Verdict:
    """Freeze the year's filings: the department of the unit."""
    if not by.has(Right.DECIDE_BUSINESS, unit):
        return refused("年度汇总由宣传部办理。")
    return when(unit.active, f"「{unit}」已停用。")


def decides(campaign: Campaign, by: User) -> Verdict:
    """The department over the unit that calls."""
    return when(by.has(Right.DECIDE_BUSINESS, campaign.unit), DEPARTMENT_ONLY)
