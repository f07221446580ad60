"""Reminders: by hand and by the ladder of days; each rung speaks once for a deadline."""

from datetime import date, timedelta

import pytest
from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY, days
from tests.meice.registry.scene import make_unit

from meice.kernel.access import Refused
from meice.kernel.slots import outlet_panels
from meice.notices.models import Notice
from meice.orgs.actions.units import move_unit
from meice.orgs.models import Unit
from meice.rectification import actions
from meice.rectification.actions import terms
from meice.rectification.models import Order, Reminder
from meice.rectification.tasks import climb_ladder, follow_units
from meice.rectification.workflow import TermName
from meice.registry.actions.terms import set_day


def rungs(order):
    return list(Reminder.objects.filter(order=order).order_by("pk").values_list("rung", flat=True))


def climb_through(last, first=0):
    """One round every morning from Monday on."""
    return sum(actions.climb_ladder(days(number)) for number in range(first, last + 1))


def told(order, name):
    url = order.get_absolute_url()
    return Notice.objects.filter(user__name=name, url=url, kind="reminder").count()


def test_an_order_nobody_acknowledges_climbs_every_rung_once(school, outlet):
    order = scene.an_order(school, scene.stale(outlet))  # due on Monday 7 December
    climb_through(30)
    assert rungs(order) == ["receipt", "before", "overdue", "leader", "department"]
    assert (told(order, "何嘉敏"), told(order, "郑国强"), told(order, "梁文博")) == (3, 1, 1)
    at = dict(Reminder.objects.values_list("rung", "at"))
    assert at["receipt"].date() == date(2026, 11, 25)
    assert at["before"].date() == date(2026, 12, 3)
    assert at["overdue"].date() == date(2026, 12, 8)
    assert at["leader"].date() == date(2026, 12, 10)
    assert at["department"].date() == date(2026, 12, 14)


def test_a_second_round_of_a_day_says_nothing(school, outlet):
    order = scene.an_order(school, scene.stale(outlet))
    assert climb_through(20) == 4
    assert actions.climb_ladder(days(20)) == 0
    assert len(rungs(order)) == 4


def test_nobody_is_told_before_half_past_eight(school, outlet):
    scene.an_order(school, scene.stale(outlet))
    early = days(2) - timedelta(hours=2)  # 08:00 in Shanghai
    assert actions.climb_ladder(early) == 0
    assert actions.climb_ladder(early + timedelta(minutes=30)) == 1


def test_a_worker_that_was_down_makes_up_for_what_still_matters(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    actions.climb_ladder(days(40))
    assert rungs(order) == ["overdue", "leader", "department"]


def test_a_reply_ends_the_reminders(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    assert climb_through(40) == 0
    assert rungs(order) == []


def test_a_new_deadline_has_a_ladder_of_its_own(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    climb_through(10)
    extension = actions.ask_extension(
        order, wanted_on=date(2026, 12, 14), reason="等平台找回", by=school.he, at=days(10)
    )
    actions.grant_extension(extension, by=school.liang, at=days(10))
    climb_through(22, first=11)
    assert rungs(order) == ["before", "before", "overdue"]


def test_reminders_count_until_they_are_many(client, school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    for number in (1, 2, 3):
        order = actions.remind_order(order, by=school.liang, at=days(number))
    assert order.reminders_sent == 3
    client.force_login(school.liang)
    assert "多次提醒仍未整改" in client.get(order.get_absolute_url()).content.decode()
    assert "提醒（已 3 次）" in client.get(order.get_absolute_url()).content.decode()


def test_one_reminder_by_hand_a_day(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    actions.remind_order(order, by=school.liang, at=days(1))
    with pytest.raises(Refused, match="今天已经提醒过"):
        actions.remind_order(order, by=school.liang, at=days(1) + timedelta(hours=1))
    assert scene.fresh(order).reminders_sent == 1


def test_a_days_off_of_the_deployment_moves_the_deadline(school, outlet):
    set_day(date(2026, 11, 24), is_workday=False, note="校庆", by=school.liang)
    assert scene.an_order(school, scene.stale(outlet)).due_on == date(2026, 12, 8)


def test_terms_hold_for_the_next_order_only(school, outlet):
    first = scene.an_order(school, scene.stale(outlet))
    terms.set_term(TermName.MAJOR, 5, by=school.liang)
    second = scene.an_order(school, scene.silent(outlet))
    assert (scene.fresh(first).due_on, second.due_on) == (date(2026, 12, 7), date(2026, 11, 30))


def test_an_extension_is_asked_in_time_once_and_decided_by_another(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    wanted = date(2026, 12, 14)
    extension = actions.ask_extension(
        order, wanted_on=wanted, reason="找回", by=school.he, at=MONDAY
    )
    with pytest.raises(Refused, match="已有一份延期申请"):
        actions.ask_extension(order, wanted_on=wanted, reason="再来", by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="须写明理由"):
        actions.refuse_extension(extension, note="", by=school.liang, at=MONDAY)
    order = actions.refuse_extension(extension, note="先注销", by=school.liang, at=MONDAY)
    assert (order.due_on, order.open_extension) == (date(2026, 12, 7), None)
    with pytest.raises(Refused, match="期限已过"):
        actions.ask_extension(order, wanted_on=wanted, reason="找回", by=school.he, at=days(30))


def test_a_granted_extension_moves_the_day(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    extension = actions.ask_extension(
        order, wanted_on=date(2026, 12, 18), reason="找回", by=school.he, at=MONDAY
    )
    with pytest.raises(Refused, match="晚于"):
        actions.grant_extension(extension, until=date(2026, 12, 1), by=school.liang, at=MONDAY)
    order = actions.grant_extension(extension, until=date(2026, 12, 11), by=school.liang, at=MONDAY)
    assert (order.due_on, order.term_days) == (date(2026, 12, 11), 14)


def test_the_ladder_is_a_round_of_the_worker(school, outlet):
    scene.an_order(school, scene.stale(outlet))
    Order.objects.update(ladder_on=None)
    assert climb_ladder.func() == 0


def test_an_order_follows_its_unit_in_the_tree(school, outlet):
    order = scene.an_order(school, scene.stale(outlet))
    college = make_unit("理学部", school.university)
    move_unit(Unit.objects.get(pk=school.maths.pk), target=college, by=school.admin)
    assert scene.fresh(order).unit_path.startswith(college.path)
    follow_units.func()
    assert scene.fresh(order).unit_path == Unit.objects.get(pk=school.maths.pk).path


def test_the_outlets_page_shows_its_orders(client, school, outlet):
    order = scene.an_order(school, scene.stale(outlet))
    client.force_login(school.he)
    assert str(order) in client.get(f"/outlets/{outlet.pk}/").content.decode()
    assert any(panel.title == "整改" for panel in outlet_panels)
