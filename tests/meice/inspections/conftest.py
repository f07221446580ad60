"""The fixtures of the room's tests."""

from tests.base_states import base_state
from tests.meice.inspections.scene import a_claim, a_severe_claim, a_site, make_school


@base_state
def school():
    return make_school()


@base_state
def site(school):
    """数信学院网站, in use."""
    return a_site(school)


@base_state
def claim(site):
    """机器：首页不更新."""
    return a_claim(site)


@base_state
def severe(site):
    """机器：违法内容, for two persons."""
    return a_severe_claim(site)
