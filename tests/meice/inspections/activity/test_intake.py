"""Platform statistics: matched, previewed, written once."""

from datetime import date

import pytest
from tests.meice.inspections.activity.conftest import NOON
from tests.meice.registry.scene import accepted, opening

from meice.inspections.actions.judging import judge_accounts
from meice.inspections.actions.statistics import apply_intake, create_intake
from meice.inspections.models import Observation, OutletActivity
from meice.kernel.access import Refused

pytestmark = pytest.mark.django_db
ROWS = "账号名称,账号ID,发布时间,粉丝数\n华园数信,hyu_sx,2026-11-23,8300\n华园艺术,,2026-11-22,9\n"


def intake(school, text=ROWS, by=None, unit=None):
    return create_intake(
        text.encode(), name="统计.csv", unit=unit or school.maths, outlet=None,
        by=by or school.he, at=NOON,
    )  # fmt: skip


def test_only_accounts_of_the_unit_are_matched_and_the_rest_says_why(school, outlet):
    accepted(
        school,
        opening(school, by=school.su, unit=school.arts, name="华园艺术", account_id="art",
                permanent_id="gh_aaaaaaaaaaaa"),
        leader=school.fang,
    )  # fmt: skip
    ours, other = intake(school).rows
    assert ours["outlet"] == outlet.pk
    assert other["outlet"] is None
    assert "不在你的单位下" in other["problem"]


def test_applied_once_it_is_observed_and_judged(school, outlet):
    made = intake(school)
    assert not Observation.objects.exists()
    assert apply_intake(made, by=school.he, at=NOON) == 1
    with pytest.raises(Refused, match="写入过"):
        apply_intake(made, by=school.he, at=NOON)
    assert set(Observation.objects.values_list("metric", "day", "number")) == {
        ("latest-update", date(2026, 11, 23), None),
        ("followers", None, 8300),
    }
    judge_accounts(NOON)
    assert OutletActivity.objects.get().activity == "active"


def test_a_stranger_cannot_import_for_another_unit(school, outlet):
    with pytest.raises(Refused):
        intake(school, by=school.su)
    with pytest.raises(Refused, match="打不开"):
        intake(school, text="\0\0")
