"""A unit that reports for those below it: their names in 开设单位 are no mismatch."""

import pytest
from tests.base_states import base_state
from tests.meice.registry.scene import make_unit
from tests.meice.surveys.scene import a_world, basic_rows, change_cell, started

from meice.surveys.actions import filling
from meice.surveys.views.overview import overview_of

pytestmark = pytest.mark.django_db
MISMATCH = "unit-mismatch"


def codes(world):
    return [fault.code.value for fault in overview_of(world.fresh()).faults]


@base_state
def world():
    world = a_world()
    make_unit("数信学院团委", world.school.maths, short_name="数信团委")
    started(world)
    return world


@pytest.mark.parametrize("name", ["数信学院团委", "数信团委"])
def test_a_unit_below_is_counted_in_one_line(world, name, signed_in):
    change_cell(basic_rows(world.maths)[0], world.school.he, unit=name)
    assert MISMATCH not in codes(world)
    page = signed_in(world.school.he).get(world.maths.get_absolute_url()).content.decode()
    assert "有 1 个账号的开设单位是本单位的下属单位" in page


def test_a_strange_unit_is_still_a_mismatch(world):
    change_cell(basic_rows(world.maths)[0], world.school.he, unit="艺术学院")
    assert MISMATCH in codes(world)
    submission = world.fresh()
    filling.recount(submission)
    assert submission.warning_count >= 1
