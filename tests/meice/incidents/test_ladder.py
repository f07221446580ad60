"""The escalation chain under simulated clocks: to the end, and nothing twice."""

import pytest
from django.db.models import Count
from tests.meice.duty import scene as rosters
from tests.meice.incidents import scene
from tests.meice.incidents.scene import MONDAY, minutes
from tests.meice.registry.scene import make_person, make_unit

from meice.incidents import actions
from meice.incidents.actions import terms
from meice.incidents.models import Alarm, Audience, Incident, Watch
from meice.incidents.workflow import CHAIN, CLAIM_OF, Rung, TermName
from meice.kernel.access import Refused
from meice.kernel.slots import unit_ties
from meice.notices.models import Notice
from meice.orgs.actions.units import move_unit
from meice.orgs.roles import Role


def said():
    rows = Alarm.objects.order_by("at", "pk").values_list("watch", "minutes", "audience")
    return [(watch, number, audience) for watch, number, audience in rows]


def climb(until, begin=0, step=1):
    """A round every `step` minutes, as the job does."""
    return sum(actions.climb_ladder(minutes(number)) for number in range(begin, until + 1, step))


def alarms(name):
    """Alarms in her inbox after the first call."""
    return Notice.objects.filter(user__name=name, kind="alarm", text__contains="超时").count()


def repeated():
    """Words that somebody has in her inbox twice."""
    words = Notice.objects.values_list("user", "text").annotate(number=Count("pk"))
    return list(words.filter(number__gt=1))


def test_what_nobody_takes_up_climbs_to_the_end_and_says_nothing_twice(school):
    scene.reported(school)  # 重大: claim 15, act 30, harmful: clear 60
    assert climb(300) == len(CHAIN)
    assert said() == [
        ("claim", 0, "duty"), ("claim", 0, "leader"),
        ("act", 0, "handler"), ("claim", 15, "department"),
        ("act", 15, "leader"), ("claim", 30, "above"), ("clear", -15, "handler"),
        ("act", 30, "department"), ("clear", 0, "department"), ("clear", 0, "leader"),
        ("clear", 60, "above"),
    ]  # fmt: skip
    assert Notice.objects.exists()
    assert not repeated()
    before = Notice.objects.count()
    assert climb(3000, begin=300, step=60) == 0
    assert Notice.objects.count() == before
    assert Incident.objects.get().look_at is None


def test_a_job_that_was_away_says_what_is_due_once_and_not_that_it_will_be(school):
    scene.reported(school)
    assert actions.climb_ladder(minutes(500)) == len(CHAIN) - 1  # not 「还剩 15 分钟」
    assert ("clear", -15, "handler") not in said()
    assert alarms("郑国强") == 1  # one word for all rungs of a moment
    assert actions.climb_ladder(minutes(501)) == 0


def test_what_is_done_in_time_is_quiet(school):
    scene.closed(school)
    assert climb(300) == 0
    incident = scene.handled(school, cleared=False)
    climb(44)
    assert said() == []
    climb(59, begin=45)
    assert said() == [("clear", -15, "handler")]
    actions.take_measure(incident, text="没了", cleared=True, by=school.he, at=minutes(59))
    assert climb(300, begin=60) == 0


def test_acknowledged_late_it_goes_on_with_the_next_timer(school):
    incident = scene.reported(school)
    climb(16)
    actions.acknowledge_incident(incident, by=school.he, at=minutes(17))
    climb(31, begin=17)
    assert said() == [("claim", 0, "duty"), ("claim", 0, "leader"), ("act", 0, "handler")]
    assert Notice.objects.filter(user=school.he, text__contains="没有开始处置").count() == 1


def test_reopened_it_may_speak_again(school):
    incident = scene.closed(school)
    actions.reopen_incident(incident, reason="又来了", by=school.liang, at=minutes(200))
    climb(600, begin=200)
    assert Alarm.objects.filter(round=2).count() == len(CHAIN)


def test_the_department_changes_the_chain_and_nothing_is_said_again(school):
    scene.reported(school)
    climb(15)
    with pytest.raises(Refused, match="宣传部"):
        terms.set_chain(CHAIN, by=school.zheng)
    with pytest.raises(Refused, match="完全相同"):
        terms.set_chain([CHAIN[0], CHAIN[0]], by=school.liang)
    own = [CHAIN[0], Rung(Watch.CLAIM, 5, Audience.SECURITY)]
    terms.set_chain(own, by=school.liang)
    assert terms.chain() == tuple(own)
    climb(300, begin=16)
    assert said()[2:] == [("claim", 5, "security")]
    assert Notice.objects.filter(user=school.bao, kind="alarm").count() == 1


def test_minutes_of_a_grade_are_settings_and_running_timers_keep_theirs(school):
    before = scene.reported(school)
    name = CLAIM_OF[before.severity]
    with pytest.raises(Refused):
        terms.set_term(name, 5, by=school.he)
    terms.set_term(name, 5, by=school.liang)
    assert scene.reported(school).claim_by == minutes(5)
    assert scene.fresh(before).claim_by == minutes(15)
    assert terms.all_terms()[TermName.CLEAR] == 60


def test_who_is_on_duty_is_called_first(school):
    rosters.a_rota(school, people=[school.chen])
    incident = scene.reported(school, by=school.zhou)
    assert incident.responders.get(user=school.chen).why == "值班"
    assert not incident.responders.filter(user=school.zheng).exists()
    climb(15)
    assert alarms("陈希") + Notice.objects.filter(
        user=school.chen, text__contains="到时限"
    ).count() == 1  # fmt: skip


def test_a_rung_above_reaches_the_next_leader_up(school):
    below = make_unit("软件研究所", school.maths)
    made = make_person("M900", "林其然", below, Role.LEADER)
    scene.reported(school, unit=below, by=made)
    climb(60)
    row = Alarm.objects.get(watch="claim", audience="above")
    assert row.reached == 1
    assert Notice.objects.filter(user=school.zheng, text__contains="没有人认领").count() == 1


def test_incidents_follow_a_unit_that_moves(school):
    incident = scene.reported(school)
    assert [tie(school.maths) for tie in unit_ties if "事件" in tie(school.maths)]
    move_unit(school.maths, target=school.league, by=school.admin)
    assert scene.fresh(incident).unit_path.startswith(school.league.path)
    assert incident.reported_at == MONDAY
