"""Several at one moment (PostgreSQL): one round a day, one rung once, no answer lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from tests.meice.patrols import scene
from tests.meice.patrols.scene import MONDAY, NOON

from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import User
from meice.patrols import actions
from meice.patrols.actions import FindingText, Said, VisitText
from meice.patrols.models import Answer, Round, RoundEvent, RoundReminder, Seen, Visit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


@pytest.fixture
def school(transactional_db):
    return scene.school_with_outlets()[0]


def at_once(*deeds):
    """Each deed in a thread of its own, begun together; a refusal is an answer."""
    gate = Barrier(len(deeds))

    def run(deed):
        gate.wait()
        try:
            return deed()
        except (Refused, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_two_workers_open_one_round(school):
    scene.a_plan(school)
    opened = at_once(*[lambda: actions.open_rounds(MONDAY)] * 4)
    assert sum(opened) == 1
    assert Round.objects.get().visits.count() == 2
    assert Notice.objects.filter(text__startswith="上午巡查：").count() == 1


def test_two_workers_climb_a_rung_once(school):
    scene.a_round(school)
    climbed = at_once(*[lambda: actions.climb_ladder(NOON)] * 4)
    assert sum(climbed) == 1
    assert RoundReminder.objects.count() == 1
    assert RoundEvent.objects.filter(act="miss").count() == 1


def test_two_patrollers_lose_no_answer_and_the_counts_are_right(school):
    made = scene.a_round(school, patrollers=[school.he, school.chen])
    first, second = made.visits.all()
    who = {first.pk: school.he.pk, second.pk: school.chen.pk}

    def walking(visit):
        by = User.objects.get(pk=who[visit.pk])
        return lambda: actions.fine_visit(visit, by=by, at=MONDAY)

    at_once(walking(first), walking(second))
    assert scene.fresh(made).done_count == 2
    assert RoundEvent.objects.filter(act="begin").count() == 1


def test_control_without_the_rounds_lock_the_counts_go_wrong(school):
    """Each counts before the other has written, and the last one's count stands: the lock matters."""
    made = scene.a_round(school)
    gate = Barrier(2)

    def naive(place):
        def deed():
            Visit.objects.filter(round=made, place=place).update(problem_count=1)
            seen = Round.objects.get(pk=made.pk).problem_count
            gate.wait()
            Round.objects.filter(pk=made.pk).update(problem_count=seen + 1)

        return deed

    at_once(naive(1), naive(2))
    assert scene.fresh(made).problem_count == 1


def test_one_problem_is_told_on_once(school):
    made = scene.a_round(school)
    visit = made.visits.get(platform="wechat")
    said = VisitText({"comments": Said(Seen.PROBLEM, "广告")})
    actions.answer_visit(visit, said, by=school.he, at=MONDAY)
    answer = Answer.objects.get()

    def telling():
        by = User.objects.get(pk=school.he.pk)
        return actions.raise_finding(answer, FindingText("gambling", "广告"), by=by, at=NOON)

    results = at_once(telling, telling, telling)
    assert sum(isinstance(one, Refused) for one in results) == 2
