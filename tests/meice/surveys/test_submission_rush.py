"""50 identical requests at once, two people deciding, and the control without the lock (PostgreSQL)."""

import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from tests.meice.surveys.scene import BEFORE, a_world, arrival, presented, reported

from meice.kernel.access import Refused
from meice.surveys.actions import deciding, reporting
from meice.surveys.models import Receipt, Submission, SubmissionEvent

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL"),
]
CROWD = 50


def at_once(deeds):
    """Run the deeds in threads of their own connections; what each returned or raised."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(30)
            results[place] = deed()
        except (Refused, IntegrityError) as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_fifty_identical_requests_give_one_receipt():
    world = a_world()
    handed = presented(world)
    same = arrival(key=uuid.uuid4())
    leader = world.school.zheng
    results = at_once(
        [lambda: reporting.confirm_submission(handed, same, by=leader) for _ in range(CROWD)]
    )
    assert {receipt.number for receipt in results} == {Receipt.objects.get().number}
    assert SubmissionEvent.objects.filter(act="confirm").count() == 1


def test_fifty_tabs_with_keys_of_their_own_give_one_receipt():
    world = a_world()
    handed = presented(world)
    leader, digest = world.school.zheng, handed.prepared.digest
    results = at_once(
        [
            lambda: reporting.confirm_submission(handed, arrival(), by=leader, digest=digest)
            for _ in range(CROWD)
        ]
    )
    assert {getattr(receipt, "number", receipt) for receipt in results} == {
        Receipt.objects.get().number
    }
    assert world.fresh().round == 1


def test_without_the_lock_the_same_rush_goes_wrong():
    """The control: the same reading and writing, but nobody waits for anybody."""
    world = a_world()
    handed = presented(world)
    together = threading.Barrier(2)

    def naive():
        with transaction.atomic():
            seen = Submission.objects.select_related("campaign", "prepared").get(pk=handed.pk)
            may = seen.status == "awaiting_leader"
            together.wait(30)
            assert may
            return reporting._report(
                seen, "confirm", seen.prepared, arrival(), "click", world.school.zheng
            )

    results = at_once([naive, naive])
    assert sum(isinstance(one, IntegrityError) for one in results) == 1


def test_accept_and_return_do_not_both_happen():
    world = a_world()
    submission = reported(world)
    one, other = world.school.liang, world.school.huang
    results = at_once(
        [
            lambda: deciding.accept_submission(submission, by=one, at=BEFORE),
            lambda: deciding.return_submission(submission, note="改", by=other, at=BEFORE),
        ]
    )
    refusals = [each for each in results if isinstance(each, Refused)]
    assert len(refusals) == 1
    assert "现在是" in refusals[0].reason
    acts = SubmissionEvent.objects.filter(act__in=["accept", "return"])
    assert acts.count() == 1


def test_two_claims_one_is_told_by_whom():
    world = a_world()
    submission = reported(world)
    results = at_once(
        [
            lambda by=by: deciding.claim_submission(submission, by=by, at=BEFORE)
            for by in (world.school.liang, world.school.huang)
        ]
    )
    (refusal,) = [each for each in results if isinstance(each, Refused)]
    assert "认领" in refusal.reason
