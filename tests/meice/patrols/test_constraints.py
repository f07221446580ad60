"""What must never be false in the database, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from tests.meice.patrols import scene
from tests.meice.patrols.scene import MONDAY, answered

from meice.patrols.models import Answer, Plan, Round, RoundReminder, Visit


def refused(change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


def test_the_database_refuses_what_must_not_be(school, round, visit):
    answered(school, visit, comments="广告")
    rounds, visits = Round.objects.filter(pk=round.pk), Visit.objects.filter(pk=visit.pk)
    refused(
        lambda: rounds.update(status="finished", finished_at=MONDAY, finished_by=school.he),
        "finished_round_saw_everything",
    )
    refused(lambda: rounds.update(status="missed"), "missed_round_says_when")
    refused(lambda: rounds.update(status="excused", missed_at=MONDAY), "excused_round_says_why")
    refused(lambda: rounds.update(status="other"), "round_status_is_known")
    refused(lambda: rounds.update(due_at=round.opens_at), "round_ends_after_it_begins")
    refused(lambda: visits.update(done_by=None), "visit_done_by_somebody")
    refused(lambda: Answer.objects.update(state="maybe"), "answer_is_one_of_three")
    refused(lambda: Plan.objects.update(rhythm="weekly"), "plan_says_its_days")
    refused(lambda: Plan.objects.update(due_at="08:00"), "plan_ends_after_it_begins")


def test_what_is_once_is_once(school, round, visit):
    scene.a_photo(school, visit)
    answered(school, visit)
    RoundReminder.objects.create(round=round, rung="leader", at=MONDAY)
    answer = Answer.objects.first()
    twice = (
        lambda: RoundReminder.objects.create(round=round, rung="leader", at=MONDAY),
        lambda: Answer.objects.create(
            visit=visit, key=answer.key, state="ok", by=school.he, by_name="", at=MONDAY
        ),
    )
    for deed in twice:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    copy = Round.objects.get(pk=round.pk)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
