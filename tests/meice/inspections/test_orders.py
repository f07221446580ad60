"""From confirmed findings to orders, one a unit, and back by due rows."""

from datetime import timedelta

import pytest
from tests.base_states import base_state
from tests.meice.inspections.scene import MONDAY, TUESDAY, a_claim, a_sighting, a_site, fresh, saw
from tests.meice.rectification.scene import said

from meice.inspections.actions import checks, orders
from meice.inspections.actions.checks import Hold, Seen
from meice.inspections.actions.recording import Told, record_self_check
from meice.inspections.actions.verdicts import Word, judge_finding
from meice.inspections.models import Finding, Judgement, Run, RunReason, Verdict
from meice.kernel.access import Refused
from meice.rectification import actions as rectification
from meice.rectification.models import Order, OrderItem

NEXT = TUESDAY + timedelta(days=1)


def confirmed(finding, by, at=MONDAY):
    word = Word("已打开网站核对", finding.problem or "other")
    return judge_finding(finding, Judgement.CONFIRM, word, by=by, at=at)


@base_state
def ordered(school, claim):
    """The claim, confirmed and ordered."""
    finding = confirmed(claim, school.liang)
    orders.issue_orders([finding], by=school.liang, at=MONDAY)
    return fresh(claim)


def replied(school, at=TUESDAY):
    """签收, 答复, 领导确认."""
    order = Order.objects.get()
    rectification.acknowledge_order(order, by=school.he, at=at)
    rectification.reply_to_order(order, said(order), by=school.he, at=at)
    return rectification.confirm_reply(order, by=school.zheng, at=at)


def rechecked(what, at=NEXT):
    """The re-check's own run looks at the site."""
    run = Run.objects.get(reason=RunReason.RECHECK)
    (check,) = checks.take_batch(run.pk, now=at)
    checks.finish_check(Hold(check.pk, check.tries), what, now=at, worker="w")
    checks.go_on(run.pk, 1, now=at)
    orders.recheck_answered(at)


def test_one_order_for_each_unit_with_its_problems(school, site):
    other = a_site(school, "艺术学院网站", "https://ys.huayuan.edu.cn/", unit=school.arts)
    findings = [a_claim(site), a_claim(site, "dead-link"), a_claim(other)]
    made = orders.issue_orders(
        [confirmed(one, school.liang) for one in findings], by=school.huang, at=MONDAY
    )
    assert sorted((order.unit_name, order.items.count()) for order in made) == [
        ("数学与信息学院", 2),
        ("艺术学院", 1),
    ]
    kept = Finding.objects.get(pk=findings[0].pk)
    assert (kept.status, kept.order_number) == ("ordered", str(made[0]))
    item = OrderItem.objects.get(source_id=kept.pk)
    assert (item.problem, item.verified_names) == ("stale", "梁文博")
    assert "最近日期 2026-11-05" in item.text


def test_more_than_one_order_holds_goes_on_in_another(school, site, monkeypatch):
    monkeypatch.setattr(rectification, "MOST_ITEMS", 2)
    address = "https://sx.huayuan.edu.cn/{}/"
    seen = [confirmed(a_claim(site, url=address.format(n)), school.liang) for n in range(5)]
    made = orders.issue_orders(seen, by=school.liang, at=MONDAY)
    assert [order.items.count() for order in made] == [2, 2, 1]
    ordered_in = [fresh(finding).order_number for finding in seen]
    assert sorted(ordered_in) == sorted(str(order) for order in made for _ in order.items.all())


def test_what_no_person_has_confirmed_is_not_ordered(school, claim):
    with pytest.raises(Refused, match="待核实"):
        orders.issue_orders([claim], by=school.liang, at=MONDAY)
    assert Order.objects.count() == 0


