"""The fixtures of the room's tests."""

import pytest
from tests.meice.compliance.scene import school_with_site


@pytest.fixture
def both(db):
    """The school, its account, its website."""
    return school_with_site()


@pytest.fixture
def school(both):
    return both[0]


@pytest.fixture
def account(both):
    return both[1]


@pytest.fixture
def site(both):
    return both[2]
