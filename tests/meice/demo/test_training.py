"""The demo's training: a month of sessions, some of everything in who lacks what."""

from datetime import UTC, datetime, time

from tests.meice.demo.conftest import TODAY

from meice.kernel import slots
from meice.orgs.models import Post
from meice.training.models import CertificateReminder, TrainingSession
from meice.training.models.need import NeedState, count_states, needs_of

NOON = datetime.combine(TODAY, time(4), tzinfo=UTC)


def test_a_living_month_of_training(built):
    sessions = {one.title: one for one in TrainingSession.objects.all()}
    assert {one.status for one in sessions.values()} == {"planned", "held", "cancelled"}
    assert any(one.is_waiting(NOON) for one in sessions.values())
    assert any(one.starts_at > NOON for one in sessions.values())
    numbers = count_states(needs_of(Post.objects.current(), NOON))
    states = (NeedState.LACKS, NeedState.UNKNOWN, NeedState.ENDING, NeedState.HAS)
    assert all(numbers[state] for state in states)
    assert CertificateReminder.objects.count() == 2


def test_somebody_is_asked_to_come(built):
    find = next(one for one in slots.todos if one.name == "培训").find
    operator = Post.objects.get(user__username="hejm").user
    verbs = {todo.what.partition("：")[0] for todo in find(operator, NOON)}
    assert verbs == {"参加培训", "登记到会"}
