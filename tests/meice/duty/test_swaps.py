"""换班: asked, answered, withdrawn, lapsed; who may, and when it would put somebody on twice."""

import pytest
from tests.meice.duty import scene
from tests.meice.duty.scene import MONDAY, after

from meice.audit.models import Entry
from meice.duty import actions
from meice.duty.models import Shift, Swap
from meice.kernel.access import Refused
from meice.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(school):
    return scene.a_rota(school)


def asked(school, roster, day=24, to="lin", by="chen", given=None, at=MONDAY, reason="有课"):
    other = scene.shift_on(roster, given) if given else None
    return actions.ask_swap(
        scene.shift_on(roster, day), to=school.people[to], reason=reason, by=school.people[by],
        at=at, given=other,
    )  # fmt: skip


def test_the_other_takes_the_shift(school, roster):
    swap = asked(school, roster)
    assert Notice.objects.get(user=school.lin).text.startswith("陈希想请你替一班")
    swap = actions.accept_swap(swap, by=school.lin, at=after(hours=1), note="好")
    shift = scene.shift_on(roster, 24)
    assert (shift.user, shift.cause, shift.planned) == (school.lin, "swapped", school.chen)
    assert swap.status == "accepted"
    told = set(Notice.objects.filter(kind="result").values_list("user__name", flat=True))
    assert told == {"陈希", "周启明"}
    acts = Entry.objects.filter(act__startswith="swap.").values_list("act", flat=True)
    assert list(acts.order_by("pk")) == ["swap.ask", "swap.accept"]


def test_two_exchange_their_shifts(school, roster):
    swap = asked(school, roster, 24, given=28)
    actions.accept_swap(swap, by=school.lin, at=MONDAY)
    assert scene.shift_on(roster, 24).user == school.lin
    assert scene.shift_on(roster, 28).user == school.chen


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"by": "lin", "to": "he"}, "不是你的"),
        ({"to": "chen"}, "别人"),
        ({"reason": " "}, "原因"),
        ({"to": "su"}, "没有可以值班"),
        ({"to": "shen"}, "没有可以值班"),
        ({"given": 26, "to": "lin"}, "须是林小满"),
        ({"at": after(days=1, hours=1)}, "已经开始"),
    ],
)
def test_what_may_not_be_asked(school, roster, given, words):
    with pytest.raises(Refused, match=words):
        asked(school, roster, **given)


def test_one_question_at_a_time(school, roster):
    asked(school, roster)
    with pytest.raises(Refused, match="已经在请人"):
        asked(school, roster, to="he")


def test_a_shift_that_is_being_exchanged_is_not_asked_for_again(school, roster):
    asked(school, roster, 24, given=28)
    with pytest.raises(Refused, match="正在和别人换"):
        asked(school, roster, 23 + 3, by="he", given=28, to="lin")


def test_who_is_on_duty_then_cannot_take_it(school, roster):
    second = scene.a_layer(school, roster, name="网评")
    scene.a_pattern(school, second, [school.zhou])
    with pytest.raises(Refused, match="那时已有一班"):
        asked(school, roster, to="zhou")


@pytest.mark.parametrize("who", ["chen", "he", "zhou", "liang", "shen"])
def test_only_the_asked_answers(school, roster, who):
    swap = asked(school, roster)
    for answer in (actions.accept_swap, actions.decline_swap):
        with pytest.raises(Refused, match="由本人答复"):
            answer(swap, by=school.people[who], at=MONDAY)


def test_no_means_that_all_stays(school, roster):
    swap = actions.decline_swap(asked(school, roster), by=school.lin, at=MONDAY, note="我也有课")
    assert (swap.status, swap.note) == ("declined", "我也有课")
    assert scene.shift_on(roster, 24).user == school.chen
    assert asked(school, roster, to="he").status == "asked"


def test_who_asked_withdraws_and_nobody_else(school, roster):
    swap = asked(school, roster)
    with pytest.raises(Refused, match="由本人收回"):
        actions.withdraw_swap(swap, by=school.lin, at=MONDAY)
    actions.withdraw_swap(swap, by=school.chen, at=MONDAY)
    with pytest.raises(Refused, match="不能同意换班"):
        actions.accept_swap(swap, by=school.lin, at=MONDAY)


def test_a_swap_does_not_stand_when_the_keeper_has_changed_the_shift(school, roster):
    swap = asked(school, roster)
    actions.change_shift(
        scene.shift_on(roster, 24), to=school.he, reason="急", by=school.zhou, at=MONDAY
    )
    with pytest.raises(Refused, match="排班已经变了"):
        actions.accept_swap(swap, by=school.lin, at=MONDAY)


def test_a_begun_shift_is_not_swapped_and_the_question_lapses(school, roster):
    swap = asked(school, roster)
    late = after(days=1)
    with pytest.raises(Refused, match="已经开始"):
        actions.accept_swap(swap, by=school.lin, at=late)
    assert actions.lapse_swaps(after(hours=1)) == 0
    assert actions.lapse_swaps(late) == 1
    assert actions.lapse_swaps(late) == 0
    assert Swap.objects.get().status == "lapsed"
    assert Notice.objects.filter(user=school.chen, text__startswith="换班过期").count() == 1


def test_a_clash_that_arose_meanwhile_refuses(school, roster):
    swap = asked(school, roster)
    second = scene.a_layer(school, roster, name="网评")
    scene.a_pattern(school, second, [school.lin], start_on=scene.START)
    clash = Shift.objects.filter(layer=second, user=school.lin, day__day=24)
    assert clash.exists()
    with pytest.raises(Refused, match="那时已有一班"):
        actions.accept_swap(swap, by=school.lin, at=MONDAY)
