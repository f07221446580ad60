"""The fixtures of the room's tests."""

import pytest
from tests.meice.inspections.scene import a_claim, a_severe_claim, a_site, make_school


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def site(school):
    """数信学院网站, in use."""
    return a_site(school)


@pytest.fixture
def claim(site):
    """机器：首页不更新."""
    return a_claim(site)


@pytest.fixture
def severe(site):
    """机器：违法内容, for two persons."""
    return a_severe_claim(site)
