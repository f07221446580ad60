"""汇总打包: asked for by the department, made by a job, switched on whole or not at all."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.surveys import policies, tasks
from meice.surveys.models import Campaign, Consolidation


@transaction.atomic
def ask_consolidation(
    campaign: Campaign, *, sent_on: date, by: User, at: datetime
) -> Consolidation:
    """Have the package made of what is received now; while one is being made, that one is given."""
    require(policies.may_consolidate(by, campaign))
    list(Campaign.objects.select_for_update().filter(pk=campaign.pk).values_list("pk"))
    running = campaign.consolidations.filter(made_at=None).first()
    if running is None:
        if not campaign.submissions.filter(status="received").exists():
            raise Refused("还没有接收任何单位的填报，没有可以汇总的。")
        running = Consolidation.objects.create(
            campaign=campaign, asked_by=by, asked_at=at, sent_on=sent_on
        )
        record("campaign.consolidate", campaign, by=by, unit_path=campaign.unit_path)
    enqueue_once(tasks.consolidate, running.pk, key=tasks.consolidation_key(running), by=by)
    return running


@transaction.atomic
def export_consolidation(consolidation: Consolidation, *, part: str, by: User) -> None:
    """Leave the line in the audit: the files hold people's numbers."""
    campaign = consolidation.campaign
    detail: Detail = {"part": part, "consolidation": consolidation.pk}
    record("campaign.export", campaign, by=by, detail=detail, unit_path=campaign.unit_path)
