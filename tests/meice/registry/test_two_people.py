"""Two people decide one filing at once: one wins, the other is told (PostgreSQL)."""

import threading

import pytest
from django.db import connection, transaction
from tests.meice.registry.scene import MONDAY, make_school, opening

from meice.kernel.access import Refused
from meice.orgs.models import User
from meice.registry.actions import filings
from meice.registry.models import Filing, Outlet
from meice.registry.workflow import FILING

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL"),
]


def at_once(deeds):
    """Run the deeds in threads of their own connections; what each returned or raised."""
    gate, results = threading.Barrier(len(deeds)), {}

    def run(name, deed):
        try:
            gate.wait(10)
            results[name] = deed()
        except Refused as refusal:
            results[name] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in deeds.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def waiting():
    school = make_school()
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    return Filing.objects.get(pk=filing.pk)


def people():
    return {name: User.objects.get(username=name) for name in ("D001", "D002")}


def test_one_acceptance_wins_and_the_other_is_told():
    filing = waiting()
    results = at_once(
        {
            name: lambda user=user: filings.accept_filing(filing, by=user, at=MONDAY)
            for name, user in people().items()
        }
    )
    refusals = [one for one in results.values() if isinstance(one, Refused)]
    assert [one.reason for one in refusals] == ["现在是「已受理」，不能受理。"]
    assert Outlet.objects.count() == 1
    assert Filing.objects.get(pk=filing.pk).number == "BA-2026-0001"


def test_accept_and_return_do_not_both_happen():
    filing = waiting()
    first, second = people().values()
    results = at_once(
        {
            "accept": lambda: filings.accept_filing(filing, by=first, at=MONDAY),
            "return": lambda: filings.return_filing(
                filing, reasons=[filings.ReturnReason.OTHER], note="改", by=second, at=MONDAY
            ),
        }
    )
    assert sum(isinstance(one, Refused) for one in results.values()) == 1


def test_without_the_lock_both_believe_they_won():
    """The control: the same step taken on rows read before, as an unlocked action would."""
    filing = waiting()
    both_read = threading.Barrier(2)

    def careless(user):
        with transaction.atomic():
            found = Filing.objects.select_related("unit", "claimed_by").get(pk=filing.pk)
            both_read.wait(10)
            FILING.take("accept", found, user)
            return found.status

    results = at_once({name: lambda user=user: careless(user) for name, user in people().items()})
    assert list(results.values()) == ["accepted", "accepted"]


def test_two_openings_of_one_place_give_one_outlet():
    school = make_school()
    drafts = []
    for number in ("gh_aaaaaaaaaaaa", "gh_bbbbbbbbbbbb"):
        filing = opening(school, permanent_id=number, account_id=number)
        filings.present_filing(filing, by=school.he, at=MONDAY)
        filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
        drafts.append(filing)
    results = at_once(
        {
            str(filing.pk): lambda filing=filing, user=user: filings.accept_filing(
                filing, by=user, at=MONDAY
            )
            for filing, user in zip(drafts, people().values(), strict=True)
        }
    )
    refusals = [one.reason for one in results.values() if isinstance(one, Refused)]
    assert len(refusals) == 1
    assert "例外" in refusals[0]
    assert Outlet.objects.count() == 1
