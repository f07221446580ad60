"""Lists: patterns are copied, copies have versions, versions never change."""

import pytest
from tests.meice.patrols.scene import MONDAY

from meice.kernel.access import Refused
from meice.patrols import actions
from meice.patrols.checklist import PATTERN_BY_KEY, PATTERNS, Check, restored, stored
from meice.patrols.models import Checklist
from meice.rectification.catalogue import PROBLEMS

DAILY = PATTERN_BY_KEY["daily"]


@pytest.fixture
def daily(school):
    return actions.copy_pattern(DAILY, school.maths, by=school.zhou, at=MONDAY)


def edited(checklist, checks, by, number=1, name="日常内容巡查清单"):
    return actions.edit_checklist(checklist, checks, name=name, number=number, by=by, at=MONDAY)


@pytest.mark.parametrize("pattern", PATTERNS, ids=[pattern.key for pattern in PATTERNS])
def test_a_pattern_can_be_kept_and_every_class_is_in_the_catalogue(pattern):
    assert restored(stored(pattern.checks)) == pattern.checks
    keys = [check.key for check in pattern.checks]
    assert len(set(keys)) == len(keys)
    assert {check.problem for check in pattern.checks} <= set(PROBLEMS)
    for kind in ("site", "account", "group", "app"):
        assert any(check.suits(kind) for check in pattern.checks)


def test_a_pattern_is_copied_once_a_unit(school, daily):
    assert actions.copy_pattern(DAILY, school.maths, by=school.zheng, at=MONDAY) == daily
    assert daily.current.checks == DAILY.checks


def test_a_change_is_a_new_version_and_the_old_one_stays(school, daily):
    checks = [*daily.current.checks[:2], Check("", "值班电话打得通")]
    changed = edited(daily, checks, school.zhou)
    assert changed.number == 2
    assert [check.key for check in changed.current.checks] == ["content", "comments", "own-1"]
    assert daily.versions.get(number=1).checks == DAILY.checks
    assert edited(changed, changed.current.checks, school.zhou, number=2).number == 2


def test_of_two_who_change_it_the_second_is_told(school, daily):
    edited(daily, daily.current.checks[:3], school.zhou)
    with pytest.raises(Refused, match="别人改过"):
        edited(daily, daily.current.checks[:1], school.zheng)


def test_a_list_asks_something_and_not_too_much(school, daily):
    with pytest.raises(Refused, match="至少留一项"):
        edited(daily, [], school.zhou)
    with pytest.raises(Refused, match="最多 40 项"):
        edited(daily, [Check(f"k{n}", "看") for n in range(41)], school.zhou)
    with pytest.raises(Refused, match="须有名称"):
        edited(daily, daily.current.checks, school.zhou, name=" ")


def test_the_units_below_read_and_copy_the_list_of_the_school(school):
    nine = actions.copy_pattern(
        PATTERN_BY_KEY["nine"], school.university, by=school.liang, at=MONDAY
    )
    assert nine in Checklist.objects.visible_to(school.zhou)
    with pytest.raises(Refused):
        edited(nine, nine.current.checks[:1], school.zhou)
    copy = actions.copy_checklist(nine, school.maths, by=school.zhou, at=MONDAY)
    assert (copy.unit, copy.current.checks) == (school.maths, nine.current.checks)
    assert copy not in Checklist.objects.visible_to(school.su)
