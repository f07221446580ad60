"""Two people at one moment (PostgreSQL): the end of a session and who was there."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction
from tests.meice.training import scene
from tests.meice.training.scene import days, marked

from meice.kernel.access import Refused
from meice.orgs.models import User
from meice.training import actions
from meice.training.models import TrainingSession

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


@pytest.fixture
def begun(transactional_db):
    """A session over by the clock, with one person there."""
    school = scene.a_school()
    session = scene.a_session(school)
    marked(school, session, he="present")
    return school, session


def while_another_cancels(school, session, deed):
    """What `deed` says when it begins while the other's cancelling is not yet committed."""
    reached, answers = Event(), []

    def run():
        reached.wait(20)
        try:
            answers.append(deed())
        except Refused as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    other = Thread(target=run)
    other.start()
    with transaction.atomic():
        actions.cancel_session(session, reason="停电", by=school.zheng, at=days(4))
        reached.set()
        other.join(1)
    other.join(20)
    return answers[0]


def test_who_holds_a_session_that_another_cancels_waits_and_is_refused(begun):
    school, session = begun
    he = User.objects.get(pk=school.he.pk)
    answer = while_another_cancels(
        school, session, lambda: actions.hold_session(session, by=he, at=days(4))
    )
    assert isinstance(answer, Refused)
    assert scene.fresh(session).status == "cancelled"


def test_without_the_lock_the_cancelled_session_would_count(begun):
    """The control: read before the other's commit, written after it."""
    school, session = begun
    stale = TrainingSession.objects.get(pk=session.pk)
    actions.cancel_session(session, reason="停电", by=school.zheng, at=days(4))
    assert stale.status == "planned"
    TrainingSession.objects.filter(pk=stale.pk).update(status="held")
    assert scene.fresh(session).status == "held"
