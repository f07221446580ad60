"""The fixtures of the room's tests."""

import pytest
from tests.meice.impersonations.scene import school_with_outlet


@pytest.fixture
def both(db):
    """The school and its outlet."""
    return school_with_outlet()


@pytest.fixture
def school(both):
    return both[0]


@pytest.fixture
def outlet(both):
    return both[1]
