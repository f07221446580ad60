from tests.base_states import base_state
from tests.meice.registry.scene import accepted, make_school, opening


@base_state
def school():
    return make_school()


@base_state
def site(school):
    """数信学院's website, in the register."""
    filing = opening(
        school, by=school.he, name="数信学院网站", platform="website", account_id="",
        permanent_id="", url="https://www.maths.huayuan.edu.cn/index.htm",
    )  # fmt: skip
    return accepted(school, filing).outlet
