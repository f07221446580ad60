"""Reminders before an end: by a simulated clock, none twice, none skipped without need."""

from datetime import date, timedelta

import pytest
from tests.meice.compliance import scene
from tests.meice.compliance.scene import MONDAY, TODAY, days
from tests.meice.registry.scene import make_person

from meice.compliance import actions
from meice.compliance.actions.ladder import rung_of
from meice.compliance.actions.terms import all_terms, set_terms
from meice.compliance.models import ExpiryReminder
from meice.compliance.workflow import TERMS, TermName
from meice.kernel.access import Refused
from meice.notices.models import Notice

DEFAULTS = {name: days for name, (_, days) in TERMS.items()}


@pytest.mark.parametrize(
    ("left", "rung"),
    [
        (200, ""), (91, ""), (90, "first"), (31, "first"), (30, "second"), (8, "second"),
        (7, "third"), (1, "third"), (0, "end"), (-5, "end"),
    ],
)  # fmt: skip
def test_which_rung_is_due(left, rung):
    assert rung_of(left, DEFAULTS) == rung


def told(person):
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("text", flat=True))


def test_each_rung_speaks_once_and_to_more_people_as_the_end_nears(school, site):
    scene.held(school, site, until=TODAY + timedelta(days=120))
    Notice.objects.all().delete()
    for day in (0, 29, 30, 31, 60, 89, 90, 91, 112, 113, 114, 119, 120, 121, 130):
        actions.remind_ends(days(day))
        actions.remind_ends(days(day))
    rungs = list(ExpiryReminder.objects.values_list("rung", flat=True))
    assert rungs == ["first", "second", "third", "end"]
    numbers = {name: len(told(getattr(school, name))) for name in ("he", "zheng", "liang", "su")}
    assert numbers == {"he": 4, "zheng": 2, "liang": 1, "su": 0}
    assert told(school.he)[0] == "数信学院网站（网站）的等保定级备案还有 90 天到期"
    assert told(school.liang)[0].endswith("今天到期")


def test_after_an_outage_only_the_nearest_rung_speaks(school, site):
    scene.held(school, site, until=TODAY + timedelta(days=100))
    assert actions.remind_ends(days(95)) == 1
    assert [row.rung for row in ExpiryReminder.objects.all()] == ["third"]


def test_a_new_end_is_a_new_ladder_and_mornings_are_quiet(school, site):
    scene.held(school, site, until=TODAY)
    assert actions.remind_ends(MONDAY - timedelta(hours=3)) == 0
    assert actions.remind_ends(MONDAY) == 1
    scene.held(school, site, until=TODAY + timedelta(days=5))
    assert actions.remind_ends(MONDAY) == 1
    assert {row.due_on for row in ExpiryReminder.objects.all()} == {TODAY, TODAY + timedelta(5)}


def test_rotations_and_checks_are_reminded_of_once(school, account):
    helper = make_person("M9", "林晓", school.maths, "operator")
    scene.a_custody(school, account, holder=helper, rotated_on=date(2026, 8, 25))
    scene.a_custody(school, account, what="视频号管理员", rotated_on=None)
    scene.a_device(school)
    assert actions.remind_ends(MONDAY) == 2
    assert actions.remind_ends(days(1)) == 0
    assert any("该轮换口令了" in text for text in told(helper))
    assert any("该检查了" in text for text in told(school.he))


def test_the_department_sets_the_days_in_order(school):
    assert set_terms({TermName.FIRST: 60}, by=school.liang) == 1
    assert all_terms()[TermName.FIRST] == 60
    with pytest.raises(Refused, match="一次比一次少"):
        set_terms({TermName.THIRD: 40}, by=school.liang)
    with pytest.raises(Refused):
        set_terms({TermName.FIRST: 70}, by=school.he)
