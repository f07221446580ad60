"""Two administrators at the same moment: the rule holds, whoever is first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

import given
from meice.kernel.access import Refused
from meice.orgs import actions
from meice.orgs.models import Post, User
from meice.orgs.roles import APART, Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


def at_once(*deeds):
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


def test_two_administrations_given_at_once_stay_two_people(transactional_db, cast):
    person = given.a_person("新人", cast.garden, by=cast.lu)

    def giving(role):
        return lambda: given.a_post(
            User.objects.get(pk=person.pk),
            cast.university,
            role,
            by=User.objects.get(pk=cast.lu.pk),
        )

    results = at_once(giving(Role.SECURITY), giving(Role.AUDITOR))
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Post.objects.current().filter(user=person, role__in=APART).count() == 1


def test_an_invitation_used_twice_at_once_works_once(transactional_db, cast):
    slip = given.an_invitation(cast.he, by=cast.lu)
    results = at_once(
        lambda: actions.accept_invitation(slip.invitation, "Ju-Hua-Tai-1x"),
        lambda: actions.accept_invitation(slip.invitation, "Ju-Hua-Tai-2y"),
    )
    assert sum(isinstance(one, Refused) for one in results) == 1


def test_wrong_codes_at_once_are_all_counted(transactional_db, cast):
    slip = given.an_invitation(cast.he, by=cast.lu)
    at_once(*[lambda: actions.try_code(slip.invitation, "WRONG")] * 5)
    assert actions.try_code(slip.invitation, slip.code) is False


def test_units_made_at_once_get_paths_of_their_own(transactional_db, cast):
    def making(name):
        return lambda: given.a_unit(name, cast.garden, by=User.objects.get(pk=cast.lu.pk))

    made = at_once(*[making(f"研究所{at}") for at in range(4)])
    assert len({unit.path for unit in made}) == 4
