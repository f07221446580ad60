"""The fixtures of the register's tests."""

import pytest
from tests.meice.registry.scene import accepted, make_school, opening


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def outlet(school):
    """华园数信, in use, filed as BA-2026-0001."""
    return accepted(school, opening(school)).outlet
