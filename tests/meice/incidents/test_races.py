"""Several people at one moment (PostgreSQL): one takes it up, numbers have no gap or double."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.meice.incidents import scene
from tests.meice.incidents.scene import minutes

from meice.incidents import actions
from meice.incidents.models import Alarm, Incident, IncidentStatus, Letter
from meice.kernel.access import Refused
from meice.orgs.models import User

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


def refusals(results):
    return sum(isinstance(one, Refused) for one in results)


def acknowledging(incident, who):
    return lambda: actions.acknowledge_incident(
        incident, by=User.objects.get(pk=who.pk), at=minutes(3)
    )


def test_one_of_two_who_acknowledge_has_it(school):
    incident = scene.reported(school)
    people = (school.he, school.chen, school.zheng, school.liang)
    results = at_once(*[acknowledging(incident, who) for who in people])
    assert refusals(results) == 3
    assert incident.events.filter(act="acknowledge").count() == 1
    winner = next(one for one in results if isinstance(one, Incident))
    assert scene.fresh(incident).handler_id == winner.handler_id


def test_control_without_the_lock_both_believe_they_have_it(school):
    """Read, look at the state, write, without a lock: nobody is refused and the last one wins."""
    incident = scene.reported(school)
    gate = Barrier(2)

    def naive(who):
        def deed():
            row = Incident.objects.get(pk=incident.pk)
            gate.wait()
            if row.status != IncidentStatus.OPEN:
                raise Refused("taken")
            Incident.objects.filter(pk=row.pk).update(
                status="claimed", handler=who.pk, handler_name=who.name, claimed_at=minutes(3)
            )
            return who.pk

        return deed

    assert refusals(at_once(naive(school.he), naive(school.chen))) == 0


def test_letters_are_numbered_without_gap_or_double(school):
    incidents = [scene.handled(school) for _ in range(6)]

    def referring(incident, number):
        said = scene.a_letter(facts="见附件" if number % 3 else " ")
        return lambda: actions.refer_incident(
            incident, said, by=User.objects.get(pk=school.liang.pk), at=minutes(30)
        )

    results = at_once(*[referring(one, n) for n, one in enumerate(incidents)])
    assert refusals(results) == 2
    assert sorted(Letter.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]


def test_two_merges_into_each_other_end_in_one(school):
    one, two = scene.reported(school), scene.reported(school, title="同一件")

    def merging(gone, target):
        return lambda: actions.merge_incident(
            gone, target=target, by=User.objects.get(pk=school.liang.pk), at=minutes(9)
        )

    assert refusals(at_once(merging(one, two), merging(two, one))) == 1
    assert Incident.objects.filter(status="merged").count() == 1


def test_two_workers_say_a_rung_once(school):
    scene.reported(school)
    said = at_once(*[lambda: actions.climb_ladder(minutes(15))] * 4)
    assert sum(said) == Alarm.objects.count() == 2
