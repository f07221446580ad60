"""An order from its issue to its end: who does what, and what it leaves behind."""

from datetime import date

import pytest
from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY, days

from meice.audit.models import Entry
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import Post
from meice.orgs.roles import Role
from meice.rectification import actions
from meice.rectification.models import OrderItem, OrderStatus


def test_an_order_gets_its_number_deadline_and_reader(school, outlet):
    order = scene.an_order(school, scene.stale(outlet))
    assert order.number == "媒整〔2026〕1号"
    assert order.due_on == date(2026, 12, 7)  # ten working days after Monday 23 November
    assert order.term_days == 10
    told = Notice.objects.filter(url=order.get_absolute_url())
    assert set(told.values_list("user__name", flat=True)) == {"何嘉敏", "陈希", "郑国强"}


def test_the_gravest_problem_sets_the_deadline(school, outlet):
    order = scene.an_order(
        school, scene.stale(outlet), scene.stale(outlet, problem="privacy", text="名单露出身份证号")
    )
    assert (order.severity, order.term_days, order.is_security) == ("veto", 3, True)


def test_a_deadline_skips_the_national_holiday(school, outlet):
    order = scene.an_order(school, scene.stale(outlet), at=MONDAY.replace(month=9, day=25))
    assert order.due_on == date(2026, 10, 15)


def test_the_whole_way_from_issue_to_closed(school, outlet):
    order = scene.replied(school, scene.stale(outlet), scene.silent(outlet))
    order = scene.judged(school, order)
    order = actions.close_order(order, by=school.liang, at=days(3))
    assert order.status == OrderStatus.CLOSED
    assert set(order.items.values_list("status", flat=True)) == {"fixed"}
    acts = list(order.events.values_list("act", flat=True))
    assert acts == ["draft", "issue", "acknowledge", "reply", "confirm",
                    "recheck", "recheck", "close"]  # fmt: skip
    assert Entry.objects.filter(act="order.close", target_id=str(order.pk)).count() == 1


def test_nobody_closes_what_she_replied_herself(school, outlet):
    order = scene.judged(school, scene.replied(school, scene.stale(outlet)))
    post = Post.objects.create(user=school.he, unit=school.university, role=Role.DEPARTMENT)
    school.he.post = post
    with pytest.raises(Refused, match="不能自己销号"):
        actions.close_order(order, by=school.he, at=days(1))
    assert scene.fresh(order).status == OrderStatus.REPLIED


def test_who_verified_the_problem_leaves_closing_to_a_colleague(school, outlet):
    found = scene.stale(outlet, verified_by=(school.liang,))
    order = scene.judged(school, scene.replied(school, found))
    with pytest.raises(Refused, match="核实人以外"):
        actions.close_order(order, by=school.liang, at=days(1))
    assert actions.close_order(order, by=school.huang, at=days(1)).status == "closed"