def test_one_refusal_stops_all_of_them(school, site, claim):
    other = confirmed(a_claim(site, "dead-link"), school.liang)
    with pytest.raises(Refused):
        orders.issue_orders([other, claim], by=school.liang, at=MONDAY)
    assert (Order.objects.count(), fresh(other).status) == (0, "confirmed")


def test_security_people_confirm_but_order_nothing(school, severe):
    for person in (school.liang, school.bao):
        finding = confirmed(fresh(severe), person)
    with pytest.raises(Refused, match="由宣传部办理"):
        orders.issue_orders([finding], by=school.bao, at=MONDAY)


def test_confirmed_and_ordered_in_one_act(school, claim):
    finding, made = orders.confirm_and_order(
        claim, Word("属实", "stale"), by=school.liang, at=MONDAY
    )
    assert (fresh(finding).status, len(made)) == ("ordered", 1)


def test_the_first_of_two_persons_makes_no_order_yet(school, severe):
    finding, made = orders.confirm_and_order(
        severe, Word("属实", "gambling"), by=school.liang, at=MONDAY
    )
    assert (finding.status, made) == ("half", [])


def test_a_reply_makes_a_run_of_this_site(school, ordered):
    assert orders.recheck_answered(TUESDAY) == 0
    replied(school)
    orders.recheck_answered(NEXT)
    run = Run.objects.get()
    assert (run.reason, run.checks.get().outlet_id) == (RunReason.RECHECK, ordered.outlet_id)
    orders.recheck_answered(NEXT)
    assert Run.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (Seen(Verdict.OK, pages=3), "fixed"),
        (Seen(Verdict.PROBLEM, pages=3, sightings=(a_sighting(),)), "still"),
        (Seen(Verdict.UNKNOWN, failure="timeout"), "unknown"),
    ],
)
def test_what_the_recheck_saw_is_handed_down_as_the_machines_claim(school, ordered, what, outcome):
    replied(school)
    orders.recheck_answered(NEXT)
    rechecked(what)
    item = OrderItem.objects.get()
    assert (item.machine_outcome, item.status, item.person_outcome) == (outcome, "answered", "")
    assert item.rechecks.get().evidence_url == f"/findings/{ordered.pk}/"
    assert fresh(ordered).status == "ordered"
    assert orders.recheck_answered(NEXT) == 0


def test_what_a_machine_cannot_see_is_said_to_be_unknown(school, site):
    told = Told("unresponsive", "留言 30 天没有回复")
    finding = record_self_check(school.maths, site, told, by=school.he, at=MONDAY)
    orders.issue_orders([confirmed(finding, school.liang)], by=school.liang, at=MONDAY)
    replied(school)
    assert orders.recheck_answered(NEXT) == 1
    assert OrderItem.objects.get().machine_outcome == "unknown"
    assert Run.objects.count() == 0


def test_when_a_person_closes_the_order_the_finding_is_closed(school, ordered):
    order = replied(school)
    item = OrderItem.objects.get()
    rectification.record_recheck(item, "fixed", by=school.huang, at=NEXT)
    assert orders.follow_orders(NEXT) == 0
    rectification.close_order(order, by=school.huang, at=NEXT)
    assert orders.follow_orders(NEXT) == 1
    assert fresh(ordered).status == "closed"
    assert orders.follow_orders(NEXT) == 0


def test_seen_again_after_it_was_closed_it_comes_back(school, site, ordered):
    test_when_a_person_closes_the_order_the_finding_is_closed(school, ordered)
    saw(site, a_sighting(), at=NEXT)
    back = fresh(ordered)
    assert (back.status, back.returns, back.order_number) == ("recurred", 1, "")


def test_a_withdrawn_order_leaves_its_finding_confirmed(school, ordered):
    rectification.withdraw_order(Order.objects.get(), reason="开错了", by=school.liang, at=NEXT)
    assert orders.follow_orders(NEXT) == 1
    back = fresh(ordered)
    assert (back.status, back.order_number, back.decided_by) == ("confirmed", "", school.liang)
