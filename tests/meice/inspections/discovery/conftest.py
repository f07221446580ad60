import pytest
from tests.meice.registry.scene import accepted, make_school, opening


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def site(school):
    """数信学院's website, in the register."""
    filing = opening(
        school, by=school.he, name="数信学院网站", platform="website", account_id="",
        permanent_id="", url="https://www.maths.huayuan.edu.cn/index.htm",
    )  # fmt: skip
    return accepted(school, filing).outlet
