"""With 2,000 outlets and 120 submissions no page of the register and of campaigns needs more than
twelve queries, but those on which every room shows something."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from tests.meice.registry.scene import MONDAY, opening
from tests.meice.surveys.conftest import basic_form
from tests.meice.surveys.crowd import a_crowd
from tests.meice.surveys.scene import BEFORE, arrival

from meice.engines.annexes.write import write_workbook
from meice.orgs.models import Post, User
from meice.orgs.roles import Role
from meice.registry.actions import filings
from meice.registry.models import Outlet
from meice.surveys import tasks
from meice.surveys.actions import consolidating, deciding, filling, replacing, reporting
from meice.surveys.actions.asked import Incoming
from meice.surveys.models import Submission, SubmissionRow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 12
MORE = {
    **dict.fromkeys(((who, "home") for who in ("he", "liang")), 26),
    **dict.fromkeys(((who, "outlet") for who in ("he", "liang")), 18),
    **dict.fromkeys(((who, "submission-replacement") for who in ("he", "liang")), 14),
}
"""The work page and the page of an outlet ask each room that shows something there, once; the
preview of an upload compares five tables."""


def fresh(submission):
    return Submission.objects.select_related("campaign", "unit", "prepared").get(pk=submission.pk)


def a_drop(world):
    """Files dropped in place of the sheet, and read."""
    content = write_workbook([basic_form()])
    files = [Incoming("数信.xls", len(content), BytesIO(content))]
    drop = replacing.upload_replacement(
        fresh(world.maths), files, token=uuid.uuid4(), by=world.school.he, at=BEFORE
    )
    tasks.check_annexes.func(drop.check_made_id)
    tasks.read_replacement.func(drop.pk)
    return drop


def a_report(world, unit):
    """Another unit has reported; gives its submission."""
    found = world.campaign.submissions.select_related("unit").get(unit=unit)
    leader = User.objects.create(username=f"l{unit.pk}", name="领导", pinyin_key="lingdao")
    Post.objects.create(user=leader, unit=unit, role=Role.LEADER)
    operator = Post.objects.get(unit=unit, role=Role.OPERATOR).user
    SubmissionRow.objects.filter(submission=found).delete()
    Submission.objects.filter(pk=found.pk).update(status="untouched", started_at=None)
    filling.start_submission(fresh(found), by=operator, at=BEFORE)
    filling.present_submission(fresh(found), by=operator, at=BEFORE)
    reporting.confirm_submission(fresh(found), arrival(), by=leader)
    return fresh(found)


def pages(world):
    """Who → the addresses she opens."""
    units = [
        each.unit for each in world.campaign.submissions.select_related("unit").order_by("-pk")[:2]
    ]
    waiting, counted = (a_report(world, unit) for unit in units)
    deciding.accept_submission(counted, by=world.school.liang, at=BEFORE)
    package = consolidating.ask_consolidation(
        world.campaign, sent_on=date(2026, 11, 20), by=world.school.liang, at=BEFORE
    )
    tasks.consolidate.func(package.pk)
    filing = filings.present_filing(opening(world.school), by=world.school.he, at=MONDAY)
    outlet = Outlet.objects.filter(unit=world.school.maths).first()
    drop = a_drop(world)
    own, campaign = [world.maths.pk], [world.campaign.pk]
    both = [
        reverse("home"),
        reverse("outlet-list"),
        f"{reverse('outlet-list')}?status=in_use&sort=unit&page=3",
        reverse("outlet", args=[outlet.pk]),
        reverse("outlet-change", args=[outlet.pk]),
        reverse("filing-list"),
        f"{reverse('filing-list')}?view=all",
        reverse("filing", args=[filing.pk]),
        reverse("exception-list"),
        reverse("campaign-list"),
        reverse("submission", args=own),
        reverse("submission-history", args=own),
        reverse("submission-upload", args=own),
        reverse("submission-replacement", args=[*own, drop.pk]),
        reverse("sheet", args=own),
        reverse("sheet-annex", args=[*own, 4]),
    ]
    office = [
        reverse("campaign", args=campaign),
        f"{reverse('campaign', args=campaign)}?state=doing",
        reverse("campaign-late", args=campaign),
        reverse("campaign-reminders", args=campaign),
        reverse("campaign-consolidation", args=[*campaign, package.pk]),
        f"{reverse('campaign-rows', args=[*campaign, package.pk])}?item=0&column=0",
        reverse("submission", args=[waiting.pk]),
        reverse("submission-review", args=[waiting.pk, 1]),
        reverse("year-list"),
        reverse("ledger-list"),
        reverse("filing-settings"),
    ]
    return {"he": both, "liang": [*both, *office]}


def queries(browser, address):
    """The queries of one GET."""
    with CaptureQueriesContext(connection) as seen:
        page = browser.get(address)
    assert page.status_code == 200, address
    return [query["sql"] for query in seen.captured_queries]


def test_at_most_twelve_queries_a_page(signed_in):
    world = a_crowd()
    over = []
    for who, addresses in pages(world).items():
        browser = signed_in(world.school.people[who])
        browser.get("/me/")  # the first page fills the session
        for address in addresses:
            found = queries(browser, address)
            if len(found) > MORE.get((who, resolve(address.partition("?")[0]).url_name), MOST):
                over += [f"{who} {address}: {len(found)}", *(f"   {sql[:200]}" for sql in found)]
    assert "\n".join(over) == ""
