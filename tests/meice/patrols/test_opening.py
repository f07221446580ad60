"""Rounds open when their hour comes, once, for the right outlets and people."""

from datetime import time, timedelta

import pytest
from tests.meice.duty import scene as duty
from tests.meice.patrols import scene
from tests.meice.patrols.scene import MONDAY, NOON, a_plan, a_round, hours

from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import User
from meice.patrols import actions
from meice.patrols.actions import terms
from meice.patrols.models import Manning, Round
from meice.patrols.rhythm import Rhythm


def test_a_round_opens_at_its_hour_and_only_once(school):
    a_plan(school)
    assert actions.open_rounds(MONDAY - timedelta(hours=1)) == 0
    assert [actions.open_rounds(MONDAY + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    made = Round.objects.get()
    assert (made.outlet_count, made.people_names, made.leader_names) == (2, "何嘉敏", "郑国强")
    told = Notice.objects.filter(user=school.he).latest("pk")
    assert told.text == "上午巡查：2 个账号，11月23日 12:00 前巡完"
    assert told.url == made.get_absolute_url()


def test_a_day_without_a_round_opens_none_and_the_next_one_does(school):
    a_plan(school)
    assert actions.open_rounds(MONDAY - timedelta(days=1)) == 0
    assert actions.open_rounds(MONDAY) == 1
    assert actions.open_rounds(MONDAY + timedelta(days=1)) == 1


def test_a_round_whose_time_was_over_before_the_system_ran_is_nobodys_miss(school):
    a_plan(school)
    assert actions.open_rounds(NOON + timedelta(minutes=1)) == 0


def test_a_paused_plan_makes_no_rounds_until_it_is_taken_up_again(school):
    plan = actions.pause_plan(a_plan(school), by=school.zhou)
    assert actions.open_rounds(MONDAY) == 0
    with pytest.raises(Refused, match="现在是「已停用」"):
        actions.pause_plan(plan, by=school.zhou)
    actions.restart_plan(plan, by=school.zheng)
    assert actions.open_rounds(MONDAY) == 1


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"kinds": ["site"]}, ["数信学院网站"]),
        ({"kinds": ["account", "group"]}, ["华园数信"]),
        ({}, ["华园数信", "数信学院网站"]),
    ],
    ids=["sites", "accounts", "all"],
)
def test_the_scope_is_a_rule(school, given, names):
    made = a_round(school, **given)
    assert [visit.name for visit in made.visits.all()] == names


def test_outlets_chosen_by_name_are_the_only_ones(school, site):
    made = a_round(school, outlets=[site], kinds=["account"])
    assert [visit.name for visit in made.visits.all()] == ["数信学院网站"]


def test_the_department_patrols_chosen_units_of_the_whole_school(school):
    made = a_round(
        school, by=school.liang, unit=school.university, units=[school.maths],
        patrollers=[school.liang], checklist="notable",
    )  # fmt: skip
    assert made.outlet_count == 2
    with pytest.raises(Refused, match="没有在用的账号"):
        a_plan(school, name="艺术", unit=school.arts, by=school.liang, patrollers=[school.su])


def test_before_a_notable_day_the_round_says_which(school):
    terms.add_common_days(by=school.liang)
    day = MONDAY + timedelta(days=8)
    made = a_round(school, at=day, rhythm=Rhythm.NOTABLE, days_before=3)
    assert made.occasion == "国家宪法日"


def test_without_anybody_named_the_units_operators_walk(school):
    plan = a_plan(school)
    User.objects.filter(pk=school.he.pk).update(is_active=False)
    actions.open_rounds(MONDAY)
    assert plan.rounds.get().people_names == "陈希"


def test_who_is_on_duty_walks_and_the_named_where_nobody_is(school):
    plan = a_plan(school, manning=Manning.DUTY)
    actions.open_rounds(MONDAY)
    assert plan.rounds.get().people_names == "何嘉敏"
    roster = duty.a_roster(school, at=MONDAY)
    duty.a_pattern(school, duty.a_layer(school, roster), [school.chen], at=MONDAY)
    extra = actions.start_round(plan, occasion="接班后", by=school.zhou, at=hours(1))
    assert extra.people_names == "陈希"


def test_one_more_round_by_hand_stands_beside_the_plans_own(school):
    plan = a_plan(school)
    actions.open_rounds(MONDAY)
    extra = actions.start_round(plan, occasion="校庆当天", by=school.zhou, at=NOON)
    again = actions.start_round(plan, occasion="晚会", by=school.zhou, at=NOON)
    assert [extra.turn, again.turn] == [2, 3]
    assert extra.due_at == NOON + timedelta(hours=4)


def test_a_plan_that_cannot_be_walked_is_refused(school):
    wrong = (
        ({"patrollers": []}, "至少指定一个巡查人"),
        ({"patrollers": [school.su]}, "苏婉仪不在这个单位"),
        ({"due_at": time(8)}, "完成时间须晚于"),
        ({"rhythm": Rhythm.WEEKLY}, "选每周的星期几"),
        ({"rhythm": Rhythm.MONTHLY}, "填每月几号"),
        ({"rhythm": Rhythm.NOTABLE}, "填提前几天"),
        ({"name": "  "}, "须有名称"),
    )
    for given, reason in wrong:
        with pytest.raises(Refused, match=reason):
            a_plan(school, **given)


def test_of_two_who_change_a_plan_the_second_is_told(school):
    plan = a_plan(school)
    said = actions.PlanText("下午巡查", school.maths, patrollers=[school.chen])
    changed = actions.edit_plan(plan, said, by=school.zhou, at=MONDAY, version=1)
    assert (changed.name, changed.version) == ("下午巡查", 2)
    with pytest.raises(Refused, match="别人改过"):
        actions.edit_plan(plan, said, by=school.zheng, at=MONDAY, version=1)


def test_an_open_round_keeps_the_list_it_was_made_by(school):
    made = a_round(school)
    checklist = made.plan.checklist
    actions.edit_checklist(
        checklist, checklist.current.checks[:2], name="短的", number=1, by=school.zhou, at=MONDAY
    )
    assert len(scene.fresh(made).checklist.checks) == 7
    actions.open_rounds(MONDAY + timedelta(days=1))
    assert len(Round.objects.latest("pk").checklist.checks) == 2
