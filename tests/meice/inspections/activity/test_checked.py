"""What a circular counts as checked."""

from datetime import date, timedelta

import pytest
from tests.meice.inspections.activity.conftest import NOON, feed

from meice.inspections.actions import activity as deeds
from meice.inspections.actions import verdicts
from meice.inspections.actions.judging import judge_accounts
from meice.inspections.activity.checked import checked
from meice.inspections.models import Finding, Judgement, SourceWay
from meice.kernel.slots import OutletCheck

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def judged(school, outlet, post):
    source = deeds.set_source(
        outlet, SourceWay.FEED, address="https://rss.example/x", by=school.he, at=NOON
    )
    deeds.ask_source(source, feed(post), NOON)
    judge_accounts(NOON)
    return checked([outlet.pk], FIRST, LAST)


def test_an_account_nobody_could_observe_is_not_counted_as_checked(school, outlet):
    judge_accounts(NOON)
    assert checked([outlet.pk], FIRST, LAST) == {}


def test_an_account_that_speaks_has_passed_with_the_day_of_its_last_post(school, outlet):
    found = judged(school, outlet, date(2026, 11, 20))
    assert found == {outlet.pk: OutletCheck(True, date(2026, 11, 20))}
    assert checked([outlet.pk], LAST + timedelta(days=1), LAST + timedelta(days=9)) == {}


def test_a_claim_that_waits_for_a_person_leaves_the_account_unknown(school, outlet):
    judged(school, outlet, date(2026, 10, 1))
    deeds.sample_post(outlet, day=date(2026, 11, 23), by=school.liang, at=NOON)
    judge_accounts(NOON)
    assert checked([outlet.pk], FIRST, LAST)[outlet.pk].passed is None


def test_what_two_persons_confirmed_has_failed(school, outlet):
    judged(school, outlet, date(2026, 10, 1))
    finding = Finding.objects.get()
    word = verdicts.Word("看过，确实没有更新", "stale")
    for person in (school.liang, school.huang):
        verdicts.judge_finding(finding, Judgement.CONFIRM, word, by=person, at=NOON)
        finding.refresh_from_db()
    deeds.sample_post(outlet, day=date(2026, 11, 23), by=school.liang, at=NOON)
    judge_accounts(NOON)
    assert checked([outlet.pk], FIRST, LAST)[outlet.pk].passed is False