def test_an_order_is_not_closed_before_a_person_has_looked(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    actions.record_recheck(order.items.get(), "fixed", at=days(1))
    with pytest.raises(Refused, match="第 1 项还没有人工复查结论"):
        actions.close_order(order, by=school.liang, at=days(1))


def test_a_machines_look_is_a_claim_and_changes_no_state(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    kept = actions.record_recheck(order.items.get(), "fixed", at=days(1), text="见到新文")
    item = OrderItem.objects.get(order=order)
    assert (kept.by_name, item.status, item.person_outcome) == ("机器", "answered", "")
    assert item.machine_outcome == "fixed"
    assert actions.record_recheck(item, "fixed", at=days(2)) is None


def test_against_the_machine_a_person_needs_evidence(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    item = order.items.get()
    actions.record_recheck(item, "still", at=days(1))
    with pytest.raises(Refused, match="与机器不一致"):
        actions.record_recheck(item, "fixed", by=school.liang, at=days(1), text="我看改了")
    proof = scene.a_file(school, by=school.liang)
    actions.record_recheck(
        item, "fixed", by=school.liang, at=days(1), text="手机上看到", evidence=proof
    )
    assert OrderItem.objects.get(pk=item.pk).person_outcome == "fixed"


def test_returned_work_keeps_what_was_mended_and_gets_a_new_term(school, outlet):
    order = scene.replied(school, scene.stale(outlet), scene.silent(outlet))
    first, second = order.items.all()
    actions.record_recheck(first, "still", by=school.huang, at=days(1))
    actions.record_recheck(second, "fixed", by=school.huang, at=days(1))
    order = actions.return_reply(order, reason="第 1 项链接打不开", by=school.huang, at=days(2))
    assert (order.status, order.rounds, order.due_on) == ("reopened", 1, date(2026, 12, 2))
    assert [item.status for item in order.items.all()] == ["open", "fixed"]
    again = scene.answered(school, order, at=days(3))
    assert [answer["item"] for answer in again.replies.last().answers] == [first.pk]


def test_a_return_names_its_reason_and_something_unmended(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    with pytest.raises(Refused, match="没有一项"):
        actions.return_reply(order, reason="再改", by=school.liang, at=days(1))
    scene.judged(school, order, "still")
    with pytest.raises(Refused, match="还差什么"):
        actions.return_reply(order, reason=" ", by=school.liang, at=days(1))


def test_every_open_item_needs_its_own_words(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet), scene.silent(outlet))
    first = order.items.first()
    with pytest.raises(Refused, match="第 2 项"):
        actions.reply_to_order(
            order, actions.ReplyText("都改了", {first.pk: "改了"}), by=school.he, at=MONDAY
        )
    assert scene.fresh(order).status == OrderStatus.MENDING
    assert order.replies.count() == 0


def test_the_leader_answers_for_the_reply_or_gives_it_back(school, outlet):
    order = scene.answered(school, scene.acknowledged(school, scene.stale(outlet)))
    with pytest.raises(Refused):
        actions.confirm_reply(order, by=school.he, at=MONDAY)
    order = actions.decline_reply(order, reason="附上截图", by=school.zheng, at=MONDAY)
    assert (order.status, order.items.get().status) == ("mending", "open")
    order = actions.confirm_reply(scene.answered(school, order), by=school.zheng, at=MONDAY)
    assert order.status == OrderStatus.REPLIED
    assert order.replies.last().confirmed_name == "郑国强"


def test_a_stamped_scan_stands_for_the_leaders_click(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    page = scene.a_file(school, "盖章件.pdf")
    order = actions.attest_order(order, scene.said(order), stamped=page, by=school.he, at=MONDAY)
    assert order.status == OrderStatus.REPLIED
    assert order.replies.get().stamped == page


def test_a_late_reply_says_by_how_much(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    order = scene.answered(school, order, at=days(18))  # Friday 11 December; due on Monday the 7th
    assert order.replies.get().days_late == 4


def test_withdrawing_drops_what_was_demanded(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    with pytest.raises(Refused, match="理由"):
        actions.withdraw_order(order, reason="", by=school.liang, at=MONDAY)
    order = actions.withdraw_order(order, reason="账号已并入学校", by=school.liang, at=MONDAY)
    assert (order.status, order.items.get().status) == ("withdrawn", "dropped")
    assert OrderItem.objects.annex_problems([outlet.pk]) == {}


def test_a_finding_has_one_open_order(school, outlet):
    found = scene.stale(outlet, source_kind="probe", source_id=77)
    order = scene.an_order(school, found)
    with pytest.raises(Refused, match="已在另一份整改单"):
        scene.an_order(school, found)
    actions.withdraw_order(order, reason="重开", by=school.liang, at=MONDAY)
    assert scene.an_order(school, found).number == "媒整〔2026〕2号"


def test_an_outlet_of_another_unit_is_refused(school, outlet):
    with pytest.raises(Refused, match="不是「艺术学院」的账号"):
        actions.issue_order(school.arts, [scene.stale(outlet)], by=school.liang, at=MONDAY)


def test_only_the_department_issues(school, outlet):
    for who in (school.he, school.zheng, school.bao, school.shen, school.admin):
        with pytest.raises(Refused):
            scene.an_order(school, scene.stale(outlet), by=who)
    assert OrderItem.objects.count() == 0


def test_an_order_that_nobody_can_receive_is_told_to_the_department(school, outlet):
    Post.objects.filter(role__in=[Role.OPERATOR, Role.LEADER]).delete()
    order = scene.an_order(school, scene.stale(outlet))
    told = Notice.objects.filter(url=order.get_absolute_url())
    department = set(Post.objects.filter(role=Role.DEPARTMENT).values_list("user", flat=True))
    assert school.liang.pk in department
    assert {(one.user_id, "没有人收到" in one.text) for one in told} == {
        (person, True) for person in department
    }
    assert "没有人收到" in order.events.get(act="issue").note


def test_of_an_order_that_somebody_receives_nothing_is_said(school, outlet):
    order = scene.an_order(school, scene.stale(outlet))
    told = Notice.objects.filter(url=order.get_absolute_url())
    assert told.exists()
    assert not told.filter(text__contains="没有人收到").exists()
    assert order.events.get(act="issue").note == ""
