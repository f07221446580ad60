"""Filling by the plan: once is enough, what has begun never changes, what people settled stays."""

from datetime import timedelta

import pytest
from tests.meice.duty import scene
from tests.meice.duty.scene import MONDAY, START, after

from meice.duty import actions
from meice.duty.models import Shift

pytestmark = pytest.mark.django_db
WEEK = START + timedelta(days=6)


def rows(roster):
    """Every shift as it stands."""
    return list(Shift.objects.of(roster).order_by("pk").values_list("pk", "user", "begins_at"))


def test_people_take_turns_and_weeks_are_filled_ahead(school):
    roster = scene.a_rota(school)
    assert scene.names(roster, START, WEEK) == [
        "何嘉敏", "陈希", "林小满", "何嘉敏", "陈希", "林小满", "何嘉敏",
    ]  # fmt: skip
    assert roster.filled_until == START + timedelta(weeks=4)
    assert roster.troubles == 0


def test_filling_again_adds_nothing_and_changes_nothing(school):
    roster = scene.a_rota(school)
    before = rows(roster)
    assert actions.fill_roster(roster, roster.filled_until, by=school.zhou, at=MONDAY) == 0
    assert actions.fill_all(after(hours=1)) == 0
    assert rows(roster) == before
    assert actions.fill_all(after(days=1)) == 1
    assert rows(roster)[: len(before)] == before
