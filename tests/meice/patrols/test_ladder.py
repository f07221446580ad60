"""The clock alone drives a round that nobody walks: reminded, missed, leader, department; each once."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from tests.meice.patrols import scene
from tests.meice.patrols.scene import NOON, a_round, answered, fresh, hours

from meice.notices.models import Notice
from meice.patrols import actions
from meice.patrols.actions import terms
from meice.patrols.actions.ladder import in_waking_hours
from meice.patrols.models import RoundReminder
from meice.patrols.workflow import TermName


def reminders(**given):
    return list(
        Notice.objects.filter(kind="reminder", **given)
        .order_by("pk")
        .values_list("text", flat=True)
    )


def test_nobody_walks_and_everybody_hears_of_it_once(school, round):
    first = round.opens_at
    for minutes in range(0, 60 * 60, 15):
        actions.climb_ladder(first + timedelta(minutes=minutes))
    said = [(one.rung, timezone.localtime(one.at)) for one in RoundReminder.objects.all()]
    assert [(rung, f"{at:%d %H:%M}") for rung, at in said] == [
        ("before", "23 11:00"), ("missed", "23 12:00"), ("leader", "23 14:00"),
        ("department", "24 12:00"),
    ]  # fmt: skip
    assert reminders(user=school.he) == [
        "上午巡查还没有巡完，11月23日 12:00 到期",
        "上午巡查没有按时巡完（11月23日 12:00 到期），请补巡",
    ]
    assert reminders(user=school.zheng) == [
        "你单位的上午巡查漏巡（11月23日 12:00 到期），请安排补巡或说明"
    ]
    assert len(reminders(user=school.liang)) == len(reminders(user=school.huang)) == 1
    late = fresh(round)
    assert (late.status, late.missed_at, late.ladder_at) == ("missed", NOON, None)


def test_a_system_that_was_off_says_at_once_what_is_still_true(school, round):
    assert actions.climb_ladder(hours(30)) == 3
    assert set(RoundReminder.objects.values_list("rung", flat=True)) == {
        "missed", "leader", "department",
    }  # fmt: skip


def test_a_finished_round_is_silent(school, round):
    scene.finished(school, round)
    assert actions.climb_ladder(hours(100)) == 0
    assert reminders() == []


def test_a_round_half_walked_is_missed_and_can_be_made_up(school, round, visit):
    answered(school, visit)
    actions.climb_ladder(NOON)
    assert fresh(round).status == "missed"
    other = round.visits.exclude(pk=visit.pk).get()
    actions.fine_visit(other, by=school.he, at=hours(1))
    assert fresh(round).state.label == "补巡中"
    actions.climb_ladder(hours(2))
    assert fresh(round).status == "underway"
    assert len(reminders(user=school.zheng)) == 1
    actions.finish_round(round, by=school.he, at=hours(3))
    assert actions.climb_ladder(hours(100)) == 0


def test_who_looked_at_everything_and_forgot_to_end_it_ends_it_late(school, round):
    scene.walked(school, round)
    actions.climb_ladder(NOON)
    done = actions.finish_round(fresh(round), by=school.he, at=hours(1))
    assert (done.state.label, done.missed_at) == ("补巡完成", NOON)


def test_nobody_is_woken_at_night(school):
    made = a_round(school, at=NOON, begins_at=time(11), due_at=time(20, 30), name="下午巡查")
    actions.climb_ladder(made.due_at + timedelta(hours=3))
    assert reminders(user=school.zheng) == []
    actions.climb_ladder(made.due_at + timedelta(hours=12))
    assert len(reminders(user=school.zheng)) == 1
    assert in_waking_hours(datetime(2026, 11, 23, 18, tzinfo=UTC)) == datetime(
        2026, 11, 24, 0, 30, tzinfo=UTC
    )


def test_the_department_sets_the_hours(school):
    terms.set_term(TermName.LEADER, 5, by=school.liang)
    made = a_round(school)
    actions.climb_ladder(hours(4))
    assert reminders(user=school.zheng) == []
    actions.climb_ladder(hours(5))
    assert len(reminders(user=school.zheng)) == 1
    assert fresh(made).status == "missed"
