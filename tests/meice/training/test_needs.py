"""Who lacks what: unknown is neither lacking nor had."""

from datetime import date

import pytest
from tests.meice.registry.scene import accepted, opening
from tests.meice.training import scene
from tests.meice.training.scene import MONDAY, days, held

from meice.kernel.access import Refused
from meice.orgs.models import Post
from meice.registry.models import Contact, Outlet
from meice.training import actions
from meice.training.models.need import (
    FOR_EVER,
    count_states,
    months_after,
    needs_of,
    needs_of_person,
    numbers_by_unit,
)
from meice.training.models.responsible import responsible_of


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 11, 23), 0, FOR_EVER),
    ],
)
def test_so_many_months_later(day, months, end):
    assert months_after(day, months) == end


def states(school, name, at=MONDAY):
    """Topic → state of this person."""
    return {
        need.topic.name: need.state.value for need in needs_of_person(getattr(school, name), at)
    }


def test_nothing_is_had_before_it_is_told(school):
    session = scene.a_session(school, at=days(-10))
    assert states(school, "he") == {"网络安全": "unknown", "政策法规": "lacks"}
    assert states(school, "su") == {"网络安全": "lacks", "政策法规": "lacks"}
    scene.marked(school, session, he="present", chen="absent")
    assert states(school, "he")["网络安全"] == "unknown"  # not closed yet
    actions.hold_session(session, by=school.he, at=days(-5))
    assert states(school, "he")["网络安全"] == "has"
    assert states(school, "chen")["网络安全"] == "lacks"
    assert states(school, "zhou")["网络安全"] == "unknown"  # held, and nobody told of her
    assert states(school, "zheng") == {"政策法规": "lacks"}
    assert states(school, "shen") == {}


def test_what_is_had_ends(school):
    held(school, "he", at=days(-20))
    assert states(school, "he", days(300))["网络安全"] == "has"
    assert states(school, "he", days(335))["网络安全"] == "ending"
    assert states(school, "he", days(400))["网络安全"] == "over"
    assert states(school, "zhou", days(400))["网络安全"] == "lacks"  # not told of, and too long ago
    scene.a_certificate(school, valid_until=date(2030, 1, 1))
    assert states(school, "he", days(400))["网络安全"] == "has"
    scene.a_certificate(school, topic=scene.topic("政策法规"), valid_until=None)
    assert states(school, "he", days(4000))["政策法规"] == "has"


def test_a_cancelled_session_and_a_dropped_certificate_count_nothing(school):
    session = scene.a_session(school, at=days(-10))
    actions.cancel_session(session, reason="停电", by=school.he, at=MONDAY)
    certificate = scene.a_certificate(school)
    actions.drop_certificate(certificate, by=school.he, at=MONDAY)
    assert states(school, "he") == {"网络安全": "lacks", "政策法规": "lacks"}


def test_numbers_by_unit_stand_in_the_order_of_the_tree(school):
    held(school, "he", at=days(-20))
    needs = needs_of(Post.objects.current().below(school.university.path), MONDAY)
    lines = {line.name: line for line in numbers_by_unit(needs)}
    maths = lines["数学与信息学院"]
    assert maths.total == 6
    assert {state.value: number for state, number in maths.numbers.items()} == {
        "lacks": 3, "over": 0, "unknown": 2, "ending": 0, "has": 1,
    }  # fmt: skip
    assert sum(line.total for line in lines.values()) == len(needs)
    assert sum(count_states(needs).values()) == len(needs)
    assert "华园大学" in lines  # the security office's need


def test_a_demand_is_set_changed_and_dropped(school):
    topic = scene.topic()
    with pytest.raises(Refused, match="已有主题"):
        scene.a_topic(school)
    with pytest.raises(Refused, match="角色"):
        actions.set_topic("保密", ["admin"], 12, by=school.liang)
    with pytest.raises(Refused, match="0 至 120"):
        actions.set_topic("保密", ["leader"], 121, by=school.liang)
    with pytest.raises(Refused, match="宣传部"):
        actions.set_topic("保密", ["leader"], 12, by=school.he)
    actions.set_topic("网络安全与保密", ["leader"], 6, by=school.liang, topic=topic)
    assert states(school, "zheng") == {"网络安全与保密": "lacks", "政策法规": "lacks"}
    actions.retire_topic(topic, by=school.liang, at=MONDAY)
    assert states(school, "zheng") == {"政策法规": "lacks"}
    back = actions.set_topic("网络安全与保密", ["leader"], 6, by=school.liang)
    assert (back.pk, back.retired_at) == (topic.pk, None)


@pytest.fixture
def outlet(school):
    return accepted(school, opening(school)).outlet


def lines(outlet, at=MONDAY):
    fresh = Outlet.objects.get(pk=outlet.pk)
    return {line.contact.called: line for line in responsible_of([fresh], at)[outlet.pk]}


def test_the_responsible_people_of_an_outlet(school, outlet):
    Contact.objects.filter(outlet=outlet, kind="leader").update(user=None, is_permanent=None)
    Contact.objects.filter(outlet=outlet, kind="reviewer").update(user=school.zhou)
    Contact.objects.filter(outlet=outlet, kind="operator", place=1).update(user=school.he)
    held(school, "he", at=days(-20))
    found = lines(outlet)
    leader, operator = found["主管领导"], found["运维 1"]
    assert (leader.training.label, leader.permanent.label) == ("没有账号，不知道", "在编未知")
    assert operator.training.label == "缺 1 项"
    assert operator.lacking == ("政策法规：没有参加记录",)
    assert found["审核人"].training.label == "到会未登记"
    assert found["审核人"].post.label == "审核人"
    scene.a_certificate(school, topic=scene.topic("政策法规"), valid_until=None)
    assert lines(outlet)["运维 1"].training.label == "培训齐"


def test_a_responsible_person_without_a_post_here_is_a_gap(school, outlet):
    contacts = Contact.objects.filter(outlet=outlet, kind="operator", place=1)
    contacts.update(user=school.su, is_permanent=False)
    line = lines(outlet)["运维 1"]
    assert line.post.label == "在本单位没有岗位"
    assert line.permanent.label == "非在编"
    assert line.is_gap
    Contact.objects.filter(outlet=outlet, kind="leader").update(is_permanent=False)
    assert lines(outlet)["主管领导"].permanent.label == "不在编"
