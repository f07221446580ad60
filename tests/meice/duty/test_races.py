"""Several people at one moment (PostgreSQL): one answer counts, a plan is written once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from tests.meice.duty import scene
from tests.meice.duty.scene import MONDAY, START, after

from meice.duty import actions
from meice.duty.models import Handover, Reminder, Shift, Swap
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import User

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


@pytest.fixture
def school(transactional_db):
    return scene.staffed_school()


@pytest.fixture
def roster(school):
    return scene.a_rota(school)


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


def refusals(results):
    return sum(isinstance(one, Refused) for one in results)


def me(user):
    return User.objects.get(pk=user.pk)


def test_fills_at_one_moment_write_each_shift_once(school, roster):
    until = START + timedelta(days=90)
    before = Shift.objects.count()
    deeds = [lambda: actions.fill_roster(roster, until, by=me(school.zhou), at=MONDAY)] * 4
    added = at_once(*deeds)
    assert sorted(added) == [0, 0, 0, Shift.objects.count() - before]
    days = list(Shift.objects.of(roster).values_list("day", flat=True))
    assert len(days) == len(set(days)) == 91


def test_control_without_the_lock_a_shift_would_be_written_twice(school, roster):
    """The naive way (look, then write, at the same time) finds the same days missing twice."""
    gate = Barrier(2)

    def naive():
        there = set(Shift.objects.of(roster).values_list("day", flat=True))
        missing = [START + timedelta(days=n) for n in range(91) if START + timedelta(days=n) not in there]  # fmt: skip
        gate.wait()
        return missing

    first, second = at_once(naive, naive)
    assert first == second
    assert len(first) == 62


def test_one_of_accepting_and_withdrawing_wins(school, roster):
    shift = scene.shift_on(roster, 24)
    swap = actions.ask_swap(shift, to=school.lin, reason="有课", by=school.chen, at=MONDAY)
    results = at_once(
        lambda: actions.accept_swap(swap, by=me(school.lin), at=after(hours=1)),
        lambda: actions.withdraw_swap(swap, by=me(school.chen), at=after(hours=1)),
    )
    assert refusals(results) == 1
    swap.refresh_from_db()
    shift.refresh_from_db()
    held = {"accepted": school.lin, "withdrawn": school.chen}
    assert shift.user == held[swap.status]


def test_an_acceptance_sent_twice_counts_once(school, roster):
    shift = scene.shift_on(roster, 24)
    swap = actions.ask_swap(shift, to=school.lin, reason="有课", by=school.chen, at=MONDAY)
    deeds = [lambda: actions.accept_swap(swap, by=me(school.lin), at=MONDAY)] * 3
    assert refusals(at_once(*deeds)) == 2
    assert shift.events.filter(act="swap").count() == 1


def test_two_swaps_that_would_put_one_person_on_twice(school, roster):
    """林 is asked for two shifts of the same hours on two rosters: she gets one of them."""
    other = scene.a_roster(school, name="网络安全值守")
    scene.a_pattern(school, scene.a_layer(school, other), [school.zheng])
    first = actions.ask_swap(
        scene.shift_on(roster, 24), to=school.lin, reason="甲", by=school.chen, at=MONDAY
    )
    second = actions.ask_swap(
        scene.shift_on(other, 24), to=school.lin, reason="乙", by=school.zheng, at=MONDAY
    )
    results = at_once(
        lambda: actions.accept_swap(first, by=me(school.lin), at=MONDAY),
        lambda: actions.accept_swap(second, by=me(school.lin), at=MONDAY),
    )
    assert refusals(results) == 1
    assert Shift.objects.filter(user=school.lin, day=scene.shift_on(roster, 24).day).count() == 1
    assert Swap.objects.filter(status="accepted").count() == 1


def test_one_of_accepting_and_returning_a_note_wins(school, roster):
    at = after(hours=22)
    note = scene.written(scene.shift_on(roster, 23), school.he, at)
    results = at_once(
        lambda: actions.accept_handover(note, by=me(school.chen), at=at),
        lambda: actions.return_handover(note, by=me(school.chen), at=at, note="缺"),
    )
    assert refusals(results) == 1
    assert Handover.objects.get().status in ("accepted", "returned")


def test_two_workers_remind_once(school, roster):
    said = at_once(*[lambda: actions.remind_people(MONDAY)] * 4)
    assert sum(said) == 1
    assert Reminder.objects.filter(kind="soon").count() == 1
    assert Notice.objects.filter(text__startswith="明天你值班").count() == 1
