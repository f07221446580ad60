"""调班, 代班, 移交: another person, with a reason; never twice at once; nobody from elsewhere."""

from datetime import date, timedelta

import pytest
from tests.meice.duty import scene
from tests.meice.duty.scene import MONDAY, START, after

from meice.duty import actions
from meice.duty.actions import Absence
from meice.duty.models import Member, Shift
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.notices.models import Notice
from meice.orgs.actions.leaving import held_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(school):
    return scene.a_rota(school)


def change(school, shift, to, by="zhou", at=MONDAY, reason="出差"):
    return actions.change_shift(
        shift, to=school.people[to], reason=reason, by=school.people[by], at=at
    )


def absence(school, first=24, last=30, who="chen", to="lin", reason="公出"):
    return Absence(
        school.people[who], school.people[to], date(2026, 11, first), date(2026, 11, last), reason
    )


def test_the_keeper_gives_a_shift_to_another(school, roster):
    shift = change(school, scene.shift_on(roster, 24), "lin")
    assert (shift.user, shift.planned, shift.cause) == (school.lin, school.chen, "changed")
    event = shift.events.get()
    assert (event.by_name, event.label) == ("周启明", "调班")
    assert "陈希 → 林小满：出差" in event.note
    told = dict(Notice.objects.values_list("user__name", "text"))
    assert "调到你值班" in told["林小满"]
    assert "改由林小满" in told["陈希"]


@pytest.mark.parametrize(
    ("by", "to", "reason", "words"),
    [
        ("he", "lin", "出差", "排班人"),
        ("su", "lin", "出差", "排班人"),
        ("shen", "lin", "出差", "排班人"),
        ("zhou", "su", "出差", "没有可以值班的岗位"),
        ("zhou", "admin", "出差", "没有可以值班的岗位"),
        ("zhou", "lin", " ", "原因"),
        ("zhou", "chen", "出差", "本来就是"),
    ],
)
def test_a_change_that_may_not_be(school, roster, by, to, reason, words):
    with pytest.raises(Refused, match=words):
        change(school, scene.shift_on(roster, 24), to, by=by, reason=reason)


def test_nobody_is_put_on_duty_twice_at_once_on_any_roster(school, roster):
    other = scene.a_roster(school, name="网络安全值守")
    layer = scene.a_layer(school, other)
    scene.a_pattern(school, layer, [school.zhou])
    with pytest.raises(Refused, match="那时已有一班：新媒体值班"):
        change(school, scene.shift_on(other, 24), "chen", by="zheng")


def test_a_running_shift_is_split_at_the_moment(school, roster):
    """何 falls ill at two in the afternoon: until then it was she."""
    at = after(hours=4)
    rest = change(school, scene.shift_on(roster, 23), "lin", at=at, reason="生病")
    first, second = Shift.objects.of(roster).filter(day=START)
    assert (first.user, first.ends_at, first.minutes) == (school.he, at, 360)
    assert (second.user, second.begins_at, second.pk) == (school.lin, at, rest.pk)
    assert not first.is_night
    assert second.is_night
    assert Shift.objects.on_duty(school.maths, at - timedelta(minutes=1)) == [school.he]
    assert Shift.objects.on_duty(school.maths, at) == [school.lin]


def test_what_is_over_stays(school, roster):
    with pytest.raises(Refused, match="已经结束"):
        change(school, scene.shift_on(roster, 23), "lin", at=after(days=2))


def test_a_stand_in_has_all_shifts_of_the_days_and_those_planned_later(school, roster):
    made = actions.arrange_stand_in(roster, absence(school, 24, 30), by=school.zhou, at=MONDAY)
    assert scene.names(roster, START, date(2026, 11, 29)).count("陈希") == 0
    assert scene.shift_on(roster, 24).cause == "stand_in"
    actions.replan_roster(roster, by=school.zhou, at=MONDAY)
    assert scene.shift_on(roster, 24).user == school.lin
    actions.end_stand_in(made, by=school.zhou, at=after(days=2))
    assert scene.shift_on(roster, 24).user == school.lin  # it is over
    assert scene.shift_on(roster, 27).user == school.chen


def test_a_later_fill_asks_for_stand_ins(school, roster):
    later = Absence(school.chen, school.lin, date(2026, 12, 20), date(2026, 12, 31), "产假")
    actions.arrange_stand_in(roster, later, by=school.zhou, at=MONDAY)
    actions.fill_roster(roster, date(2026, 12, 31), by=school.zhou, at=MONDAY)
    names = scene.names(roster, date(2026, 12, 21), date(2026, 12, 31))
    assert set(names) == {"何嘉敏", "林小满"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"to": "chen"}, "本人"),
        ({"first": 29, "last": 25}, "不早于"),
        ({"first": 1, "last": 5}, "已经过去"),
        ({"reason": ""}, "原因"),
        ({"to": "su"}, "没有可以值班"),
    ],
)
def test_an_absence_that_cannot_be_arranged(school, roster, given, words):
    with pytest.raises(Refused, match=words):
        actions.arrange_stand_in(roster, absence(school, **given), by=school.zhou, at=MONDAY)


def test_two_absences_of_one_person_do_not_overlap(school, roster):
    actions.arrange_stand_in(roster, absence(school), by=school.zhou, at=MONDAY)
    with pytest.raises(Refused, match="已安排"):
        actions.arrange_stand_in(
            roster, absence(school, 28, 29, to="he"), by=school.zhou, at=MONDAY
        )


def test_all_of_a_leaver_goes_to_another(school):
    at = now()
    roster = scene.a_rota(school, at=at, start_on=at.date())
    (stake,) = actions.stakes_of(school.chen)
    assert stake.shifts == Shift.objects.filter(user=school.chen, begins_at__gt=at).count() > 5
    (kept,) = actions.stakes_of(school.zhou)
    assert kept.shifts == 0
    assert [line.words for line in held_by(school.zhou)] == [str(kept)]
    wen = scene.make_person("M009", "文昕", school.maths, "operator")
    actions.move_stake(stake, wen, school.admin)
    actions.move_stake(kept, wen, school.admin)
    assert not Shift.objects.filter(user=school.chen, begins_at__gt=at).exists()
    assert Member.objects.filter(user=wen).count() == 1
    assert list(roster.keepers.all()) == [wen]
    assert actions.stakes_of(school.chen) == []


def test_a_leavers_shift_that_clashes_stays_empty_and_is_a_trouble(school):
    at = now()
    roster = scene.a_rota(school, at=at, start_on=at.date(), people=[school.chen])
    second = scene.a_layer(school, roster, name="网评", at=at)
    scene.a_pattern(school, second, [school.lin], at=at, start_on=at.date())
    (stake,) = actions.stakes_of(school.chen)
    actions.move_stake(stake, school.lin, school.admin)
    kinds = {one.kind.label for one in actions.find_troubles(roster, at)}
    assert "空班" in kinds
    assert "一人同时两班" not in kinds
