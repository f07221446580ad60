"""The fixtures of the room's tests."""

import pytest
from tests.meice.duty.scene import staffed_school


@pytest.fixture
def school(db):
    return staffed_school()
