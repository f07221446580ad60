"""Two people judge one finding at once, two looks see one site at once (PostgreSQL)."""

import threading

import pytest
from django.db import connection, transaction
from tests.meice.inspections.scene import MONDAY, a_claim, a_severe_claim, a_sighting, a_site, saw
from tests.meice.registry.scene import make_school
from tests.meice.registry.test_two_people import at_once

from meice.inspections.actions import checks, runs, verdicts
from meice.inspections.actions.verdicts import Word
from meice.inspections.models import Finding, Judgement, RunReason
from meice.inspections.workflow import FINDING
from meice.kernel.access import Refused
from meice.orgs.models import User
from meice.registry.models import Outlet

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL"),
]
WORD = Word("看过", "other")


def people():
    return [User.objects.get(username=name) for name in ("D001", "D002")]


def judging(finding, judgement, by):
    return lambda: verdicts.judge_finding(finding, judgement, WORD, by=by, at=MONDAY)


def refusals(results):
    return [one.reason for one in results.values() if isinstance(one, Refused)]


def test_one_verdict_wins_and_the_other_is_told():
    finding = a_claim(a_site(make_school()))
    first, second = people()
    results = at_once(
        {
            "confirm": judging(finding, Judgement.CONFIRM, first),
            "dismiss": judging(finding, Judgement.DISMISS, second),
        }
    )
    kept = Finding.objects.get()
    assert len(refusals(results)) == 1
    assert "现在是" in refusals(results)[0]
    assert kept.events.filter(act__in=["confirm", "dismiss"]).count() == 1


def test_without_the_lock_both_believe_they_won():
    """The control: the same step taken on rows read before, as an unlocked action would."""
    finding = a_claim(a_site(make_school()))
    both_read = threading.Barrier(2)

    def careless(user, step):
        with transaction.atomic():
            found = Finding.objects.select_related("unit", "claimed_by").get(pk=finding.pk)
            both_read.wait(10)
            FINDING.take(step, found, user)
            return found.status

    deeds = {
        step: lambda user=user, step=step: careless(user, step)
        for user, step in zip(people(), ("confirm", "dismiss"), strict=True)
    }
    assert sorted(at_once(deeds).values()) == ["confirmed", "dismissed"]


def test_two_first_persons_become_first_and_second():
    finding = a_severe_claim(a_site(make_school()))
    deeds = {user.username: judging(finding, Judgement.CONFIRM, user) for user in people()}
    assert refusals(at_once(deeds)) == []
    kept = Finding.objects.get()
    assert kept.status == "confirmed"
    assert {kept.first_by, kept.decided_by} == set(people())


def test_one_of_two_claims_is_refused():
    finding = a_claim(a_site(make_school()))
    results = at_once(
        {
            user.username: lambda user=user: verdicts.claim_finding(finding, by=user, at=MONDAY)
            for user in people()
        }
    )
    assert len(refusals(results)) == 1


def test_two_looks_at_one_site_make_one_finding():
    site = a_site(make_school())
    results = at_once({name: lambda: saw(site, a_sighting()) for name in ("one", "other")})
    assert sum(len(noted.new) for noted in results.values()) == 1
    assert Finding.objects.get().seen_count == 2


def test_two_workers_never_begin_one_site_twice():
    site = a_site(make_school())
    run = runs.begin_single(
        Outlet.objects.get(pk=site.pk), reason=RunReason.BY_HAND, by=people()[0], at=MONDAY
    )
    batches = at_once(
        {name: lambda: checks.take_batch(run.pk, now=MONDAY) for name in ("one", "other")}
    )
    holds = [check.tries for batch in batches.values() for check in batch]
    assert len(set(holds)) == len(holds)  # each has a fence of its own
    assert run.checks.get().tries == max(holds)
    assert connection.vendor == "postgresql"
