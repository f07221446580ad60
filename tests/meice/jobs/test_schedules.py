"""Work that comes round: once each time, whatever was missed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.meice.jobs import work

from meice.jobs.models import Job, ScheduleTick
from meice.jobs.schedules import Schedule, schedules
from meice.jobs.worker import drain, fire_schedules

NOON = datetime(2130, 3, 1, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
TICK = Schedule("tests.tick", work.trace, seconds=60)
NIGHTLY = Schedule("tests.nightly", work.trace, at=time(3, 10))


@pytest.fixture
def only_mine(monkeypatch):
    """No schedule but the test's own."""
    monkeypatch.setattr(schedules, "_items", [TICK])


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        (NOON, datetime(2130, 3, 1, 19, 10, tzinfo=UTC)),
        (datetime(2130, 3, 1, 19, 9, tzinfo=UTC), datetime(2130, 3, 1, 19, 10, tzinfo=UTC)),
        (datetime(2130, 3, 1, 19, 10, tzinfo=UTC), datetime(2130, 3, 2, 19, 10, tzinfo=UTC)),
    ],
)
def test_a_nightly_task_is_due_at_its_local_time(moment, following):
    assert NIGHTLY.following(moment) == following


def test_rhythms_are_said_in_words():
    assert (TICK.rhythm, NIGHTLY.rhythm) == ("每 60 秒", "每天 03:10")


@pytest.mark.django_db
def test_a_round_fires_once_and_again_after_its_time(only_mine):
    assert fire_schedules(NOON) == 1
    assert fire_schedules(NOON + timedelta(seconds=59)) == 0
    drain(lambda: NOON)
    assert fire_schedules(NOON + timedelta(seconds=60)) == 1


@pytest.mark.django_db
def test_missed_rounds_are_not_made_up_for(only_mine):
    fire_schedules(NOON)
    assert fire_schedules(NOON + timedelta(days=3)) == 1
    assert fire_schedules(NOON + timedelta(days=3, seconds=1)) == 0


@pytest.mark.django_db
def test_a_round_waits_while_the_last_one_is_still_at_work(only_mine):
    fire_schedules(NOON)
    fire_schedules(NOON + timedelta(minutes=5))
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_the_rounds_of_the_house_are_known():
    fire_schedules(NOON)
    assert {
        "audit.link", "audit.anchor", "audit.verify", "files.sweep", "files.verify",
        "jobs.clean-up", "notices.clean-up",
    } <= set(ScheduleTick.objects.values_list("key", flat=True))  # fmt: skip
