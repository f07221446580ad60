"""A unit moves, a person leaves: rounds and plans go along; and what other pages show of rounds."""

from tests.meice.patrols import scene
from tests.meice.patrols.scene import answered, fresh, hours

from meice.kernel import slots
from meice.orgs.models import Unit
from meice.patrols import actions
from meice.patrols.actions import following
from meice.patrols.models import Plan, Round


def source(kind, name):
    return next(one for one in kind if getattr(one, "label", getattr(one, "name", "")) == name)


def test_rounds_move_with_their_unit(school, round):
    Round.objects.update(unit_path="0009")
    assert following.follow_units() == 1
    assert fresh(round).unit_path == Unit.objects.get(pk=school.maths.pk).path


def test_what_a_leaver_still_walks_goes_to_another(school, round):
    for label in ("要巡查的一轮", "巡查计划"):
        held = source(slots.holdings, label)
        (row,) = held.find(school.he)
        assert "上午巡查" in held.name(row)
        held.move(row, school.chen, school.admin)
        assert not list(held.find(school.he))
    assert fresh(round).people_names == "陈希"
    assert list(Plan.objects.get().patrollers.all()) == [school.chen]


def test_the_work_page_says_what_is_left_and_until_when(school, round, visit):
    find = source(slots.todos, "内容巡查").find
    (todo,) = find(school.he, scene.MONDAY)
    assert (todo.verb, todo.due) == ("开始巡查", scene.NOON)
    answered(school, visit)
    (todo,) = find(school.he, scene.MONDAY)
    assert (todo.what, todo.verb) == ("上午巡查：2 个账号，已巡 1 个", "接着巡查")
    actions.climb_ladder(hours(1))
    assert [todo.verb for todo in find(school.he, hours(1))] == ["补巡"]
    explain = source(slots.todos, "漏巡待说明").find
    assert [todo.verb for todo in explain(school.zheng, hours(1))] == ["说明"]
    assert not list(explain(school.he, hours(1)))
    assert not list(find(school.chen, hours(1)))


def test_the_outlets_and_the_units_page_show_the_last_rounds(school, round, visit, wechat):
    answered(school, visit, comments="置顶评论为校外贷款广告")
    outlet = next(panel for panel in slots.outlet_panels if panel.title == "内容巡查")
    shown = outlet.context(wechat, school.he)
    assert shown["visits"][0][1] == ["置顶评论为校外贷款广告"]
    assert outlet.context(wechat, school.su) is None
    unit = next(panel for panel in slots.unit_panels if panel.title == "内容巡查")
    assert unit.context(school.maths, school.zheng)["all"] == 1


def test_the_search_finds_rounds_by_plan_and_person(school, round):
    find = source(slots.search, "巡查").find
    assert [hit.url for hit in find(school.zheng, "上午", 5)] == [round.get_absolute_url()]
    assert find(school.zheng, "何嘉敏", 5)
    assert not find(school.su, "上午", 5)
    assert not find(school.zheng, "13800000002", 5)
