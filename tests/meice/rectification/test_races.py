"""Several people at one moment (PostgreSQL): numbers without gaps, one end, one order a finding."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import Max
from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY, days

from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import User
from meice.rectification import actions
from meice.rectification.models import Order, Reminder, Reply
from meice.registry.models import Counter

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


@pytest.fixture
def both(transactional_db):
    return scene.school_with_outlet()


def at_once(*deeds):
    """Each deed in a thread of its own, begun together; a refusal is an answer."""
    gate = Barrier(len(deeds))

    def run(deed):
        gate.wait()
        try:
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def issuing(school, outlet, number, *, fails=False):
    """Issues one order in a transaction; with `fails` it is rolled back after its number."""

    def deed():
        liang = User.objects.get(pk=school.liang.pk)
        try:
            with transaction.atomic():
                made = scene.an_order(school, scene.stale(outlet, text=f"第 {number} 次"), by=liang)
                if fails:
                    raise Undo
                return made.serial
        except Undo:
            return None

    return deed


class Undo(Exception):
    """Takes an issue back after the number was given."""


def test_numbers_have_no_gap_and_no_double(school, outlet):
    deeds = [issuing(school, outlet, n, fails=n % 3 == 0) for n in range(12)]
    given = at_once(*deeds)
    serials = sorted(Order.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 9))
    assert sorted(serial for serial in given if serial) == serials


def test_control_without_the_counters_lock_numbers_collide(school, outlet):
    """The naive way (highest + 1, read at the same time) gives one number twice: the lock matters."""
    gate = Barrier(4)

    def naive():
        last = Order.objects.aggregate(last=Max("serial"))["last"] or 0
        gate.wait()
        return last + 1

    given = at_once(naive, naive, naive, naive)
    assert len(set(given)) == 1
    assert not Counter.objects.filter(series="ZG").exists()


def test_one_finding_gets_one_order(school, outlet):
    def deed():
        liang = User.objects.get(pk=school.liang.pk)
        found = scene.stale(outlet, source_kind="probe", source_id=5)
        return actions.issue_order(school.maths, [found], by=liang, at=MONDAY)

    results = at_once(deed, deed, deed)
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert Order.objects.get().number == "媒整〔2026〕1号"


def test_one_of_closing_and_returning_wins(school, outlet):
    order = scene.judged(school, scene.replied(school, scene.stale(outlet), scene.silent(outlet)))
    first = order.items.first()

    def close():
        return actions.close_order(order, by=User.objects.get(pk=school.liang.pk), at=days(1))

    def reject_and_return():
        huang = User.objects.get(pk=school.huang.pk)
        actions.record_recheck(first, "still", by=huang, at=days(1), text="又没了")
        return actions.return_reply(order, reason="又没了", by=huang, at=days(1))

    results = at_once(close, reject_and_return)
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert scene.fresh(order).status in ("closed", "reopened")
    assert order.events.filter(act__in=["close", "return"]).count() == 1


def test_two_workers_climb_a_rung_once(school, outlet):
    scene.an_order(school, scene.stale(outlet))
    before = Notice.objects.filter(kind="reminder").count()
    said = at_once(*[lambda: actions.climb_ladder(days(2))] * 4)
    assert sum(said) == 1
    assert Reminder.objects.count() == 1
    assert Notice.objects.filter(kind="reminder").count() - before == 2  # 何嘉敏, 陈希


def test_one_of_two_replies_counts(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    words = scene.said(order)

    def replying(who):
        return lambda: actions.reply_to_order(
            order, words, by=User.objects.get(pk=who.pk), at=MONDAY
        )

    results = at_once(replying(school.he), replying(school.chen))
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Reply.objects.count() == 1
